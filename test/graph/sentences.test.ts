import { beforeAll, describe, expect, test } from '@jest/globals';
import { reason } from '../../src/domain/eligibility.js';
import { Money } from '../../src/domain/money.js';
import { problem } from '../../src/domain/problem.js';
import { notEligible, providerFailed, type Refusal } from '../../src/domain/refusal.js';
import { shopperMessage } from '../../src/graph/errors/wording.js';
import { english } from '../../src/graph/sentences/en.js';
import { languages } from '../../src/graph/sentences/languages.js';
import type { Sentences } from '../../src/graph/sentences/sentences.js';
import { shopperParts } from '../../src/server/shopper-parts.js';

const soldOut = notEligible([reason('OUT_OF_STOCK', 'Only two are left.')]);
const failed = providerFailed(problem('TIMEOUT', 'HTTP 504.'), 'SAME_KEY');
const euros = (cents: number) => new Money(BigInt(cents), 'EUR', 'PROVIDER');
const guard: Refusal = {
  code: 'PRICE_GUARD',
  message: '',
  path: null,
  retry: 'NEW_REQUEST',
  allowed: euros(100),
  found: euros(250),
};

describe('what a shopper is told', () => {
  test.each([
    ['de', 'de'],
    ['de-AT, en;q=0.5', 'de'],
    ['sv, de;q=0.4, en;q=0.2', 'de'],
    ['en-GB', 'en'],
    ['sv', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;q=x', 'en'],
    [undefined, 'en'],
  ])('is chosen by Accept-Language: %p asks for %s', (header, language) => {
    const { sentences } = shopperParts(header === undefined ? {} : { 'accept-language': header });
    expect(sentences).toBe(languages.get(language));
  });

  test('says what is proven, in each language', () => {
    expect(shopperMessage({ ...failed, effect: 'UNCHANGED' }, english)).toBe(
      'The shop could not do this. Nothing was changed.',
    );
    expect(shopperMessage({ ...failed, effect: 'UNKNOWN', retry: 'CHECK_OPERATION' }, german())).toBe(
      'Der Shop konnte das nicht ausführen. Ob sich die Bestellung geändert hat, steht noch nicht fest.',
    );
    expect(shopperMessage({ ...failed, effect: 'UNKNOWN', retry: 'NEW_REQUEST' }, english)).toBe(
      'The shop could not do this. This was not done; the order may have changed in other ways meanwhile.',
    );
    expect(shopperMessage(guard, german())).toBe('Das würde 2.50 EUR kosten, mehr als die vereinbarten 1.00 EUR.');
  });

  test('is the reason in its own words in English, and by its code in other languages', () => {
    expect(shopperMessage(soldOut, english)).toBe('Only two are left.');
    expect(shopperMessage(soldOut, german())).toBe('Der Artikel ist ausverkauft.');
  });

  test('says nothing was changed only of what was not', () => {
    const effects = ['PARTLY_CHANGED', 'CHANGED', 'UNKNOWN'] as const;
    for (const say of languages.values()) {
      const sentences = effects.map((effect) => shopperMessage({ ...failed, effect }, say));
      expect(sentences.filter((sentence) => sentence?.includes(say.effects.UNCHANGED))).toEqual([]);
    }
  });
});

describe('each language', () => {
  let texts: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    texts = new Map([...languages].map(([name, sentences]) => [name, textsIn(sentences)]));
  });

  test.each([...languages.keys()])('%s is made of whole sentences', (name) => {
    const all = texts.get(name) ?? [];
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((text) => !/^\p{Lu}.+\.$/u.test(text))).toEqual([]);
  });

  test('has sentences of its own', () => {
    const [first = [], ...others] = [...texts.values()];
    expect(others.flat().filter((text) => first.includes(text))).toEqual([]);
  });
});

function german(): Sentences {
  const found = languages.get('de');
  if (!found) throw new Error('there is no German');
  return found;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
