import type { Endpoints, Exchange } from '../exchange.js';
import { addLine, contractToEdit, finishEdit, lineById, removeLines } from '../line-changes.js';
import { variantById } from '../lookups.js';
import { rawContract } from '../payloads.js';
import type { ContractRecord, LineRecord } from '../records.js';
import { badRequest } from '../refusals.js';

const PREFIX = 'subscription-contracts';

/** https://developers.appstle.com/api-reference/subscription-products */
export function lines(endpoints: Endpoints): void {
  edit(endpoints, `${PREFIX}-add-line-item`, 'Product added', (exchange, contract) => {
    const { parameters } = exchange;
    addLine(exchange, contract, {
      variantId: parameters.id('variantId'),
      quantity: parameters.integer('quantity', 1, 9999),
      oneTime: parameters.flag('isOneTimeProduct', false),
      price: null,
    });
  });

  edit(endpoints, 'subscription-contract-add-line-item', 'Product added', (exchange, contract) => {
    const { parameters } = exchange;
    addLine(exchange, contract, {
      variantId: parameters.id('variantId'),
      quantity: parameters.integer('quantity', 1, 9999),
      oneTime: parameters.flag('isOneTimeProduct', false),
      price: parameters.price('price'),
    });
  });

  // One after the other: earlier lines stay when a later one fails.
  edit(endpoints, `${PREFIX}-add-line-items`, 'Products added', (exchange, contract) => {
    for (const [variantId, quantity] of Object.entries(Object(exchange.body))) {
      addLine(exchange, contract, { variantId, quantity: Number(quantity) || 1, oneTime: false, price: null });
    }
  });

  edit(endpoints, `${PREFIX}-remove-line-item`, 'Product removed', ({ parameters }, contract) => {
    removeLines(contract, [lineById(contract, parameters.text('lineId'))]);
  });
  edit(endpoints, `${PREFIX}-remove-line-items`, 'Products removed', ({ body }, contract) => {
    if (!Array.isArray(body)) throw badRequest('The body must be a list of line ids');
    removeLines(
      contract,
      body.map((id) => lineById(contract, String(id))),
    );
  });

  editLine(endpoints, 'update-line-item', ({ parameters }, line) => {
    if (parameters.optional('quantity') !== null) line.quantity = parameters.integer('quantity', 1, 9999);
    if (parameters.optional('price') !== null) line.price = parameters.price('price');
    line.variantId = parameters.optionalId('variantId') ?? line.variantId;
  });
  editLine(endpoints, 'update-line-item-quantity', ({ parameters }, line) => {
    line.quantity = parameters.integer('quantity', 1, 9999);
  });
  editLine(endpoints, 'update-line-item-price', ({ parameters }, line) => {
    line.price = parameters.price('basePrice');
  });
  editLine(endpoints, 'update-line-item-selling-plan', ({ parameters, world }, line) => {
    const id = parameters.optionalId('sellingPlanId');
    const plan = world.store.plans.find(
      (each) => each.id === id || each.name === parameters.optional('sellingPlanName'),
    );
    if (!plan) throw badRequest('sellingPlanId or sellingPlanName must name a selling plan');
    line.sellingPlanId = plan.id;
    line.sellingPlanName = plan.name;
  });
  editLine(endpoints, 'update-line-item-attributes', ({ body }, line) => {
    if (!Array.isArray(body)) throw badRequest('The body must be a list of attributes');
    line.attributes = body.map((each) => ({ key: String(Object(each).key), value: String(Object(each).value) }));
  });
}

type Edit = (exchange: Exchange, contract: ContractRecord) => void;

function edit(endpoints: Endpoints, path: string, subject: string, apply: Edit): void {
  endpoints.write('PUT', path, (exchange) => {
    const contract = contractToEdit(exchange, exchange.parameters.id('contractId'));
    apply(exchange, contract);
    finishEdit(exchange, contract, subject);
    return rawContract(exchange.world, contract);
  });
}

function editLine(endpoints: Endpoints, path: string, apply: (exchange: Exchange, line: LineRecord) => void): void {
  edit(endpoints, `${PREFIX}-${path}`, 'Product changed', (exchange, contract) => {
    const line = lineById(contract, exchange.parameters.text('lineId'));
    apply(exchange, line);
    variantById(exchange, line.variantId);
  });
}
