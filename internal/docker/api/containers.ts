/** /containers, but for the streams */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { createContainer } from "../engine/create.ts";
import type { Engine } from "../engine/engine.ts";
import { inspectNow } from "../engine/inspect.ts";
import {
  killContainer,
  pruneContainers,
  removeContainer,
  renameContainer,
  restartContainer,
  startContainer,
  stopContainer,
} from "../engine/lifecycle.ts";
import { listContainers, listFilters } from "../engine/list.ts";
import { pauseContainer, topContainer } from "../engine/pause.ts";
import { containerStats } from "../engine/stats.ts";
import { updateContainer } from "../engine/update.ts";
import { queryBool, queryInt, readBody } from "../wire/decode.ts";
import { json, unsupported } from "../wire/errors.ts";
import { Filters } from "../wire/filters.ts";
import type { DockerEnv } from "./app.ts";
import { parsePlatform } from "./images.ts";

/** A longer body of a start asks for something. */
const startBodyMaxBytes = 7;

/** Adds the routes. */
export function containerRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  app.get("/containers/json", async (c) =>
    json(
      await listContainers(engine, {
        all: queryBool(c.req.query("all")),
        limit: Math.max(queryInt(c.req.query("limit"), "limit") ?? 0, 0),
        size: queryBool(c.req.query("size")),
        filters: Filters.parse(c.req.query("filters"), listFilters),
        apiMinor: c.env.apiMinor,
      }),
    ),
  );
  app.post("/containers/create", async (c) => {
    const platform = parsePlatform(c.req.query("platform") ?? "");
    const body = await readBody(c.req.raw);
    const given = { name: c.req.query("name") ?? "", platform };
    return json(await createContainer(engine, body, given), 201);
  });
  app.post("/containers/prune", async (c) => {
    const filters = Filters.parse(c.req.query("filters"), ["label", "label!", "until"]);
    const { removed, reclaimedBytes } = await pruneContainers(engine, filters);
    return json({
      ContainersDeleted: removed.length === 0 ? null : removed,
      SpaceReclaimed: reclaimedBytes,
    });
  });
  app.get("/containers/:id/json", async (c) =>
    json(
      await inspectNow(engine, c.req.param("id"), {
        apiMinor: c.env.apiMinor,
        size: queryBool(c.req.query("size")),
      }),
    ),
  );
  app.post("/containers/:id/start", async (c) => {
    if (c.req.query("checkpoint")) throw unsupported("a checkpoint");
    // Some clients send `{}` or `null`.
    if (Number(c.req.header("Content-Length") ?? 0) > startBodyMaxBytes) {
      throw new VicError(
        "invalid",
        "starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24",
      );
    }
    await startContainer(engine, c.req.param("id"));
    return c.body(null, 204);
  });
  const stopOptions = (query: Record<string, string>) => ({
    signal: query.signal === "" ? undefined : query.signal,
    timeoutSeconds: queryInt(query.t, "t"),
  });
  app.post("/containers/:id/stop", async (c) => {
    await stopContainer(engine, c.req.param("id"), stopOptions(c.req.query()));
    return c.body(null, 204);
  });
  app.post("/containers/:id/restart", async (c) => {
    await restartContainer(engine, c.req.param("id"), stopOptions(c.req.query()));
    return c.body(null, 204);
  });
  app.post("/containers/:id/kill", async (c) => {
    await killContainer(engine, c.req.param("id"), c.req.query("signal") ?? "");
    return c.body(null, 204);
  });
  for (const verb of ["pause", "unpause"]) {
    app.post(`/containers/:id/${verb}`, async (c) => {
      await pauseContainer(engine, c.req.param("id"), verb === "pause");
      return c.body(null, 204);
    });
  }
  app.get("/containers/:id/top", async (c) => {
    const psArgs = c.req.query("ps_args") ?? "";
    return json(await topContainer(engine, c.req.param("id"), psArgs, c.req.raw.signal));
  });
  app.get("/containers/:id/stats", async (c) => {
    const { stream } = c.req.query();
    const query = {
      stream: stream === undefined || queryBool(stream),
      oneShot: queryBool(c.req.query("one-shot")),
    };
    const body = await containerStats(engine, c.req.param("id"), query, c.req.raw.signal);
    return new Response(body, { headers: { "Content-Type": "application/json" } });
  });
  app.post("/containers/:id/rename", async (c) => {
    await renameContainer(engine, c.req.param("id"), c.req.query("name") ?? "");
    return c.body(null, 204);
  });
  app.post("/containers/:id/update", async (c) =>
    json(await updateContainer(engine, c.req.param("id"), await readBody(c.req.raw))),
  );
  app.delete("/containers/:id", async (c) => {
    if (queryBool(c.req.query("link"))) throw unsupported("removing a link");
    await removeContainer(engine, c.req.param("id"), {
      force: queryBool(c.req.query("force")),
      volumes: queryBool(c.req.query("v")),
    });
    return c.body(null, 204);
  });
}
