import {
  parse,
  print,
  visit,
  type ASTNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NameNode,
} from 'graphql';

/** What a schema promises, one statement a line, so that two schemas can be compared as sets. */
export function schemaFacts(text: string): ReadonlySet<string> {
  const facts: string[] = [];
  visit(parse(text), {
    ScalarTypeDefinition: ({ name }) => void facts.push(`scalar ${name.value}`),
    EnumTypeDefinition: ({ name, values = [] }) =>
      void facts.push(...values.map((value) => `enum ${name.value}.${value.name.value}`)),
    UnionTypeDefinition: ({ name, types = [] }) =>
      void facts.push(...types.map((member) => `union ${name.value} | ${member.name.value}`)),
    InputObjectTypeDefinition: (type) =>
      void facts.push(...factsAbout('input', type), ...(type.fields ?? []).map((field) => inputFact(type.name, field))),
    InterfaceTypeDefinition: (type) =>
      void facts.push(...factsAbout('interface', type), ...fieldFacts(type.name, type.fields ?? [])),
    ObjectTypeDefinition: (type) =>
      void facts.push(...factsAbout('type', type), ...fieldFacts(type.name, type.fields ?? [])),
    DirectiveDefinition: ({ name, locations }) =>
      void facts.push(`directive @${name.value} on ${locations.map(({ value }) => value).join(' | ')}`),
    SchemaExtension: ({ directives = [] }) =>
      void facts.push(...directives.map((directive) => `extend schema ${print(directive)}`)),
  });
  return new Set(facts);
}

interface Composite {
  readonly name: NameNode;
  readonly directives?: readonly ASTNode[];
  readonly interfaces?: readonly { readonly name: NameNode }[];
}

function factsAbout(kind: string, { name, directives = [], interfaces = [] }: Composite): readonly string[] {
  const subject = `${kind} ${name.value}`;
  return [
    subject,
    ...interfaces.map((parent) => `${subject} implements ${parent.name.value}`),
    ...directives.map((directive) => `${subject} ${print(directive)}`),
  ];
}

function fieldFacts(owner: NameNode, fields: readonly FieldDefinitionNode[]): readonly string[] {
  return fields.flatMap(({ name, type, arguments: inputs = [] }) => [
    `${owner.value}.${name.value}: ${print(type)}`,
    ...inputs.map((input) => `${owner.value}.${name.value}(${withDefault(input)})`),
  ]);
}

function inputFact(owner: NameNode, field: InputValueDefinitionNode): string {
  return `${owner.value}.${withDefault(field)}`;
}

function withDefault({ name, type, defaultValue }: InputValueDefinitionNode): string {
  const suffix = defaultValue ? ` = ${print(defaultValue)}` : '';
  return `${name.value}: ${print(type)}${suffix}`;
}
