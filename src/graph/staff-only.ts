import { Directive } from 'type-graphql';

/** Tags a field for support staff, so that a contract variant of a supergraph can omit it for shoppers. */
export function ForStaff() {
  return Directive('@tag(name: "staff")');
}
