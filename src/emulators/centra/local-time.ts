import { addDays } from '../kit/calendar.js';

/** Centra states times without an offset, in the zone of the instance: `YYYY-MM-DD HH:MM:SS`. */
export function localTime(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return parts.format(at);
}

export function localDate(at: Date, timeZone: string): string {
  return localTime(at, timeZone).slice(0, 10);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/u;

export function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}
