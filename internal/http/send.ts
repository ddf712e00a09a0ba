/** A fetch Response onto a node:http response, with backpressure. */
import type * as http from "node:http";

/**
 * Sends all of `response`; returns when it is written or the client has gone, as `gone` tells. Cancelling the body is how
 * a handler learns that nobody listens any more, also when that was so before there was a response. Never rejects.
 */
export async function sendResponse(
  response: Response,
  res: http.ServerResponse,
  isHead: boolean,
  gone: AbortSignal,
): Promise<void> {
  const headers: string[] = [];
  response.headers.forEach((value, name) => headers.push(name, value));
  try {
    res.writeHead(response.status, headers);
    if (!response.body || isHead || gone.aborted) {
      void response.body?.cancel().catch(() => {});
      res.end();
      return;
    }
    res.flushHeaders();
  } catch {
    void response.body?.cancel().catch(() => {});
    res.destroy();
    return;
  }
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  gone.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || gone.aborted) break;
      if (!res.write(value)) await drained(res);
    }
    res.end();
  } catch {
    // The head is out, so a broken body can only be shown by cutting the connection.
    res.destroy();
  } finally {
    cancel();
  }
}

/** Resolves when the stream takes more, or will never take any. */
export function drained(stream: NodeJS.WritableStream & { destroyed?: boolean }): Promise<void> {
  if (stream.destroyed) return Promise.resolve();
  return new Promise((done) => {
    const finish = () => {
      stream.off("drain", finish);
      stream.off("close", finish);
      stream.off("error", finish);
      done();
    };
    stream.on("drain", finish);
    stream.on("close", finish);
    stream.on("error", finish);
  });
}
