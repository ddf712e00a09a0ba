/**
 * hono on node:http(s) with connection hijacking, half-close, backpressure and cancellation.
 *
 * Rules learnt with the stock docker CLI: `allowHalfOpen` must be given explicitly; `write()`'s false is honoured; a
 * response head is flushed before its first body byte; every hijacked socket has an error listener; no request
 * timeout, because `docker wait` and `docker events` are requests that last for days.
 */
import { chmod, rm } from "node:fs/promises";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { dispatch } from "./dispatch.ts";
import type { App } from "./connection.ts";

const keepAliveMs = 60_000;
/** A client that has not sent its request head by then is cut off. */
const headTimeoutMs = 60_000;
const headMaxBytes = 64 * 1024;

/** Where and how to serve. */
export interface ServeOptions {
  app: App;
  /** `Upgrade` tokens (lower case) that handlers may hijack; others are served as plain requests. */
  upgrades?: string[];
  tls?: https.ServerOptions;
  listen: { port: number; hostname?: string } | { path: string; mode?: number };
}

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** 0 on a unix socket. */
  readonly port: number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/**
 * Serves `app` until closed; resolves when it listens.
 *
 * @example await using server = await serve({ app, upgrades: ["tcp"], listen: { port: 0 } });
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const upgrades = options.upgrades ?? [];
  const common = {
    allowHalfOpen: true,
    maxHeaderSize: headMaxBytes,
    shouldUpgradeCallback: (r: http.IncomingMessage) => upgrades.includes(protocolOf(r)),
  };
  const server = options.tls
    ? https.createServer({ ...options.tls, ...common } as https.ServerOptions)
    : http.createServer(common as http.ServerOptions);
  server.timeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = headTimeoutMs;
  server.keepAliveTimeout = keepAliveMs;

  const sockets = new Set<Socket>();
  server.on(options.tls ? "secureConnection" : "connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", (req, res) => void dispatch(options.app, upgrades, req, { res }));
  server.on("upgrade", (req, socket, head) => {
    // An ECONNRESET is followed by 'close', which is what everybody listens to.
    socket.on("error", () => {});
    void dispatch(options.app, upgrades, req, { socket, head });
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  // Bun only tells of a handshake that takes too long.
  server.on("tlsClientError", (_error, socket) => socket.destroy());

  await listen(server, options.listen);
  const address = server.address();
  async function close(): Promise<void> {
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections?.();
    for (const socket of sockets) socket.destroy();
    await closed;
    if ("path" in options.listen) await rm(options.listen.path, { force: true });
  }
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The `Upgrade` token of a request, lower case. */
function protocolOf(req: http.IncomingMessage): string {
  return (req.headers.upgrade ?? "").toLowerCase();
}

async function listen(server: http.Server, where: ServeOptions["listen"]): Promise<void> {
  // A socket file left behind by a killed process would make the listen fail.
  if ("path" in where) await rm(where.path, { force: true });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    const ready = () => {
      server.off("error", fail);
      done();
    };
    if ("path" in where) server.listen(where.path, ready);
    else server.listen(where.port, where.hostname ?? "127.0.0.1", ready);
  });
  if ("path" in where) await chmod(where.path, where.mode ?? 0o600);
}
