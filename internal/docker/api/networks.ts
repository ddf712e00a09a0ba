/** /networks, and /volumes, of which there are none */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import type { Engine } from "../engine/engine.ts";
import { networkResource } from "../engine/info.ts";
import { findNetwork } from "../engine/networks.ts";
import { allNetworks } from "../engine/none-network.ts";
import { queryBool } from "../wire/decode.ts";
import { json, unsupported } from "../wire/errors.ts";
import { Filters } from "../wire/filters.ts";
import type { DockerEnv } from "./app.ts";

const networkFilters = ["dangling", "driver", "id", "label", "name", "scope", "type"];
const volumeFilters = ["dangling", "driver", "label", "name"];

/** Adds the routes. */
export function networkRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  const list = async (filters: Filters) => {
    const builtin = ["bridge", "none"];
    for (const type of filters.get("type")) {
      if (type !== "builtin" && type !== "custom") {
        throw new VicError("invalid", `invalid filter: 'type'='${type}'`);
      }
    }
    if (filters.get("dangling").some((value) => !/^(0|1|false|true)$/.test(value))) {
      const wanted = 'must be "true" (or "1"), or "false" (or "0")';
      throw new VicError("invalid", `invalid value for filter 'dangling', ${wanted}`);
    }
    return (await allNetworks(engine)).filter(
      (n) =>
        filters.matches("name", n.name) &&
        filters.some("id", (id) => n.id.startsWith(id)) &&
        filters.is("driver", n.driver) &&
        filters.is("scope", "local") &&
        filters.is("type", builtin.includes(n.name) ? "builtin" : "custom") &&
        filters.labels({}) &&
        filters.bool("dangling") !== true,
    );
  };
  app.get("/networks", async (c) => {
    const networks = await list(Filters.parse(c.req.query("filters"), networkFilters));
    return json(networks.map((n) => networkResource(n, [], c.env.apiMinor)));
  });
  app.get("/networks/:id", async (c) => {
    const network = findNetwork(await allNetworks(engine), c.req.param("id"));
    return json(networkResource(network, await engine.portLayer.containers(), c.env.apiMinor));
  });
  app.post("/networks/create", () => {
    throw unsupported("creating networks");
  });
  app.post("/networks/prune", () => json({ NetworksDeleted: null }));
  app.post("/networks/:id/:verb{connect|disconnect}", () => {
    throw unsupported("changing a container's networks");
  });
  app.delete("/networks/:id", async (c) => {
    const { name, id } = findNetwork(await allNetworks(engine), c.req.param("id"));
    throw new VicError("forbidden", `${name} is a pre-defined network and cannot be removed`, {
      detail: { id },
    });
  });

  app.get("/volumes", (c) => {
    Filters.parse(c.req.query("filters"), volumeFilters);
    return json({ Volumes: [], Warnings: null });
  });
  app.post("/volumes/create", () => {
    throw unsupported("creating volumes");
  });
  app.post("/volumes/prune", () => json({ VolumesDeleted: null, SpaceReclaimed: 0 }));
  app.on(["GET", "DELETE"], "/volumes/:name", (c) => {
    // As `rm -f` of a file: what is not there is removed.
    if (c.req.method === "DELETE" && queryBool(c.req.query("force"))) return c.body(null, 204);
    throw new VicError("not-found", `get ${c.req.param("name")}: no such volume`);
  });
}
