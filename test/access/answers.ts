import { fromGlobalId } from '../../src/domain/reference.js';
import type { Subject } from './subjects.js';

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g;
const WALKED_KEY = /walked-key-\d+/g;
const DURATION = /("(?:\w+__)?durationMs"):\d+/g;
const LONG_TOKEN = /[A-Za-z0-9_-]{40,}/g;

/** An answer without what differs from request to request: the names of the subject, times, and IDs of new operations. */
export function withoutNames(answer: string, subject: Subject): string {
  const plain = answer
    .replaceAll(INSTANT, 'INSTANT')
    .replaceAll(WALKED_KEY, 'KEY')
    .replaceAll(DURATION, '$1:0')
    .replaceAll(LONG_TOKEN, (token) => (fromGlobalId(token)?.type === 'UpsellOperation' ? 'OPERATION' : token));
  return namesOf(subject).reduce((text, name) => text.replaceAll(name, 'NAME'), plain);
}

function namesOf({ id, key, providerId }: Subject): readonly string[] {
  return [id, key, providerId].sort((left, right) => right.length - left.length);
}

/** All texts of an answer, wherever they stand. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Words of this length are looked for inside others as well. */
const TELLING_LENGTH = 9;

/** What gives a person away: their texts that no other answer holds. */
export class Markers {
  private readonly markers: ReadonlySet<string>;
  private readonly telling: readonly string[];

  constructor(own: Iterable<string>, others: Iterable<string>, always: readonly string[]) {
    const common = new Set(others);
    const words = [...own].filter((text) => text.length > 3 && !common.has(text) && !isTime(text));
    this.markers = new Set([...words, ...always]);
    this.telling = [...always, ...words.filter((word) => word.length >= TELLING_LENGTH)];
  }

  get count(): number {
    return this.markers.size;
  }

  /** Those in an answer, but for what the request itself named. */
  foundIn(answer: string, asked: unknown): readonly string[] {
    const named = new Set(textsIn(asked));
    const unnamed = [...named].reduce((text, name) => (name.length > 3 ? text.replaceAll(name, '') : text), answer);
    const whole = textsIn(JSON.parse(answer)).filter((text) => this.markers.has(text) && !named.has(text));
    return [...new Set([...whole, ...this.telling.filter((word) => isFoundIn(unnamed, word))])];
  }
}

/** Inside other texts, but not as a part of a longer number: one shopper's may begin like another's. */
function isFoundIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = [text[at - 1] ?? '', text[at + word.length] ?? ''];
    if (!(/^\d+$/.test(word) && around.some((character) => /\d/.test(character)))) return true;
  }
  return false;
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text);
}
