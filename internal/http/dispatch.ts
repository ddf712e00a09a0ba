/** One request of node:http through a fetch-style app and back. */
import * as http from "node:http";
import { Duplex, Readable, type Writable } from "node:stream";
import { VicError } from "../errors/errors.ts";
import type { App, Connection, HijackHead } from "./connection.ts";
import { sendResponse } from "./send.ts";

/** Where the answer goes: an ordinary response, or the socket of an upgrade request. */
export interface Exchange {
  res?: http.ServerResponse;
  socket?: Duplex;
  /** Bytes the client sent right behind the head of an upgrade request. */
  head?: Buffer;
}

/** Runs `app` for one request; never rejects. */
export async function dispatch(
  app: App,
  upgrades: string[],
  req: http.IncomingMessage,
  exchange: Exchange,
): Promise<void> {
  const gone = new AbortController();
  const { res, socket } = exchange;
  req.on("error", () => {});
  res?.on("error", () => {});
  res?.once("close", () => {
    if (!res.writableEnded) gone.abort();
  });
  socket?.once("close", () => gone.abort());
  const connection = new RequestConnection(req, exchange, upgrades);
  let response: Response;
  try {
    response = await app.fetch(toRequest(req, gone.signal), connection);
  } catch (error) {
    const { code, message } = VicError.from(error);
    response = Response.json({ message }, { status: code === "invalid" ? 400 : 500 });
  }
  if (connection.isTaken) return;
  if (res) return sendResponse(response, res, req.method === "HEAD", gone.signal);
  await refuseUpgrade(response, req, socket!);
}

/** An upgrade request that got a plain answer: small, with its length, and the connection ends. */
async function refuseUpgrade(response: Response, req: http.IncomingMessage, socket: Duplex) {
  const body = Buffer.from(await response.arrayBuffer().catch(() => new ArrayBuffer(0)));
  const lines = [`HTTP/1.1 ${response.status} ${http.STATUS_CODES[response.status] ?? "Unknown"}`];
  response.headers.forEach((value, name) => {
    if (name !== "content-length" && name !== "connection") lines.push(`${name}: ${value}`);
  });
  lines.push(`Content-Length: ${body.length}`, "Connection: close", "", "");
  socket.write(lines.join("\r\n"));
  socket.end(req.method === "HEAD" ? undefined : body);
  // The client may still be sending a body nobody reads.
  socket.resume();
}

function toRequest(req: http.IncomingMessage, signal: AbortSignal): Request {
  const path = req.url ?? "/";
  const method = req.method ?? "GET";
  if (!path.startsWith("/")) throw new VicError("invalid", "the request target must be a path");
  if (method === "CONNECT" || method === "TRACE") {
    throw new VicError("invalid", `method ${method} is not allowed`);
  }
  const headers = new Headers();
  for (let i = 0; i + 1 < req.rawHeaders.length; i += 2) {
    headers.append(req.rawHeaders[i]!, req.rawHeaders[i + 1]!);
  }
  const isBodiless = method === "GET" || method === "HEAD";
  const hasBody =
    req.headers["transfer-encoding"] !== undefined ||
    Number(req.headers["content-length"] ?? 0) > 0;
  if (isBodiless && hasBody) req.resume();
  const body =
    hasBody && !isBodiless ? (Readable.toWeb(req) as unknown as ReadableStream<Uint8Array>) : null;
  // The Host header is the client's to choose and no part of any route.
  return new Request(`http://localhost${path}`, { method, headers, body, signal });
}

class RequestConnection implements Connection {
  isTaken = false;
  readonly #req: http.IncomingMessage;
  readonly #exchange: Exchange;
  readonly protocol: string;
  readonly isAuthorized: boolean;
  readonly remoteAddress: string;

  constructor(req: http.IncomingMessage, exchange: Exchange, upgrades: string[]) {
    this.#req = req;
    this.#exchange = exchange;
    const token = (req.headers.upgrade ?? "").toLowerCase();
    this.protocol = upgrades.includes(token) ? token : "";
    this.isAuthorized = (req.socket as { authorized?: boolean }).authorized === true;
    this.remoteAddress = req.socket.remoteAddress ?? "";
  }

  hijack(head: HijackHead = {}): Duplex {
    if (this.isTaken) throw new VicError("internal", "the connection was taken over already");
    this.isTaken = true;
    const headers: Record<string, string> = { ...head.headers };
    if (head.contentType !== undefined) headers["Content-Type"] = head.contentType;
    const { res, socket, head: early } = this.#exchange;
    if (res) return this.#hijackResponse(res, headers);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket!.write(
      `HTTP/1.1 101 UPGRADED\r\n${lines.join("")}Connection: Upgrade\r\n` +
        `Upgrade: ${this.#req.headers.upgrade}\r\n\r\n`,
    );
    if (early?.length) socket!.unshift(early);
    return socket!;
  }

  /** Old style, no Upgrade header: a close-delimited 200 whose request body is the input side. */
  #hijackResponse(res: http.ServerResponse, headers: Record<string, string>): Duplex {
    res.useChunkedEncodingByDefault = false;
    res.shouldKeepAlive = false;
    res.writeHead(200, headers);
    res.flushHeaders();
    const stream = Duplex.from({
      readable: this.#req,
      writable: res as unknown as Writable,
    } as unknown as Iterable<unknown>);
    stream.on("error", () => {});
    return stream;
  }
}
