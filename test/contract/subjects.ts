import type { providers } from '../../src/providers/index.js';
import { appstleSubject } from './appstle-subject.js';
import { centraSubject } from './centra-subject.js';
import { ordergrooveSubject } from './ordergroove-subject.js';
import { surecartSubject } from './surecart-subject.js';
import type { SubjectDefinition } from './subject.js';

/** One for every registered provider: a provider without one does not compile. */
export const subjects: Readonly<Record<keyof typeof providers, SubjectDefinition>> = {
  appstle: appstleSubject,
  centra: centraSubject,
  ordergroove: ordergrooveSubject,
  surecart: surecartSubject,
};
