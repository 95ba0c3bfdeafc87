import { buildSchema, GraphQLError, type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';

type Arguments = Readonly<Record<string, unknown>>;

/** What a field answers: at once, later, wrongly or not at all. The same each time. */
const fields: Readonly<Record<string, (record: Thing, input: Arguments) => unknown>> = {
  'Query.node': (_root, { id }) => things.get(String(id)) ?? null,
  'Query.nodes': (_root, { ids }) =>
    Array.isArray(ids) ? ids.map((id: unknown) => later(things.get(String(id)) ?? null)) : null,
  'Query.item': (_root, { at }) => [...things.values()][Number(at)],
  'Query.items': () => later([...things.values()]),
  'Query.book': () => later(things.get('b1')),
  'Query.sure': () => things.get('b2'),
  'Query.broken': () => Promise.reject(new GraphQLError('broken', { extensions: { code: 'BROKEN' } })),
  'Book.me': (book) => later(book),
  'Book.name': ({ id }, { style }) => `${id} ${String(style)}`,
  'Book.pages': (_book, { from, upTo }) => [from, upTo],
  'Book.author': ({ id }) => later(things.get(id === 'b1' ? 'p1' : 'p2')),
  'Book.reviews': (_book, { first }) => [things.get('r1'), later(things.get('r2'))].slice(0, Number(first)),
  'Person.me': (person) => person,
  'Person.name': ({ id }, { style }) => later(`${id} ${String(style)}`),
  'Person.books': () => [things.get('b1'), things.get('b2')],
  'Person.born': ({ id }) => {
    if (id === 'p2') throw new GraphQLError('nobody knows', { extensions: { code: 'UNKNOWN' } });
    return 1900;
  },
  'Review.of': ({ id }) => later(things.get(id === 'r1' ? 'b1' : 'p1')),
  'Review.text': (_review, input) => JSON.stringify(input),
  'Review.stars': ({ id }) => (id === 'r2' ? null : 5),
};

interface Thing {
  readonly id: string;
  readonly kind: string;
}

const things = new Map(
  [
    { id: 'b1', kind: 'Book' },
    { id: 'b2', kind: 'Book' },
    { id: 'p1', kind: 'Person' },
    { id: 'p2', kind: 'Person' },
    { id: 'r1', kind: 'Review' },
    { id: 'r2', kind: 'Review' },
  ].map((thing) => [thing.id, thing]),
);

function later<T>(value: T): Promise<T> {
  return Promise.resolve(value);
}

/**
 * A small graph with all that a schema can have, so that tens of thousands of documents can be asked of it. No list holds
 * entries that must not be null and fail at once: there graphql-js forgets the promises of the others, which ends a process.
 */
export function buildLibrary(): GraphQLSchema {
  const schema = buildSchema(`
    interface Node { id: ID! name(style: Style = PLAIN): String me: Node }
    union Item = Book | Person | Review
    enum Style { PLAIN LOUD }
    input Find { word: String = "any" in: [Int!] deep: Find sure: Int! = 3 one: One }
    input One @oneOf { a: Int b: [String] }
    type Book implements Node {
      id: ID! name(style: Style = PLAIN): String me: Book
      pages(from: Int! = 1, upTo: Int = 3): [Int] author: Person! reviews(first: Int! = 2): [Review]
    }
    type Person implements Node { id: ID! name(style: Style = PLAIN): String me: Person books: [Book!]! born: Int! }
    type Review { id: ID! stars: Int! of: Item text(find: Find, styles: [Style!] = [LOUD]): String }
    type Query {
      node(id: ID!): Node nodes(ids: [ID!]! = ["b1", "p2"]): [Node]! item(at: Int! = 0): Item items: [Item]
      book: Book sure: Book! broken: Int
    }
  `);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = ({ kind }: Thing) => kind;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = fields[`${type.name}.${field.name}`];
      if (resolve) field.resolve = resolve;
    }
  }
  return schema;
}
