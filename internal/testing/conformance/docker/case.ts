/** What the suite compares: lines of shell with the docker CLI, and calls of the raw API. */

/** One command or call, done against both engines. */
export interface DockerCase {
  /** A shell line in which `docker` is the stock CLI, or `METHOD /path` of the API; $ID is what was last made there. */
  run: string;
  /** Body of a call; an object is sent as JSON. */
  body?: unknown;
  /** Headers of a call beside Content-Type. */
  headers?: Record<string, string>;
  /** How stdout or the body is read: what it looks like unless this says otherwise. */
  as?: "lines" | "unordered" | "keys" | "ignored";
  /** A call whose connection becomes a stream: this is sent on it, and what comes is compared. */
  stream?: string;
}

/** Cases that build on each other, in order. */
export interface DockerGroup {
  name: string;
  cases: (string | DockerCase)[];
}

/** What one engine did. */
export interface Outcome {
  /** Exit code, or status of an answer. */
  code: number;
  /** stdout or the body: parsed where it is JSON. */
  out: unknown;
  /** stderr, or the headers that clients read. */
  beside: unknown;
}

/** Whether it is a call of the API. */
export function isCall(run: string): boolean {
  return /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) \//.test(run);
}
