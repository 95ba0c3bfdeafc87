import { german } from './de.js';
import { english } from './en.js';
import type { Sentences } from './sentences.js';

/** By language tag; the first is for whoever asks for none of them. */
export const languages: ReadonlyMap<string, Sentences> = new Map([
  ['en', english],
  ['de', german],
]);
