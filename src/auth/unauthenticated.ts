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

/** The token could not be checked because its issuer's keys cannot be had: not the caller's fault. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';

  constructor(options?: ErrorOptions) {
    super('Tokens cannot be checked at the moment. Try again.', options);
  }
}
