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

/** A GraphQL enum whose members are only known when a schema is built. */
export interface OpenEnum {
  readonly type: Readonly<Record<string, string>>;
  /** Names the members, with their descriptions, of every schema built from now on. */
  setMembers(members: Readonly<Record<string, string>>): void;
}

/** type-graphql reads the members of a registered enum at each build: they are replaced in place. */
export function defineOpenEnum(name: string, description: string): OpenEnum {
  const values: Record<string, string> = {};
  const valuesConfig: Record<string, { description: string }> = {};
  registerEnumType(values, { name, description, valuesConfig });
  return {
    type: values,
    setMembers(members) {
      for (const member of Object.keys(values)) delete values[member];
      for (const [member, meaning] of Object.entries(members)) {
        values[member] = member;
        valuesConfig[member] = { description: meaning };
      }
    },
  };
}
