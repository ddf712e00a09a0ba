import { connect } from "node:tls";
import type { RawRequest } from "./http-cases.ts";

/** Longest a server may take over one request, ms. */
const answerMsMax = 20_000;

/**
 * Sends bytes on a connection of their own; what a client library would put right stays wrong. Returns the status, or
 * undefined when the server closed the connection without one, as it may for what is no HTTP.
 */
export function sendRaw(url: URL, { head, body }: RawRequest): Promise<number | undefined> {
  return new Promise((done, fail) => {
    let answer = "";
    const socket = connect(
      { host: url.hostname, port: Number(url.port), rejectUnauthorized: false },
      () => {
        socket.write(Buffer.from(head, "latin1"));
        socket.write(body);
        // Half-closed: a server that waits for a body that never comes sees its end.
        socket.end();
      },
    );
    const timer = setTimeout(() => {
      socket.destroy();
      fail(new Error(`no end of the answer within ${answerMsMax} ms`));
    }, answerMsMax);
    const end = () => {
      clearTimeout(timer);
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      done(status === undefined ? undefined : Number(status));
    };
    socket.on("data", (chunk: Buffer) => {
      if (answer.length < 64) answer += chunk.toString("latin1", 0, 64);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") fail(error);
      else end();
    });
    socket.on("close", end);
  });
}
