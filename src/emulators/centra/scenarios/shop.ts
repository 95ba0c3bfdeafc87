import type { CurrencyRecord, CustomerRecord, MarketRecord, PaymentPluginRecord, PlanRecord } from '../records.js';

/** The made-up shop both scenarios take place in. */
export const timeZone = 'Europe/Stockholm';

export const currencies: readonly CurrencyRecord[] = [
  currency('SEK', '', ' SEK', '0', 100),
  currency('EUR', '', ' EUR', '2', 100),
  currency('USD', '$ ', ' USD', '2', 100),
  currency('CHF', 'CHF ', '', '2', 100),
  currency('JPY', '¥ ', '', '0', 1),
];

export const markets: readonly MarketRecord[] = [
  market('se', 'SE', 'Sweden', '19', 'SEK'),
  market('de', 'DE', 'Germany', '20', 'EUR'),
  market('us', 'US', 'United States', '21', 'USD'),
  market('ch', 'CH', 'Switzerland', '22', 'CHF'),
  market('jp', 'JP', 'Japan', '23', 'JPY'),
];

/** The uri is the merchant's own word and says nothing of the kind. */
export const plugins: readonly PaymentPluginRecord[] = [
  { uri: 'kco3', name: 'Klarna Checkout', kind: 'klarna-checkout' },
  { uri: 'klarna-playground', name: 'Klarna Payments', kind: 'klarna-payments' },
  { uri: 'external', name: 'External payment', kind: 'external' },
  { uri: 'dummy', name: 'Dummy', kind: 'dummy' },
];

export const plans: readonly PlanRecord[] = [
  { id: '1', name: 'Every month', intervalType: 'month', intervalValue: 1, discountPercent: 10 },
  { id: '2', name: 'Every two weeks', intervalType: 'week', intervalValue: 2, discountPercent: 5 },
];

export const demoCustomer: CustomerRecord = person('dana.field@example.com', 'Dana', 'Field');
export const otherCustomer: CustomerRecord = person('robin.vale@example.com', 'Robin', 'Vale');
/** Has no subscription contract. */
export const newCustomer: CustomerRecord = person('sam.brook@example.com', 'Sam', 'Brook');

function person(email: string, firstName: string, lastName: string): CustomerRecord {
  return { email, firstName, lastName, password: 'demo-password-0001' };
}

function currency(
  code: string,
  prefix: string,
  suffix: string,
  decimalDigits: string,
  denominator: number,
): CurrencyRecord {
  const thousandsSeparator = code === 'SEK' ? ' ' : ',';
  const format = { prefix, suffix, decimalPoint: '.', decimalDigits, thousandsSeparator, denominator };
  return { currency: code, name: code, ...format, uri: code.toLowerCase() };
}

function market(id: string, country: string, countryName: string, pricelist: string, code: string): MarketRecord {
  return { id, country, countryName, pricelist, currency: code };
}
