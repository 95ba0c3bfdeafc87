import { type GraphQLSchema, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import type { IdMeaning, Provider } from '../../domain/provider.js';
import { providerKeyEnum } from './provider-account.type.js';

/** What the schema says of a provider. */
export type DescribedProvider = Pick<Provider, 'key' | 'title' | 'summary' | 'idMeaning'>;

const EXTENSION = 'idMeaning';

/** Marks a type or field that stands for a provider's identifier: its description goes on with what each means by it. */
export function QuotesIdMeaning(identifier: keyof IdMeaning): ClassDecorator & PropertyDecorator {
  return Extensions({ [EXTENSION]: identifier });
}

/** Makes the providers the members of their enum, for schemas built from now on. */
export function nameProviders(providers: readonly DescribedProvider[]): void {
  providerKeyEnum.setMembers(
    Object.fromEntries(providers.map(({ key, title, summary }) => [key, `${title}: ${summary}.`])),
  );
}

/** Completes the descriptions marked by `QuotesIdMeaning`. */
export function quoteIdMeanings(schema: GraphQLSchema, providers: readonly DescribedProvider[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    complete(type, providers);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) complete(field, providers);
  }
}

interface Described {
  description?: string | null | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
}

function complete(described: Described, providers: readonly DescribedProvider[]): void {
  const identifier = described.extensions[EXTENSION];
  const meanings = providers.flatMap(({ title, idMeaning }) => {
    const meaning = Object.entries(idMeaning).find(([name]) => name === identifier)?.[1];
    return meaning === undefined ? [] : [`${title}: ${meaning}.`];
  });
  if (meanings.length > 0) described.description = `${described.description ?? ''}\n${meanings.join(' ')}`;
}
