import { ControlInputError } from './control-input.js';

export type SwitchValue = boolean | number | string;

/** A named choice for behaviour the provider's documentation leaves open, or for misbehaviour worth testing. */
export interface SwitchDefinition<Value extends SwitchValue = SwitchValue> {
  readonly description: string;
  readonly initial: Value;
  readonly choices?: readonly Value[];
}

export type SwitchDefinitions = Readonly<Record<string, SwitchDefinition>>;

export interface SwitchState extends SwitchDefinition {
  readonly value: SwitchValue;
}

export function flag(initial: boolean, description: string): SwitchDefinition<boolean> {
  return { description, initial };
}

export function amount(initial: number, description: string): SwitchDefinition<number> {
  return { description, initial };
}

export function choice<const Value extends SwitchValue>(
  choices: readonly Value[],
  initial: NoInfer<Value>,
  description: string,
): SwitchDefinition<Value> {
  return { description, initial, choices };
}

type ValueOf<Definition> = Definition extends SwitchDefinition<infer Value> ? Value : never;

export class Switches<Definitions extends SwitchDefinitions = SwitchDefinitions> {
  readonly #values = new Map<string, SwitchValue>();

  constructor(private readonly definitions: Definitions) {}

  get<Name extends keyof Definitions & string>(name: Name): ValueOf<Definitions[Name]> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `set` lets in only values of the definition's own kind.
    return (this.#values.get(name) ?? this.definitions[name]?.initial) as ValueOf<Definitions[Name]>;
  }

  set(name: keyof Definitions & string, value: unknown): void {
    this.#values.set(name, this.#accepted(name, value));
  }

  /** Sets all switches or none: one bad value leaves every switch as it was. */
  setAll(values: Readonly<Record<string, unknown>>): void {
    const accepted = Object.entries(values).map(([name, value]) => [name, this.#accepted(name, value)] as const);
    for (const [name, value] of accepted) this.#values.set(name, value);
  }

  reset(): void {
    this.#values.clear();
  }

  describe(): Readonly<Record<string, SwitchState>> {
    return Object.fromEntries(
      Object.entries(this.definitions).map(([name, definition]) => [
        name,
        { value: this.#values.get(name) ?? definition.initial, ...definition },
      ]),
    );
  }

  #accepted(name: string, value: unknown): SwitchValue {
    const definition = Object.hasOwn(this.definitions, name) ? this.definitions[name] : undefined;
    if (!definition) {
      throw new ControlInputError(`There is no switch ${name}; there are ${Object.keys(this.definitions).join(', ')}.`);
    }
    const { choices, initial } = definition;
    const allowed = choices?.find((each) => each === value);
    if (allowed !== undefined) return allowed;
    if (choices) throw new ControlInputError(`Switch ${name} takes one of ${choices.join(', ')}.`);
    if (typeof value === 'boolean' && typeof initial === 'boolean') return value;
    if (typeof value === 'string' && typeof initial === 'string') return value;
    if (typeof value === 'number' && typeof initial === 'number' && Number.isFinite(value)) return value;
    throw new ControlInputError(`Switch ${name} takes a ${typeof initial}.`);
  }
}
