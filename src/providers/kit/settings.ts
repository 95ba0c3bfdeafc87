import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  type ValidationArguments,
} from 'class-validator';

/** Applies decorators as if they were written one below the other. */
function all(decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators.toReversed()) decorate(target, property);
  };
}

/** Requires a whole number within bounds, or nothing. */
export function OptionalCount(least: number, most: number): PropertyDecorator {
  return all([IsOptional(), IsInt(), Min(least), Max(most)]);
}

/** Requires a number of seconds, or nothing. */
export function OptionalSeconds(most: number): PropertyDecorator {
  return OptionalCount(0, most);
}

export function RequiredText(): PropertyDecorator {
  return all([IsString(), IsNotEmpty()]);
}

/** Requires text that is not empty, or nothing. */
export function OptionalText(maxLength?: number): PropertyDecorator {
  const bound = maxLength === undefined ? [] : [MaxLength(maxLength)];
  return all([IsOptional(), IsString(), IsNotEmpty(), ...bound]);
}

/** Requires one of some words, or nothing. */
export function OptionalChoice(...values: readonly string[]): PropertyDecorator {
  return all([IsOptional(), IsIn(values)]);
}

/** Requires an http or https URL, or nothing. */
export function OptionalUrl(): PropertyDecorator {
  return all([IsOptional(), IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })]);
}

/** Requires a rule over several settings. Sits on one that is always given, so that its message is always read. */
export function Holds(
  name: string,
  message: string,
  isMet: (settings: Readonly<Record<string, unknown>>) => boolean,
): PropertyDecorator {
  return (target, property) => {
    if (typeof property === 'symbol') return;
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: property,
      validator: {
        validate: (_value: unknown, { object }: ValidationArguments) => isMet({ ...object }),
        defaultMessage: () => message,
      },
    });
  };
}
