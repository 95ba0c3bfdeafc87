/** GraphQL's Int ends here. */
export const LARGEST_INT = 2_147_483_647;
