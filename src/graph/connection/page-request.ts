import { invalid } from '../../domain/refusal.js';
import { BadInput } from '../errors/bad-input.js';

export interface PageArguments {
  /** 1 to 100. */
  readonly first: number;
  /** Cursor of an earlier page. */
  readonly after?: string | null | undefined;
}

/** A validated page request. */
export interface PageRequest<Place> {
  readonly first: number;
  /** Null for the start of the list. */
  readonly after: Place | null;
}

const MAX_PAGE = 100;

/** Validates page arguments. Throws `BadInput`; `placeOf` returns null for text that is not a cursor of the list. */
export function toPageRequest<Place>(
  { first, after = null }: PageArguments,
  placeOf: (cursor: string) => Place | null,
): PageRequest<Place> {
  const place = after === null ? null : placeOf(after);
  const problems = [];
  if (first < 1 || first > MAX_PAGE) {
    problems.push(invalid(['first'], 'RANGE', `This must be a whole number from 1 to ${MAX_PAGE}.`));
  }
  if (after !== null && place === null) {
    problems.push(invalid(['after'], 'CURSOR', 'This is not a cursor of this list.'));
  }
  if (problems.length > 0) throw new BadInput(problems);
  return { first, after: place };
}
