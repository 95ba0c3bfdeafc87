/** Thrown for an invalid token. The message never reveals which part is invalid. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';

  constructor(
    message = 'A valid bearer token is needed.',
    /** The cause, for the log. */
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** `too early`: the issuer may have a newer key, but was queried only just now. `fault`: its keys cannot be fetched. */
export type MissingKeys = 'fault' | 'too early';

/** Thrown when a token cannot be verified without its issuer's keys; not the caller's fault. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';

  constructor(
    readonly reason: MissingKeys,
    readonly issuer: string,
    options?: ErrorOptions,
  ) {
    super('Tokens cannot be checked at the moment. Try again.', options);
  }
}
