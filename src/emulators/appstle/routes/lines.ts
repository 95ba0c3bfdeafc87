import { misbehaves } from '../../kit/endpoints.js';
import { type AppstleEndpoints, type Exchange, onContract } from '../endpoints.js';
import { idIn, priceIn } from '../input.js';
import { addLine, contractToEdit, finishEdit, lineById, removeLines } from '../line-changes.js';
import { rawContract } from '../payloads.js';
import type { ContractRecord } from '../records.js';

const PREFIX = 'subscription-contracts';

/** Serves the changes of contract lines. See https://developers.appstle.com/api-reference/subscription-products */
export function lines(endpoints: AppstleEndpoints): void {
  const edit = (path: string, subject: string, apply: (exchange: Exchange, contract: ContractRecord) => void) =>
    endpoints.write('PUT', onContract(`${PREFIX}-${path}`), (exchange) => {
      const contract = contractToEdit(exchange, idIn(exchange.parameters, 'contractId'));
      apply(exchange, contract);
      finishEdit(exchange, contract, subject);
      return rawContract(exchange.context, contract);
    });

  edit('add-line-item', 'Product added', (exchange, contract) => {
    const { parameters } = exchange;
    const variantId = idIn(parameters, 'variantId');
    const oneTime = parameters.flag('isOneTimeProduct');
    const quantity = parameters.integer('quantity', { least: 1, most: 9999 });
    const split = misbehaves(exchange, 'splitUnits');
    for (let line = 0; line < (split ? quantity : 1); line += 1) {
      addLine(exchange, contract, { variantId, quantity: split ? 1 : quantity, oneTime });
    }
  });
  edit('remove-line-item', 'Product removed', ({ parameters }, contract) => {
    removeLines(contract, [lineById(contract, parameters.text('lineId'))]);
  });
  edit('update-line-item-quantity', 'Product changed', ({ parameters }, contract) => {
    const line = lineById(contract, parameters.text('lineId'));
    line.quantity = parameters.integer('quantity', { least: 1, most: 9999 });
  });
  edit('update-line-item-price', 'Product changed', ({ parameters }, contract) => {
    lineById(contract, parameters.text('lineId')).price = priceIn(parameters, 'basePrice');
  });
}
