import { extendSchema, type GraphQLObjectType, type GraphQLSchema, isObjectType, isUnionType, parse } from 'graphql';
import type { GraphContext } from '../context.js';
import { PROVIDER_READ } from '../cost.js';
import { nodeTypeOf } from '../node/node.type.js';
import { printSubgraphSchema } from '../print-schema.js';
import { selectedFields } from '../selection.js';
import { loadEntities } from './load-entities.js';

/**
 * Adds the two fields through which gateways use the graph as a Federation 2 subgraph. The emitted schemas omit them,
 * because composition adds them. https://www.apollographql.com/docs/graphos/reference/federation/subgraph-spec
 */
export function asSubgraph(graph: GraphQLSchema): GraphQLSchema {
  const subgraph = extendSchema(graph, parse(fieldsForGateways(graph)), { assumeValidSDL: true });
  const entity = subgraph.getType('_Entity');
  const { _entities, _service } = subgraph.getQueryType()?.getFields() ?? {};
  if (!isUnionType(entity) || !_entities || !_service) throw new TypeError('a graph without entities is no subgraph');

  entity.resolveType = nodeTypeOf;
  _entities.resolve = (_query, { representations }: Representations, context: GraphContext, info) =>
    loadEntities(context, representations, selectedFields(info));
  _service.resolve = () => ({ sdl: printSubgraphSchema(graph) });
  return subgraph;
}

interface Representations {
  readonly representations: readonly unknown[];
}

function fieldsForGateways(graph: GraphQLSchema): string {
  const entities = Object.values(graph.getTypeMap()).filter(isObjectType).filter(hasKey);
  return `
    "Every type with a key."
    union _Entity = ${entities.map(({ name }) => name).join(' | ')}

    "How another subgraph knows a record: \`__typename\` and the fields of one of its keys."
    scalar _Any

    "This subgraph."
    type _Service {
      "The schema as it is composed into a supergraph."
      sdl: String
    }

    extend type Query {
      "For gateways: records by their keys, in the order asked."
      _entities("One for each record." representations: [_Any!]!): [_Entity]! @cost(weight: ${PROVIDER_READ})
      "For gateways: this subgraph."
      _service: _Service!
    }
  `;
}

function hasKey({ astNode }: GraphQLObjectType): boolean {
  return astNode?.directives?.some(({ name }) => name.value === 'key') ?? false;
}
