/** attach, logs, wait, resize of containers */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { hijacked } from "../../http/connection.ts";
import { attachContainer } from "../engine/attach.ts";
import type { Engine } from "../engine/engine.ts";
import { waitContainer } from "../engine/lifecycle.ts";
import { containerLogs } from "../engine/logs.ts";
import { findContainer } from "../engine/lookup.ts";
import { queryBool, queryInt } from "../wire/decode.ts";
import type { DockerEnv } from "./app.ts";

const rawStream = "application/vnd.docker.raw-stream";
const multiplexedStream = "application/vnd.docker.multiplexed-stream";

/** Content-Type of a process's output. */
export function streamType(isRaw: boolean, apiMinor: number): string {
  return isRaw || apiMinor < 42 ? rawStream : multiplexedStream;
}

/** Adds the routes. */
export function streamRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  app.post("/containers/:id/attach", async (c) => {
    const query = c.req.query();
    const attachment = await attachContainer(
      engine,
      c.req.param("id"),
      {
        stdin: queryBool(query.stdin),
        stdout: queryBool(query.stdout),
        stderr: queryBool(query.stderr),
        logs: queryBool(query.logs),
        stream: queryBool(query.stream),
        detachKeys: query.detachKeys ?? "",
      },
      c.req.raw.signal,
    );
    const contentType = streamType(attachment.isTty, c.env.apiMinor);
    void attachment.serve(c.env.connection.hijack({ contentType }));
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

/** `h` and `w` of a resize. */
export function terminalSize(query: Record<string, string>): [number, number] {
  const rows = queryInt(query.h, "h") ?? 0;
  const columns = queryInt(query.w, "w") ?? 0;
  if (rows < 0 || columns < 0 || rows > 0xffff || columns > 0xffff) {
    throw new VicError("invalid", "invalid terminal size");
  }
  return [rows, columns];
}
