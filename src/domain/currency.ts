/** ISO 4217 minor-unit digits of currencies that do not have two. */
const digitsByCurrency: Readonly<Record<string, number>> = {
  ...fromEntries(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...fromEntries(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...fromEntries(4, 'CLF UYW'),
};

/** Upper-case ISO 4217 code. */
export type CurrencyCode = string;

export function fractionDigits(currency: CurrencyCode): number {
  return digitsByCurrency[currency] ?? 2;
}

/** Returns the code in upper case; null when the text does not have the shape of one. */
export function toCurrencyCode(text: string): CurrencyCode | null {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

function fromEntries(digits: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, digits]));
}
