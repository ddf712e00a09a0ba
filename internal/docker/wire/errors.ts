/** Errors as Docker's API answers them: one table from code to status, and `{"message": …}`. */
import { VicError, type Code } from "../../errors/errors.ts";

const statuses: Record<Code, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "not-modified": 304,
  concurrent: 409,
  exhausted: 500,
  unavailable: 503,
  unsupported: 501,
  cancelled: 499,
  damaged: 500,
  internal: 500,
};

/** HTTP status of an error code. */
export function statusOf(code: Code): number {
  return statuses[code];
}

/** Any error as a response. */
export function errorResponse(error: unknown): Response {
  const e = VicError.from(error);
  const status = statusOf(e.code);
  if (status === 304) return new Response(null, { status });
  return json({ message: e.text }, status);
}

/** A JSON answer. The CLI reads an error's message only from exactly this Content-Type, without a charset. */
export function json(value: unknown, status = 200): Response {
  return new Response(`${JSON.stringify(value)}\n`, {
    status,
    headers: { "Content-Type": "application/json" },
  });
}

/** Docker's answer for a path that is no route. */
export function pageNotFound(): Response {
  return json({ message: "page not found" }, 404);
}

/** `unsupported`, naming what cannot be had. */
export function unsupported(what: string, hint?: string): VicError {
  return new VicError(
    "unsupported",
    `${what} is not supported by this engine`,
    hint === undefined ? {} : { hint },
  );
}
