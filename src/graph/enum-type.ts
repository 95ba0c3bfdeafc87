import { registerEnumType } from 'type-graphql';

/** The GraphQL enum of a union of the domain. Each member is named with its description: the compiler asks for all. */
export function defineEnum<Member extends string>(
  name: string,
  description: string,
  members: Readonly<Record<Member, string>>,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const valuesConfig: Record<string, { description: string }> = {};
  for (const [member, meaning] of Object.entries<string>(members)) {
    values[member] = member;
    valuesConfig[member] = { description: meaning };
  }
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}
