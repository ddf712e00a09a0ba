/** Every way an operation can fail, as far as a caller must tell them apart. */
export const codes = [
  "invalid", // the request itself is wrong: fix it and call again
  "unauthenticated", // no or wrong credentials
  "forbidden", // known caller, not allowed
  "not-found",
  "conflict", // the state of the thing does not allow it (name taken, running, in use)
  "not-modified", // already in the wanted state
  "concurrent", // somebody else changed it meanwhile: read again and retry
  "exhausted", // disk full, quota, out of addresses, a limit reached
  "unavailable", // a peer is down or does not answer
  "unsupported",
  "cancelled",
  "damaged", // data that does not match its digest or format
  "internal",
] as const;
/** One of {@link codes}. */
export type Code = (typeof codes)[number];

/** Optional parts of a {@link VicError}. */
export interface ErrorParts {
  /** What the reader can do about it; one sentence. */
  hint?: string;
  cause?: unknown;
  /** Facts for a wire to map, for example the vim25 fault name. */
  detail?: Record<string, unknown>;
}

/**
 * The one error class of the project (design D10). Each wire maps `code` in one table of its own.
 *
 * @example throw new VicError("not-found", `image ${name} is not here`, { hint: "docker pull it first" })
 */
export class VicError extends Error {
  readonly code: Code;
  readonly hint: string | undefined;
  readonly detail: Record<string, unknown>;

  constructor(code: Code, message: string, parts: ErrorParts = {}) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = "VicError";
    this.code = code;
    this.hint = parts.hint;
    this.detail = parts.detail ?? {};
  }

  /** Message and hint as one paragraph, for people. */
  get text(): string {
    return this.hint ? `${this.message}: ${this.hint}` : this.message;
  }

  /** JSON that {@link VicError.parse} turns back into an equal error on the other side of a wire. */
  toJSON(): ErrorJson {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(Object.keys(this.detail).length === 0 ? {} : { detail: this.detail }),
    };
  }

  /** The inverse of {@link VicError.toJSON}; anything that is not such JSON becomes `internal`. */
  static parse(json: unknown): VicError {
    const e = (json ?? {}) as Partial<ErrorJson>;
    const code = codes.find((c) => c === e.code) ?? "internal";
    const message = typeof e.message === "string" ? e.message : `unexpected error: ${String(json)}`;
    return new VicError(code, message, {
      ...(typeof e.hint === "string" ? { hint: e.hint } : {}),
      ...(e.detail && typeof e.detail === "object" ? { detail: e.detail } : {}),
    });
  }

  /** `error` itself when it is a VicError, otherwise an `internal` one caused by it. */
  static from(error: unknown): VicError {
    if (error instanceof VicError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new VicError("internal", message, { cause: error });
  }
}

/** A {@link VicError} as it travels over the port layer API and the control channel. */
export interface ErrorJson {
  code: Code;
  message: string;
  hint?: string;
  detail?: Record<string, unknown>;
}

/** The first error in the cause chain with this code. */
export function findCode(error: unknown, code: Code): VicError | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e instanceof VicError && e.code === code) return e;
  }
  return undefined;
}
