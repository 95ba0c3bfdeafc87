import type { KnownEffect } from '../../domain/known-effect.js';
import { defineEnum } from '../enum-type.js';

export const KnownEffectEnum = defineEnum<KnownEffect>(
  'KnownEffect',
  'What is proven about the order, by reads and by documented answers; not what is likely. Treat a value you do not know like UNKNOWN.',
  {
    NOT_SENT: 'Nothing was sent to the provider.',
    UNCHANGED: 'Sent or refused; the order was seen complete and unchanged afterwards.',
    PARTLY_CHANGED: 'A part is in force; `steps` and the records of the payload say which.',
    CHANGED: 'It is in force.',
    RESTORED: 'It was put back: the provider confirmed that, or a read shows the order as before.',
    UNKNOWN: 'Not proven: the order may or may not have changed.',
  },
);
