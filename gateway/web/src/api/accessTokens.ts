/** A token is renewed this long before it would expire. */
const RENEWAL_MARGIN_MILLISECONDS = 45_000;

export interface IssuedToken {
  token: string;
  /** How long it is good for from now: by the server's own clock, because a visitor's may be wrong. */
  lifetimeMilliseconds: number;
}

/**
 * Keeps one short access token in memory, never in storage. Callers that ask at the same time share one
 * request; a visitor who is not signed in is asked for nothing until `reset`.
 */
export class AccessTokens {
  #token: { value: string; renewAtMilliseconds: number } | null = null;
  #pending: Promise<string | null> | null = null;
  #isAnonymous = false;
  #generation = 0;

  constructor(
    private readonly issue: () => Promise<IssuedToken | null>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async current(): Promise<string | null> {
    if (this.#token && this.now() < this.#token.renewAtMilliseconds) {
      return this.#token.value;
    }
    if (this.#isAnonymous) {
      return null;
    }
    this.#pending ??= this.#renew(this.#generation);
    return this.#pending;
  }

  /** A service refused the token: the next caller gets a new one. */
  forget(): void {
    this.#token = null;
  }

  /** Somebody signed in or out: nothing of the one before may be used, not even an answer under way. */
  reset(): void {
    this.#generation += 1;
    this.#token = null;
    this.#pending = null;
    this.#isAnonymous = false;
  }

  async #renew(generation: number): Promise<string | null> {
    try {
      const issued = await this.issue();
      if (generation !== this.#generation) {
        return null;
      }
      this.#isAnonymous = issued === null;
      this.#token = issued && {
        value: issued.token,
        renewAtMilliseconds:
          this.now() + Math.max(0, issued.lifetimeMilliseconds - RENEWAL_MARGIN_MILLISECONDS),
      };
      return issued?.token ?? null;
    } finally {
      if (generation === this.#generation) {
        this.#pending = null;
      }
    }
  }
}
