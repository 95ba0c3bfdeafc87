import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { type Variables, variablesFor } from './argument-values.js';
import { documentOf, filledPaths, narrowedTo, objectPathsIn, type PlannedField, planRootField } from './field-paths.js';
import type { Subject } from './subjects.js';

/** One request: everything below a root field, asked about a subject or about nobody in particular. */
export interface Asked {
  readonly field: PlannedField;
  readonly subject: Subject | null;
  readonly text: string;
  readonly variables: Variables;
}

export type Kind = 'query' | 'mutation' | 'subscription';

/** Types of records besides those with an ID of their own. */
const FURTHER_RECORDS = ['UpsellEligibility', 'UpsellPreview'];

/** Asks for all there is in a schema. */
export class Walk {
  private readonly roots: Readonly<Record<Kind, readonly PlannedField[]>>;

  constructor(private readonly schema: GraphQLSchema) {
    const planned = (root = schema.getQueryType()) =>
      root ? Object.keys(root.getFields()).map((name) => planRootField(schema, root, name)) : [];
    this.roots = {
      query: planned(),
      mutation: planned(schema.getMutationType()),
      subscription: planned(schema.getSubscriptionType()),
    };
  }

  /** Every field of the root with every subject it can be asked about; those that take none are asked once. */
  asking(kind: Kind, names: readonly string[] | null, subjects: readonly Subject[]): readonly Asked[] {
    const roots = this.roots[kind].filter(({ name }) => names?.includes(name) ?? true);
    return roots.flatMap((root) => {
      const alone = this.ask(kind, root, null);
      return alone ? [alone] : subjects.flatMap((subject) => this.ask(kind, root, subject) ?? []);
    });
  }

  names(kind: Kind): readonly string[] {
    return this.roots[kind].map(({ name }) => name).sort();
  }

  /** The same question about another subject. */
  about({ field }: Asked, subject: Subject): Pick<Asked, 'subject' | 'variables'> {
    return { subject, variables: variablesFor(this.schema, field, subject) ?? {} };
  }

  /** All paths on which a record can be had, but for records of these types. */
  recordPaths(except: ReadonlySet<string>): readonly string[] {
    const node = this.schema.getType('Node');
    const withId = isInterfaceType(node) ? this.schema.getPossibleTypes(node) : [];
    const records = new Set(
      [...withId.map(({ name }) => name), ...FURTHER_RECORDS].filter((name) => !except.has(name)),
    );
    const paths = Object.values(this.roots)
      .flat()
      .flatMap((root) => objectPathsIn(this.schema, root));
    return paths.filter(([, type]) => records.has(type)).map(([path]) => path);
  }

  filledBy({ field }: Asked, answer: string): readonly string[] {
    const { data } = JSON.parse(answer);
    return filledPaths(this.schema, field, data?.[field.responseName]);
  }

  private ask(kind: Kind, root: PlannedField, subject: Subject | null): Asked | null {
    const field = subject ? narrowedTo(root, subject.type) : root;
    const variables = variablesFor(this.schema, field, subject);
    if (!variables) return null;
    return { field, subject, variables, text: documentOf(kind, field, new Set(Object.keys(variables))) };
  }
}
