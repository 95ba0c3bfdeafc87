import { registerEnumType } from 'type-graphql';

/** Defines the GraphQL enum of a domain union. The compiler requires a description of every member. */
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

/** GraphQL enum whose members are known only when a schema is built. */
export interface OpenEnum {
  readonly type: Readonly<Record<string, string>>;
  /** Sets the members and their descriptions for schemas built from now on. */
  setMembers(members: Readonly<Record<string, string>>): void;
}

/** Defines an open enum. Replaces its members in place, because type-graphql reads them at each build. */
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
