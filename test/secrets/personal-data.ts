import type { Markers } from './markers.js';

/** What providers call the personal fields of a customer, an address or a card. */
const PERSONAL =
  /^(e?mail|(first|last|full|display|customer|given|family|cc)_?(name|holder)|(cell_?)?phone(_?number)?|address_?[12]?|line_?[12]|street|city|zip.*|post(al)?_?code|company|vat_?number|ip_?address|cc_number_ending|last4)$/i;

/** What a record of a person also has, here or there. */
const OFTEN_BESIDE = ['first_name', 'lastName', 'phone', 'street', 'city', 'zip', 'ip_address', 'last4'] as const;

/** What opens something for one shopper, beside the ids of it. */
const OPENS_SOMETHING = ['client_secret', 'customer_token', 'checkout_token', 'portal_token'] as const;

/** A record says whose it is by one of these. */
const OF_A_PERSON = /customer|e?mail|address|payment|checkout/i;

/** Gives every personal field of a provider's answer a marker, and every record of a person those it lacks. */
export class PersonalData {
  readonly #planted = new Map<string, string>();

  constructor(
    private readonly markers: Markers,
    private readonly provider: string,
  ) {}

  /** What was given out so far. */
  get planted(): readonly string[] {
    return [...this.#planted.values()];
  }

  plantIn(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.plantIn(each));
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, field]): [string, unknown] => [name, this.#fieldOf(name, field)]);
    const isOfAPerson = fields.some(([name]) => OF_A_PERSON.test(name));
    const added = isOfAPerson ? [...OFTEN_BESIDE, ...OPENS_SOMETHING] : [];
    return { ...Object.fromEntries(added.map((name) => [name, this.#markerOf(name)])), ...Object.fromEntries(fields) };
  }

  #fieldOf(name: string, field: unknown): unknown {
    if (!PERSONAL.test(name) || (typeof field !== 'string' && field !== null)) return this.plantIn(field);
    return /e?mail/i.test(name) && field !== null ? field : this.#markerOf(name);
  }

  #markerOf(name: string): string {
    const known = this.#planted.get(name) ?? this.markers.plant(`${this.provider}: ${name}`);
    this.#planted.set(name, known);
    return known;
  }
}
