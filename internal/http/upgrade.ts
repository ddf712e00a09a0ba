/**
 * The client side of a hijacked connection: sends a request with an `Upgrade` header over a unix socket or TCP and gives
 * back the raw byte stream, half-close included. (node:http's client and fetch both lose one of the two.)
 */
import { connect, type Socket } from "node:net";
import { VicError } from "../errors/errors.ts";

const headMaxBytes = 64 * 1024;
const errorBodyMaxBytes = 256 * 1024;
const lastChunk = Buffer.from("0\r\n\r\n");

/** What to ask for. */
export interface UpgradeRequest {
  target: { path: string } | { port: number; host: string };
  method: string;
  /** Path and query. */
  url: string;
  /** The `Upgrade` token. */
  protocol: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** The server's refusal: anything but 101. */
export interface Refusal {
  status: number;
  body: string;
}

/** Resolves with the raw stream (paused) after the 101, or with the server's refusal. */
export async function upgrade(request: UpgradeRequest): Promise<Socket | Refusal> {
  const socket = connect({ ...request.target, allowHalfOpen: true });
  const abort = () => socket.destroy(new Error("aborted"));
  request.signal?.addEventListener("abort", abort, { once: true });
  socket.on("error", () => {});
  try {
    if (request.signal?.aborted) throw new VicError("cancelled", "cancelled");
    socket.write(requestHead(request));
    return await answer(socket);
  } catch (error) {
    socket.destroy();
    if (request.signal?.aborted) throw new VicError("cancelled", "cancelled", { cause: error });
    throw error;
  } finally {
    request.signal?.removeEventListener("abort", abort);
  }
}

function requestHead(request: UpgradeRequest): string {
  const body = request.body ?? "";
  const headers: Record<string, string> = {
    Host: "localhost",
    ...request.headers,
    Connection: "Upgrade",
    Upgrade: request.protocol,
    "Content-Length": String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${request.method} ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** Reads the answer's head; leaves what follows a 101 in the socket. */
function answer(socket: Socket): Promise<Socket | Refusal> {
  return new Promise((resolve, reject) => {
    let data: Buffer = Buffer.alloc(0);
    let head: { status: number; bodyAt: number; bodyBytes: number; isChunked: boolean } | undefined;
    const stop = () => {
      socket.off("data", onData);
      socket.off("end", onEnd);
      socket.off("close", onClose);
      socket.off("error", onError);
    };
    const fail = (message: string, cause?: unknown) => {
      stop();
      reject(new VicError("unavailable", message, { cause }));
    };
    const onError = (error: Error) => fail(`cannot reach the server: ${error.message}`, error);
    const onClose = () => fail("the server closed the connection");
    const onEnd = () => (head ? refuse() : fail("the server closed the connection"));
    const refuse = () => {
      stop();
      socket.destroy();
      const { status, bodyAt, bodyBytes, isChunked } = head!;
      const body = data.subarray(bodyAt, isChunked ? data.length : bodyAt + bodyBytes);
      resolve({ status, body: (isChunked ? dechunk(body) : body).toString() });
    };
    const onData = (chunk: Buffer) => {
      data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
      if (!head) {
        const end = data.indexOf("\r\n\r\n");
        if (end < 0) {
          if (data.length > headMaxBytes) fail("the server's answer is no HTTP");
          return;
        }
        const text = data.subarray(0, end).toString("latin1");
        const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
        if (status === 0) return fail("the server's answer is no HTTP");
        if (status === 101) {
          stop();
          socket.pause();
          if (data.length > end + 4) socket.unshift(data.subarray(end + 4));
          return resolve(socket);
        }
        const length = Number(/^content-length:\s*(\d+)\s*$/im.exec(text)?.[1] ?? 0);
        const bodyBytes = Math.min(length, errorBodyMaxBytes);
        const isChunked = /^transfer-encoding:\s*chunked\s*$/im.test(text);
        head = { status, bodyAt: end + 4, bodyBytes, isChunked };
      }
      const isWhole = head.isChunked
        ? data.length > errorBodyMaxBytes || data.subarray(-5).equals(lastChunk)
        : data.length >= head.bodyAt + head.bodyBytes;
      if (isWhole) refuse();
    };
    socket.on("data", onData);
    socket.on("end", onEnd);
    socket.on("close", onClose);
    socket.on("error", onError);
  });
}

/** The bytes of a chunked body. */
function dechunk(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf("\r\n", at);
    const size = end < 0 ? 0 : Number.parseInt(body.subarray(at, end).toString("latin1"), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
