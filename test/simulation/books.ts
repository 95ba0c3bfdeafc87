import type { OrderStatus } from '../../src/domain/order.js';

/** One request of a shopper as the provider's books know it: whose doing an effect is. */
export interface Author {
  /** The key it was sent with. */
  readonly key: string;
  /** The decision of a shopper behind it; one that is repeated with a new key stays one. */
  readonly decision: string;
}

/** What one write did. */
export interface Effect {
  readonly author: Author;
  readonly operationId: string;
  readonly step: string;
  /** Key of the line or the subscription it made or changed. */
  readonly record: string;
  readonly at: number;
  /** False once it was taken back. */
  isInForce: boolean;
  /** The provider's own doing: a request that was carried out a second time. */
  readonly isRepeat: boolean;
}

export interface BookLine {
  readonly key: string;
  readonly order: string;
  readonly product: string;
  readonly price: number;
  readonly madeAt: number;
  goneAt: number;
  readonly quantities: { readonly from: number; readonly quantity: number }[];
  subscription: string | null;
}

export interface BookSubscription {
  readonly key: string;
  readonly line: string;
  readonly madeAt: number;
  readonly frequency: { readonly every: number; readonly unit: 'WEEK' };
}

/** What the provider shows of one moment. */
export interface View {
  readonly at: number;
  statusOf(order: string): OrderStatus;
  /** When it is billed, once this layer keeps new writes from it; null before that. */
  closesAt(order: string): number | null;
  linesOf(order: string): readonly BookLine[];
  line(key: string): BookLine | null;
  quantityOf(line: BookLine): number;
  subscriptions(): readonly BookSubscription[];
  totalOf(order: string): number;
}

/** What one unit costs as the provider states it. */
export const PRICE = 400;

const BASE_TOTAL = 7_794;
const FAR_OFF = Number.POSITIVE_INFINITY;

/** The provider's books: what is true whatever anybody was told. Changes show from a moment on that may lie a little ahead. */
export class Books {
  readonly effects: Effect[] = [];
  unitPrice = PRICE;
  private readonly lines: BookLine[] = [];
  private readonly subscriptionRows: BookSubscription[] = [];
  private readonly margins: { readonly order: string; readonly from: number; readonly closesAt: number }[] = [];
  private readonly statuses: { readonly order: string; readonly from: number; readonly status: OrderStatus }[] = [];

  addLine(order: string, product: string, quantity: number, from: number): BookLine {
    const line: BookLine = {
      key: `line-${this.lines.length + 1}`,
      order,
      product,
      price: this.unitPrice,
      madeAt: from,
      goneAt: FAR_OFF,
      quantities: [{ from, quantity }],
      subscription: null,
    };
    this.lines.push(line);
    return line;
  }

  addSubscription(line: string, every: number, from: number): BookSubscription {
    const row: BookSubscription = {
      key: `subscription-${this.subscriptionRows.length + 1}`,
      line,
      madeAt: from,
      frequency: { every, unit: 'WEEK' },
    };
    this.subscriptionRows.push(row);
    const on = this.lines.find(({ key }) => key === line);
    if (on) on.subscription = row.key;
    return row;
  }

  setQuantity(line: BookLine, quantity: number, from: number): void {
    line.quantities.push({ from, quantity });
  }

  setStatus(order: string, status: OrderStatus, from: number): void {
    this.statuses.push({ order, from, status });
  }

  /** Lets the margin before the end of an order begin: the provider takes what arrives until the end. */
  setMargin(order: string, from: number, closesAt: number): void {
    this.margins.push({ order, from, closesAt });
  }

  at(moment: number): View {
    const isThere = (line: BookLine) => line.madeAt <= moment && moment < line.goneAt;
    const quantityOf = ({ quantities }: BookLine) => quantities.findLast(({ from }) => from <= moment)?.quantity ?? 0;
    const linesOf = (order: string) => this.lines.filter((line) => line.order === order && isThere(line));
    return {
      at: moment,
      quantityOf,
      linesOf,
      statusOf: (order) =>
        this.statuses.findLast((each) => each.order === order && each.from <= moment)?.status ?? 'SCHEDULED',
      closesAt: (order) => this.margins.find((each) => each.order === order && each.from <= moment)?.closesAt ?? null,
      line: (key) => this.lines.find((line) => line.key === key && isThere(line)) ?? null,
      subscriptions: () => this.subscriptionRows.filter(({ madeAt }) => madeAt <= moment),
      totalOf: (order) => BASE_TOTAL + linesOf(order).reduce((sum, line) => sum + line.price * quantityOf(line), 0),
    };
  }
}
