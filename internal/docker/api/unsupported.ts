/** Routes of Docker that are refused by name: better than "page not found", which reads like a broken server. */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { json, unsupported } from "../wire/errors.ts";
import type { DockerEnv } from "./app.ts";

const containerVerbs = {
  checkpoints: "a checkpoint",
};

/** Adds the routes; after all others. */
export function unsupportedRoutes(app: Hono<DockerEnv>): void {
  for (const [verb, what] of Object.entries(containerVerbs)) {
    app.all(`/containers/:id/${verb}`, () => {
      throw unsupported(what);
    });
  }
  app.all("/containers/:id/checkpoints/*", () => {
    throw unsupported(containerVerbs.checkpoints);
  });
  // `docker system prune` prunes it too: there is none.
  app.post("/build/prune", () => json({ CachesDeleted: null, SpaceReclaimed: 0 }));
  for (const path of ["/build", "/build/*", "/session", "/grpc"]) {
    app.all(path, () => {
      throw unsupported("building images", "build elsewhere and push to a registry");
    });
  }
  for (const path of ["swarm", "nodes", "services", "tasks", "secrets", "configs"]) {
    for (const pattern of [`/${path}`, `/${path}/*`]) {
      app.all(pattern, () => {
        throw new VicError(
          "unavailable",
          "This node is not a swarm manager. " +
            "Swarm is not supported: vSphere already spreads the container VMs over its hosts.",
        );
      });
    }
  }
  app.get("/plugins", () => json([]));
  app.get("/plugins/:name/json", (c) => {
    throw new VicError("not-found", `plugin "${c.req.param("name")}" not found`);
  });
  app.all("/plugins/*", () => {
    throw unsupported("a plugin");
  });
  app.get("/distribution/:name{.+}/json", () => {
    throw unsupported("inspecting images in a registry");
  });
}
