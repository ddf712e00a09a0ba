/**
 * The connection below a request, as a handler sees it: how the client proved who it is, and the way to take
 * the raw byte stream over (Docker calls it hijacking), which `Bun.serve` cannot do (design D1).
 */
import type { Duplex } from "node:stream";

/** What goes into the head that is written before a connection is handed over. */
export interface HijackHead {
  contentType?: string;
  /** Further response headers. */
  headers?: Record<string, string>;
}

/** The connection of a request; hono handlers get it as `c.env`. */
export interface Connection {
  /** True when the TLS client certificate verified against the CA given to the server. */
  readonly isAuthorized: boolean;
  /** The `Upgrade` token the client asked for, lower case; "" when it asked for none. */
  readonly protocol: string;
  /** Address of the client; "" on a unix socket. */
  readonly remoteAddress: string;
  /**
   * Takes the connection over: writes the head (101 for an upgrade, else a close-delimited 200) and returns the raw
   * bytes. Read the request's body first. The handler then answers with {@link hijacked}.
   */
  hijack(head?: HijackHead): Duplex;
}

/** The type parameter of a hono app served by this bridge: `new Hono<Env>()`. */
export interface Env {
  Bindings: Connection;
}

/** The answer of a handler that took the connection over; nothing of it is sent. */
export function hijacked(): Response {
  return new Response(null);
}

/** Anything with hono's `fetch`. */
export interface App {
  fetch(request: Request, connection: Connection): Response | Promise<Response>;
}
