/** The control channel's transport: TLS with certificates on both sides, over IPv6 link-local addresses. */
import tls from "node:tls";
import { once } from "node:events";
import { VicError } from "../errors/errors.ts";
import type { ContainerSecret } from "./config.ts";
import type { Hello } from "./control.ts";
import { Mux, type Handlers, type Transport } from "./mux.ts";

/** Until the appliance's kernel answers. */
const connectTimeoutMs = 5_000;
/**
 * From then on until both know each other. Long: when many VMs start at once, an emulated appliance comes to the last one
 * late, and a tether that gave up and called again would only make the queue longer.
 */
const handshakeTimeoutMs = 120_000;
const helloTimeoutMs = 60_000;
const connectionsMax = 4096;
/** Bytes Node may hold for a socket before its write says that it is full. */
const socketBufferBytes = 256 * 1024;
const retryFirstMs = 10;
const retryLastMs = 1_000;

/** Bytes of a connected TLS socket. The caller has put an error listener on it. */
function tlsTransport(socket: tls.TLSSocket): Transport {
  return {
    chunks: chunksOf(socket),
    write: (bytes) => {
      if (socket.destroyed) throw new VicError("unavailable", "the connection is gone");
      return socket.write(bytes) ? undefined : drained(socket);
    },
    close: () => socket.destroy(),
  };
}

async function* chunksOf(socket: tls.TLSSocket): AsyncGenerator<Uint8Array> {
  for await (const chunk of socket) yield chunk as Uint8Array;
}

function drained(socket: tls.TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      if (socket.destroyed) reject(new VicError("unavailable", "the connection is gone"));
      else resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}

/** Where to listen, and with which identity. */
export interface ListenOptions {
  /** Link-local addresses need a zone, for example `fe80::1%bridge`. */
  address: string;
  port: number;
  caPem: string;
  certPem: string;
  keyPem: string;
  handlers?: Handlers;
  /** How long a handshake may take. */
  handshakeMs?: number;
}

/** A running control channel server. */
export interface ControlServer extends AsyncDisposable {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Accepts tethers whose certificate was signed by the CA; all others are closed. `onConnection` gets the common name of the
 * certificate, too: it decides whether that is the one of the container that the hello names.
 */
export async function listenControl(
  options: ListenOptions,
  onConnection: (mux: Mux, hello: Hello, name: string) => void,
): Promise<ControlServer> {
  const muxes = new Set<Mux>();
  const server = tls.createServer(
    {
      ca: options.caPem,
      cert: options.certPem,
      key: options.keyPem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: "TLSv1.3",
      handshakeTimeout: options.handshakeMs ?? handshakeTimeoutMs,
      highWaterMark: socketBufferBytes,
    } as tls.TlsOptions,
    (socket) => {
      socket.on("error", () => {});
      const name = socket.authorized ? socket.getPeerCertificate().subject?.CN : undefined;
      if (typeof name !== "string" || muxes.size >= connectionsMax) return void socket.destroy();
      socket.setNoDelay(true);
      const mux = new Mux(tlsTransport(socket), {
        side: "appliance",
        ...(options.handlers === undefined ? {} : { handlers: options.handlers }),
      });
      muxes.add(mux);
      void mux.closed.then(() => muxes.delete(mux));
      const timer = setTimeout(
        () => mux.close(new VicError("unauthenticated", "no hello in time")),
        helloTimeoutMs,
      );
      mux.hello.then(
        (hello) => {
          clearTimeout(timer);
          onConnection(mux, hello, name);
        },
        () => clearTimeout(timer),
      );
    },
  );
  // Bun only tells of a handshake that takes too long: a VM that went off in the middle of one would leave its connection.
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.listen(options.port, options.address);
  await once(server, "listening");
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const mux of muxes) mux.close();
    await closed;
  };
  return {
    port: (server.address() as { port: number }).port,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Whom to call, and who is calling. */
export interface DialOptions {
  /** Link-local addresses need a zone. */
  address: string;
  port: number;
  secret: ContainerSecret;
  /** Asked anew for every connection. */
  hello: () => Hello;
  /** Calls wait for handlers that are still to come. */
  handlers: Handlers | Promise<Handlers>;
}

/** One attempt to connect; rejects `unavailable`. */
export async function dialControl(options: DialOptions): Promise<Mux> {
  const { secret } = options;
  const socket = tls.connect({
    host: options.address,
    port: options.port,
    ca: secret.caPem,
    cert: secret.certPem,
    key: secret.keyPem,
    rejectUnauthorized: true,
    // The address says nothing about who answers; the CA signs only this VCH's appliance and VMs.
    checkServerIdentity: () => undefined,
    minVersion: "TLSv1.3",
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      const message = `cannot reach the appliance: ${cause.message}`;
      reject(new VicError("unavailable", message, { cause }));
    };
    const late = (): void => fail(new Error("timeout"));
    let timer = setTimeout(late, connectTimeoutMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      timer = setTimeout(late, handshakeTimeoutMs);
    });
    socket.on("error", fail);
    socket.once("close", () => fail(new Error("closed")));
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  socket.setNoDelay(true);
  const { hello, handlers } = options;
  return new Mux(tlsTransport(socket), { side: "tether", hello: hello(), handlers });
}

/** Keeps one connection up until `signal` aborts, for as long as it takes. Calls `onMux` for each new one. */
export async function keepControl(
  options: DialOptions,
  signal: AbortSignal,
  onMux: (mux: Mux) => void,
): Promise<void> {
  let delayMs = retryFirstMs;
  while (!signal.aborted) {
    try {
      const mux = await dialControl(options);
      const close = (): void => mux.close();
      signal.addEventListener("abort", close, { once: true });
      if (signal.aborted) close();
      onMux(mux);
      const since = performance.now();
      await mux.closed;
      signal.removeEventListener("abort", close);
      // A server that hangs up at once is not called a hundred times a second.
      if (performance.now() - since > retryLastMs) delayMs = retryFirstMs;
    } catch {
      // Not there yet, or restarting.
    }
    if (signal.aborted) return;
    await Bun.sleep(delayMs * (0.5 + Math.random()));
    delayMs = Math.min(delayMs * 1.5, retryLastMs);
  }
}
