/** /_ping, /version, /info, /auth, /events, /system/df. */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { parseReference } from "../../image/reference.ts";
import { RegistryClient } from "../../registry/client.ts";
import type { Engine } from "../engine/engine.ts";
import { eventFilters, eventStream } from "../engine/events.ts";
import { diskUsage, systemInfo, systemVersion } from "../engine/info.ts";
import { readBody } from "../wire/decode.ts";
import { json } from "../wire/errors.ts";
import { Filters } from "../wire/filters.ts";
import { parseTimestamp } from "../wire/time.ts";
import type { DockerEnv } from "./app.ts";

/** Adds the routes. */
export function systemRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  const uncached = { "Cache-Control": "no-cache, no-store, must-revalidate", Pragma: "no-cache" };
  const text = { "Content-Type": "text/plain; charset=utf-8" };
  app.on(
    ["GET", "HEAD"],
    "/_ping",
    (c) =>
      new Response(c.req.method === "HEAD" ? null : "OK", { headers: { ...text, ...uncached } }),
  );
  app.options("*", (c) => c.body(null, 200));
  app.get("/version", () => json(systemVersion()));
  app.get("/info", async () => json(await systemInfo(engine)));
  app.get("/system/df", async (c) => json(await diskUsage(engine, c.env.apiMinor)));

  app.post("/auth", async (c) => {
    const body = await readBody(c.req.raw);
    const domain = loginDomain(body.string("serveraddress"));
    const client = new RegistryClient(domain, engine.registries, {
      username: body.string("username"),
      password: body.string("password"),
      identityToken: body.string("identitytoken"),
      registryToken: body.string("registrytoken"),
    });
    try {
      await client.login(c.req.raw.signal);
    } catch (error) {
      const { code, detail, message } = VicError.from(error);
      if (code !== "unauthenticated" && detail.status !== 401) throw error;
      throw new VicError(
        "unauthenticated",
        `Get "https://${domain}/v2/": ${message || "unauthorized: incorrect username or password"}`,
        { cause: error },
      );
    }
    return json({ IdentityToken: "", Status: "Login Succeeded" });
  });

  app.get("/events", async (c) => {
    const time = (name: string) => {
      const text = c.req.query(name) ?? "";
      return text === "" ? undefined : parseTimestamp(text);
    };
    const query = {
      sinceNs: time("since"),
      untilNs: time("until"),
      filters: Filters.parse(c.req.query("filters"), eventFilters),
    };
    const { sinceNs, untilNs } = query;
    if (sinceNs !== undefined && untilNs !== undefined && sinceNs > untilNs) {
      throw new VicError(
        "invalid",
        `\`since\` time (${c.req.query("since")}) cannot be after \`until\` time (${c.req.query("until")})`,
      );
    }
    return new Response(await eventStream(engine, query, c.req.raw.signal), {
      headers: { "Content-Type": "application/json" },
    });
  });
}

/** The registry of a login: a host, or the URL the CLI uses for Docker Hub. */
function loginDomain(address: string): string {
  const host = address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  if (host === "" || host === "index.docker.io" || host === "registry-1.docker.io") {
    return "docker.io";
  }
  return parseReference(`${host}/x`).domain;
}
