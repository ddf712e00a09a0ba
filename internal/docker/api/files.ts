/** archive, changes and export of containers, and commit */
import type { Hono } from "hono";
import { commitContainer } from "../engine/commit.ts";
import type { Engine } from "../engine/engine.ts";
import {
  containerChanges,
  exportContainer,
  pathStatHeader,
  readPath,
  statPath,
  writePath,
} from "../engine/files.ts";
import { queryBool, readBody } from "../wire/decode.ts";
import { json } from "../wire/errors.ts";
import type { DockerEnv } from "./app.ts";

const tarType = { "Content-Type": "application/x-tar" };
/** What stands for no body: two empty blocks, a tar without entries. */
const emptyArchive = new Uint8Array(1024);

/** Adds the routes. */
export function fileRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  app.get("/containers/:id/archive", async (c) => {
    const [id, path] = [c.req.param("id"), c.req.query("path") ?? ""];
    // hono hands HEAD to the GET route.
    if (c.req.method === "HEAD") {
      const stat = await statPath(engine, id, path, c.req.raw.signal);
      return new Response(null, { headers: { [pathStatHeader]: stat } });
    }
    const { stat, body } = await readPath(engine, id, path, c.req.raw.signal);
    return new Response(body, { headers: { ...tarType, [pathStatHeader]: stat } });
  });
  app.put("/containers/:id/archive", async (c) => {
    const body = c.req.raw.body ?? new Blob([emptyArchive]).stream();
    const options = {
      path: c.req.query("path") ?? "",
      keepKinds: queryBool(c.req.query("noOverwriteDirNonDir")),
    };
    await writePath(engine, c.req.param("id"), options, body, c.req.raw.signal);
    return c.body(null, 200);
  });
  app.get("/containers/:id/changes", async (c) =>
    json(await containerChanges(engine, c.req.param("id"), c.req.raw.signal)),
  );
  app.post("/commit", async (c) => {
    const query = c.req.query();
    const body = await readBody(c.req.raw);
    const options = {
      container: query.container ?? "",
      repo: query.repo ?? "",
      tag: query.tag ?? "",
      comment: query.comment ?? "",
      author: query.author ?? "",
      pause: queryBool(query.pause, true),
      changes: c.req.queries("changes") ?? [],
      config: body.json,
    };
    return json({ Id: await commitContainer(engine, options, c.req.raw.signal) }, 201);
  });
  app.get("/containers/:id/export", async (c) => {
    const body = await exportContainer(engine, c.req.param("id"), c.req.raw.signal);
    return new Response(body, { headers: tarType });
  });
}
