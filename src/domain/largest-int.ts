/** Largest value of GraphQL's Int. */
export const LARGEST_INT = 2_147_483_647;
