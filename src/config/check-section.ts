import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import { nearestKey } from './nearest-key.js';
import { type ConfigProblem, configProblem, pathTo } from './problem.js';

export type Settings = Readonly<Record<string, unknown>>;

export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Converts a group of settings to its class, and reports everything wrong in it. */
export function checkSection<T extends object>(
  section: ClassConstructor<T>,
  raw: Settings,
  path: string,
): { readonly value: T; readonly problems: readonly ConfigProblem[] } {
  const value = plainToInstance(section, raw);
  readTexts(value);
  const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  return { value, problems: errors.flatMap((error) => toProblems(error, section, raw, path)) };
}

/** Lists the settings of a class. */
export function settingsOf(section: ClassConstructor<object>): readonly string[] {
  return [...new Set(rulesOf(section).map(({ propertyName }) => propertyName))];
}

/** Lists the rules of a class, in class-validator's terms. */
export function rulesOf(section: NewableFunction): ReturnType<Storage['getTargetValidationMetadatas']> {
  return getMetadataStorage().getTargetValidationMetadatas(section, '', false, false);
}

type Storage = ReturnType<typeof getMetadataStorage>;

/** Readers of values that `${NAME}` leaves as text, by the rule that asks for another type. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  isInt: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : text),
  isNumber: (text) => (/^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text),
  isBoolean: (text) => ({ true: true, false: false })[text] ?? text,
};

type ReaderOf = ReadonlyMap<string, (text: string) => unknown>;

/** By class: class-validator looks for the rules of one among those of all. */
const readersOf = new WeakMap<NewableFunction, ReaderOf>();

function readersIn(section: NewableFunction): ReaderOf {
  const known = readersOf.get(section);
  if (known) return known;
  const readerOf = new Map<string, (text: string) => unknown>();
  for (const { propertyName, name = '' } of rulesOf(section)) {
    const reader = readers[name];
    if (reader) readerOf.set(propertyName, reader);
  }
  readersOf.set(section, readerOf);
  return readerOf;
}

/** Converts texts to the numbers and booleans their settings are, in all groups of an instance. */
function readTexts(group: object): void {
  const readerOf = readersIn(group.constructor);
  for (const [name, value] of Object.entries(group)) {
    if (typeof value === 'string') Reflect.set(group, name, readerOf.get(name)?.(value) ?? value);
    else for (const nested of [value].flat()) if (isGroup(nested)) readTexts(nested);
  }
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Pattern of setting names. Any other name, and one without a value, may be a misplaced secret. */
const NAME = /^[A-Za-z_-]{1,40}$/;

export function unknownSetting(
  path: string,
  [key, value]: readonly [string, unknown],
  known: readonly string[],
): ConfigProblem {
  const nearest = nearestKey(key, known);
  const advice = nearest === null ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`;
  if (NAME.test(key) && value !== null) return configProblem(pathTo(path, key), `is not a setting; ${advice}`);
  const place = path === '' ? 'The file' : 'This group';
  return configProblem(path, `${place} holds something that is not a setting, or a setting without a value; ${advice}`);
}

function toProblems(
  error: ValidationError,
  section: ClassConstructor<object>,
  raw: unknown,
  parent: string,
): ConfigProblem[] {
  const { property, constraints, children = [] } = error;
  const isGiven = isSettings(raw) && Object.hasOwn(raw, property) && raw[property] !== null;
  const value = isSettings(raw) ? raw[property] : Array.isArray(raw) ? raw[Number(property)] : undefined;
  const path = pathTo(parent, Array.isArray(raw) ? Number(property) : property);
  if (constraints?.['whitelistValidation'] !== undefined)
    return [unknownSetting(parent, [property, value], settingsOf(section))];
  if (constraints)
    return [configProblem(path, isGiven || Array.isArray(raw) ? describe(constraints, property, value) : 'is missing')];
  const nested = classOf(children[0]) ?? section;
  return children.flatMap((child) => toProblems(child, nested, value, path));
}

function classOf(error: ValidationError | undefined): ClassConstructor<object> | null {
  const constructor: unknown = error?.target?.constructor;
  return isClass(constructor) ? constructor : null;
}

function isClass(value: unknown): value is ClassConstructor<object> {
  return typeof value === 'function';
}

function describe(constraints: Readonly<Record<string, string>>, property: string, value: unknown): string {
  const [rule = '', message = ''] = Object.entries(constraints)[0] ?? [];
  if (rule === 'nestedValidation' || rule === 'isObject') return 'must be a group of settings';
  const text = message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
  const isUnquoted = rule === 'isString' && (typeof value === 'number' || typeof value === 'boolean');
  return isUnquoted ? `${text}: put it in quotes` : text;
}
