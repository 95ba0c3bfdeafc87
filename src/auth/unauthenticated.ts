/** Nobody is told which part of a token is wrong: `message` is the same for all. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';

  constructor(
    message = 'A valid bearer token is needed.',
    /** Why, for the log. */
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** `too early`: the issuer may have a newer key, and was asked only just now. `fault`: its keys cannot be had. */
export type MissingKeys = 'fault' | 'too early';

/** The token could not be checked for want of its issuer's keys: not the caller's fault. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';

  constructor(
    readonly reason: MissingKeys,
    options?: ErrorOptions,
  ) {
    super('Tokens cannot be checked at the moment. Try again.', options);
  }
}
