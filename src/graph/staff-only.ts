import { Directive } from 'type-graphql';

/** Tags a field that only support staff read, so that a contract variant of a supergraph can leave it out for shoppers. */
export function ForStaff() {
  return Directive('@tag(name: "staff")');
}
