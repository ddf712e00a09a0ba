/** attach, logs, wait, resize of containers */
import type { Context, Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { hijacked } from "../../http/connection.ts";
import { acceptKey, webSocketStream } from "../../http/websocket.ts";
import { attachContainer } from "../engine/attach.ts";
import type { Engine } from "../engine/engine.ts";
import { waitContainer } from "../engine/lifecycle.ts";
import { containerLogs } from "../engine/logs.ts";
import { findContainer } from "../engine/lookup.ts";
import { queryBool } from "../wire/decode.ts";
import { statusOf } from "../wire/errors.ts";
import { makeUnframe } from "../wire/unframe.ts";
import type { DockerEnv } from "./app.ts";

const rawStream = "application/vnd.docker.raw-stream";
const multiplexedStream = "application/vnd.docker.multiplexed-stream";

/** Content-Type of a process's output. */
export function streamType(isRaw: boolean, apiMinor: number): string {
  return isRaw || apiMinor < 42 ? rawStream : multiplexedStream;
}

/** Adds the routes. */
export function streamRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  const attach = (c: Context<DockerEnv>, id: string) => {
    const query = c.req.query();
    const options = {
      stdin: queryBool(query.stdin),
      stdout: queryBool(query.stdout),
      stderr: queryBool(query.stderr),
      logs: queryBool(query.logs),
      stream: queryBool(query.stream),
      detachKeys: query.detachKeys ?? "",
    };
    return attachContainer(engine, id, options, c.req.raw.signal);
  };
  app.post("/containers/:id/attach", async (c) => {
    const attachment = await attach(c, c.req.param("id")).catch(attachError);
    if (attachment instanceof Response) return attachment;
    const contentType = streamType(attachment.isTty, c.env.apiMinor);
    void attachment.serve(c.env.connection.hijack({ contentType }));
    return hijacked();
  });

  app.get("/containers/:id/attach/ws", async (c) => {
    await findContainer(engine, c.req.param("id"));
    if (c.env.connection.protocol !== "websocket")
      throw new VicError("invalid", "this is for web sockets: ask for an upgrade to one");
    const accept = acceptKey(c.req.header("Sec-WebSocket-Key"));
    const attachment = await attach(c, c.req.param("id"));
    const socket = c.env.connection.hijack({ headers: { "Sec-WebSocket-Accept": accept } });
    const unframe = attachment.isTty ? undefined : makeUnframe();
    void attachment.serve(webSocketStream(socket, unframe));
    return hijacked();
  });

  app.get("/containers/:id/logs", async (c) => {
    const query = c.req.query();
    const { body, isRaw } = await containerLogs(
      engine,
      c.req.param("id"),
      {
        stdout: queryBool(query.stdout),
        stderr: queryBool(query.stderr),
        follow: queryBool(query.follow),
        timestamps: queryBool(query.timestamps),
        details: queryBool(query.details),
        tail: query.tail ?? "",
        since: query.since ?? "",
        until: query.until ?? "",
      },
      c.req.raw.signal,
    );
    return new Response(body, {
      headers: { "Content-Type": streamType(isRaw, c.env.apiMinor) },
    });
  });

  app.post("/containers/:id/wait", async (c) => {
    const { result } = await waitContainer(
      engine,
      c.req.param("id"),
      c.req.query("condition") ?? "",
      c.req.raw.signal,
    );
    // The head goes out at once: the CLI starts the container only when it has seen it.
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const { exitCode, error } = await result;
        const answer = {
          StatusCode: exitCode,
          ...(error === "" ? {} : { Error: { Message: error } }),
        };
        controller.enqueue(Buffer.from(JSON.stringify(answer)));
        controller.close();
      },
    });
    return new Response(body, { headers: { "Content-Type": "application/json" } });
  });

  app.post("/containers/:id/resize", async (c) => {
    const [rows, columns] = terminalSize(c.req.query());
    const { record, status } = await findContainer(engine, c.req.param("id"));
    if (status !== "running") {
      throw new VicError("conflict", `container ${record.id} is not running`);
    }
    await engine.portLayer.resizeContainer(record.id, rows, columns);
    return c.body(null, 200);
  });
}

/** dockerd says why it cannot attach in the type of the stream that there would have been. */
function attachError(error: unknown): Response {
  const { code, text } = VicError.from(error);
  return new Response(`${text}\r\n`, {
    status: statusOf(code),
    headers: { "Content-Type": rawStream },
  });
}

/** `h` and `w` of a resize. */
export function terminalSize({ h, w }: Record<string, string>): [number, number] {
  return [terminalSide("height", h ?? ""), terminalSide("width", w ?? "")];
}

function terminalSide(name: string, text: string): number {
  const wrong = !/^\d{1,20}$/.test(text)
    ? "invalid syntax"
    : Number(text) > 0xffff
      ? "value out of range"
      : undefined;
  if (wrong === undefined) return Number(text);
  throw new VicError("invalid", `invalid resize ${name} "${text}": ${wrong}`);
}
