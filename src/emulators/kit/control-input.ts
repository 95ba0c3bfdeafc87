import type { FastifyRequest } from 'fastify';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';
import { isObject, type JsonObject } from './json-object.js';

/** Bad input to a control endpoint; its message is the answer. */
export class ControlInputError extends Error {}

/** A JSON schema. Its `description` completes the sentence "<field> must be …". */
export type Schema = JsonObject;

/*
 * Schemas of the fields controls take.
 */
export const text: Schema = { type: 'string', minLength: 1, description: 'given as text' };
export const flag: Schema = { type: 'boolean', default: false, description: 'true or false' };
export const count: Schema = { type: 'integer', minimum: 0, description: 'a whole number' };
export const object: Schema = { type: 'object', description: 'a JSON object' };
export const instant: Schema = {
  type: 'string',
  format: 'instant',
  description: 'a date and time such as 2026-03-01T12:00:00Z',
};
export const pattern: Schema = { type: 'string', format: 'pattern', description: 'a regular expression' };

export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): Schema {
  return { type: 'integer', minimum, maximum, description: `a whole number from ${minimum}` };
}

export function oneOf(values: readonly (string | number)[]): Schema {
  return { enum: values };
}

/** Returns the schema of an object without other fields, so that a typing error does not pass for a setting. */
export function fields(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false, description: 'a JSON object' };
}

/** How the server validates: nothing is converted or dropped. */
export const validation = {
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: true,
  discriminator: true,
  allowUnionTypes: true,
  /** Compiling what schemas are checked with takes longer than all of them; an unknown keyword is refused without. */
  validateSchema: false,
  /** Errors then come with the schema that was broken. */
  verbose: true,
  formats: {
    instant: (value: string) => !Number.isNaN(Date.parse(value)),
    pattern: isPattern,
  },
} as const;

function isPattern(value: string): boolean {
  try {
    return new RegExp(value, 'u').source !== '';
  } catch {
    return false;
  }
}

/**
 * Returns the options of an endpoint whose body must fit a schema. It is compiled with the first request: compiling those of
 * all emulators would take a third of a second of each start.
 */
export function takes(body: Schema) {
  return {
    async preHandler(request: FastifyRequest): Promise<void> {
      const fits = request.getValidationFunction(body) ?? request.compileValidationSchema(body);
      if (!fits(request.body ?? null)) throw explainInput(fits.errors ?? []);
    },
  };
}

/** Says which field is wrong and what it must be. */
function explainInput(errors: readonly FastifySchemaValidationError[]): ControlInputError {
  // Of the errors of alternatives, the last one is about all of them.
  const error = errors.at(-1);
  if (!error) return new ControlInputError('The body is not valid.');
  const { keyword, instancePath, params } = error;
  const broken: unknown = Reflect.get(error, 'parentSchema');
  const schema = isObject(broken) ? broken : {};
  // Elements of a list are named by their place; one alone needs none.
  const path = instancePath.split('/').filter((part) => part !== '' && !/^\d+$/u.test(part));
  const named = (name: unknown) => [...path, String(name)].join('.');
  const what = path.length === 0 ? 'The body' : path.join('.');
  switch (keyword) {
    case 'required':
      return new ControlInputError(`${named(params['missingProperty'])} must be given.`);
    case 'additionalProperties':
      return new ControlInputError(
        `${what} does not know ${String(params['additionalProperty'])}; it knows ${namesIn(schema).join(', ')}.`,
      );
    case 'discriminator':
      return new ControlInputError(`${named(params['tag'])} must be one of ${choicesIn(schema).join(', ')}.`);
    case 'enum':
      return new ControlInputError(`${what} must be one of ${[schema['enum']].flat().join(', ')}.`);
    default:
      return new ControlInputError(`${what} must be ${descriptionOf(schema) ?? 'something else'}.`);
  }
}

function descriptionOf({ description }: Schema): string | null {
  return typeof description === 'string' ? description : null;
}

function namesIn({ properties }: Schema): readonly string[] {
  return isObject(properties) ? Object.keys(properties) : [];
}

function choicesIn({ discriminator, oneOf: branches }: Schema): readonly string[] {
  const tag = isObject(discriminator) ? String(discriminator['propertyName']) : '';
  return [branches].flat().flatMap((branch) => {
    const properties = isObject(branch) ? branch['properties'] : undefined;
    const schema = isObject(properties) ? properties[tag] : undefined;
    return isObject(schema) ? [schema['enum'] ?? schema['const']].flat().map(String) : [];
  });
}
