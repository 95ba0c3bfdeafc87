/** Thrown to reject a request before GraphQL; code and message are sent to the client. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';

  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
