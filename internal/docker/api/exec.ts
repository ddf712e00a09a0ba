/** /exec */
import type { Hono } from "hono";
import { hijacked } from "../../http/connection.ts";
import type { Engine } from "../engine/engine.ts";
import {
  attachExec,
  createExec,
  findExec,
  inspectExec,
  startExecDetached,
} from "../engine/exec.ts";
import { readBody } from "../wire/decode.ts";
import { json } from "../wire/errors.ts";
import type { DockerEnv } from "./app.ts";
import { streamType, terminalSize } from "./streams.ts";

/** Adds the routes. */
export function execRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  app.post("/containers/:id/exec", async (c) => {
    const id = await createExec(engine, c.req.param("id"), await readBody(c.req.raw));
    return json({ Id: id }, 201);
  });
  app.post("/exec/:id/start", async (c) => {
    // Before the 101: afterwards the body would be part of the stream.
    const body = await readBody(c.req.raw);
    if (body.bool("Detach")) {
      await startExecDetached(engine, c.req.param("id"));
      return c.body(null, 200);
    }
    const attachment = await attachExec(engine, c.req.param("id"), body, c.req.raw.signal);
    const contentType = streamType(attachment.isRaw, c.env.apiMinor);
    void attachment.serve(c.env.connection.hijack({ contentType }));
    return hijacked();
  });
  app.post("/exec/:id/resize", async (c) => {
    const [rows, columns] = terminalSize(c.req.query());
    await findExec(engine, c.req.param("id"));
    await engine.portLayer.resizeExec(c.req.param("id"), rows, columns);
    return c.body(null, 200);
  });
  app.get("/exec/:id/json", async (c) => json(await inspectExec(engine, c.req.param("id"))));
}
