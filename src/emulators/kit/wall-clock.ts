/** Returns what clocks of a zone show at an instant, as `YYYY-MM-DD HH:mm:ss`. */
export function wallClock(timeZone: string): (instant: Date) => string {
  // The Swedish way of writing times is this one.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => format.format(instant);
}
