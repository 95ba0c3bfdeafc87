import type { ValidationRule } from '../../domain/refusal.js';
import { defineEnum } from '../enum-type.js';

export const ValidationRuleEnum = defineEnum<ValidationRule>('ValidationRule', 'A rule inputs keep to.', {
  ACCOUNT_KEY: 'It is the key of a connected provider account.',
  AMOUNT: 'It is an amount of its currency, zero or more.',
  COUNT: 'The list has neither too few entries nor too many.',
  CURSOR: 'It is a cursor of this list.',
  FORMAT: 'The text has the form the description states.',
  FREQUENCY_NAMED: 'The frequency is named, because the provider has no plan that states one.',
  ID: 'It is the ID of a record of the wanted type.',
  LENGTH: 'The text is neither empty nor too long.',
  PREVIEW_EXPIRED: 'The preview has not expired.',
  PREVIEW_MATCHES: 'The preview was made for this order, item and quantity.',
  PRODUCT_NAMED: 'The item names a product, because the provider has no offers that do.',
  RANGE: 'The number is within its bounds.',
  SAME_ACCOUNT: 'All records are of one provider account.',
  SAME_ORDER: 'The offer is one of this order.',
  UNIQUE: 'Nothing is named twice.',
  WELL_FORMED: 'It has the parts it needs.',
});
