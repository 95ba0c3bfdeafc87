import type { AppstleSwitches } from './switches.js';

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/u;

export function instantOf(text: string): number {
  return Date.parse(text);
}

/** Reads an ISO date with a time and a zone; null for any other. A bare `YYYY-MM-DD` is rejected. */
export function readInstant(text: string): number | null {
  const at = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

export function utcText(at: number | Date): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}

const OFFSETS = [0, 330, 0] as const;

/** Formats a date as answers write it. Three styles were seen in use; `rank` chooses among them when they are mixed. */
export function shownDate(text: string | null, switches: AppstleSwitches, rank = 0): string | null {
  if (text === null) return null;
  const at = instantOf(text);
  const style = switches.get('dates');
  if (style === 'utc' || (style === 'mixed' && rank % 3 === 0)) return utcText(at);
  const minutes = style === 'mixed' ? (OFFSETS[rank % 3] ?? 0) : 0;
  const local = new Date(at + minutes * 60_000).toISOString().replace('Z', '');
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${local}+${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
