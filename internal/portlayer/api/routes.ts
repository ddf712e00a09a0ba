/** The port layer's API as routes (see types.ts); they only translate between HTTP and {@link PortLayer}. */
import { Hono, type Context } from "hono";
import { VicError, type Code } from "../../errors/errors.ts";
import type { FileRequest } from "../../guest/files/requests.ts";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import { hijacked, type Env } from "../../http/connection.ts";
import type { Engine } from "../exec/engine.ts";
import type { EventRing } from "../events/ring.ts";
import type { LogReader } from "../logs/reader.ts";
import type { ImageStore } from "../storage/image-store.ts";
import { finish, pump } from "./pump.ts";
import { lateJson, streamResponse } from "./stream-response.ts";
import type { Attach, Info, LogQuery, Network, WaitCondition } from "./types.ts";

/** What the routes act on. */
export interface PortLayer {
  engine: Engine;
  images: ImageStore;
  events: EventRing;
  logs: LogReader;
  info(): Promise<Info>;
  networks(): Network[];
  /** Why vSphere cannot be followed at the moment. */
  trouble(): VicError | undefined;
}

type Ctx = Context<Env>;
type Status = 400 | 401 | 403 | 404 | 409 | 500 | 501 | 503 | 507;

/** The body says what is wrong; the status is for people with curl. */
const statuses: Record<Code, Status> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "not-modified": 409,
  concurrent: 409,
  exhausted: 507,
  unavailable: 503,
  unsupported: 501,
  cancelled: 500,
  damaged: 400,
  internal: 500,
};

/**
 * The routes. `portLayer` is asked anew for each request: until vSphere has been reached it throws, and everything
 * answers with that.
 */
export function routes(portLayer: () => PortLayer): Hono<Env> {
  const app = new Hono<Env>();
  app.onError((error, c) => {
    const vicError = VicError.from(error);
    if (vicError.code === "internal") console.error(error);
    return c.json(vicError.toJSON(), statuses[vicError.code]);
  });
  app.notFound((c) => c.json(new VicError("not-found", `no route ${c.req.path}`).toJSON(), 404));
  app.get("/_ping", (c) => {
    const trouble = portLayer().trouble();
    if (trouble) throw new VicError("unavailable", trouble.message, { cause: trouble });
    return c.text("OK");
  });
  app.get("/info", async (c) => c.json(await portLayer().info()));
  app.get("/networks", (c) => c.json(portLayer().networks()));
  app.get("/events", (c) => sendEvents(portLayer(), c));
  app.post("/events", async (c) => {
    portLayer().events.publish(await c.req.json());
    return c.body(null, 204);
  });
  containerRoutes(app, portLayer);
  execRoutes(app, portLayer);
  imageRoutes(app, portLayer);
  return app;
}

function containerRoutes(app: Hono<Env>, portLayer: () => PortLayer): void {
  const engine = () => portLayer().engine;
  app.get("/containers", (c) => c.json(engine().list()));
  app.post("/containers", async (c) => {
    const create = await c.req.json();
    // A client that goes away does not undo what it asked for: it may ask by name afterwards.
    return c.json(await engine().create(create), 201);
  });
  app.get("/containers/:ref", (c) => c.json(engine().get(c.req.param("ref"))));
  app.patch("/containers/:id", async (c) =>
    c.json(await engine().update(c.req.param("id"), await c.req.json())),
  );
  app.delete("/containers/:id", async (c) => {
    await engine().remove(c.req.param("id"), isSet(c, "force"));
    return c.body(null, 204);
  });
  app.post("/containers/:id/start", async (c) => {
    await engine().start(c.req.param("id"));
    return c.body(null, 204);
  });
  app.post("/containers/:id/stop", async (c) => {
    await engine().stop(c.req.param("id"), await c.req.json().catch(() => ({})));
    return c.body(null, 204);
  });
  app.post("/containers/:id/signal", async (c) => {
    const { signal } = await c.req.json<{ signal?: unknown }>();
    if (typeof signal !== "string") throw new VicError("invalid", "no signal");
    await engine().signal(c.req.param("id"), signal);
    return c.body(null, 204);
  });
  for (const verb of ["pause", "unpause"]) {
    app.post(`/containers/:id/${verb}`, async (c) => {
      await engine().pause(c.req.param("id"), verb === "pause");
      return c.body(null, 204);
    });
  }
  app.get("/containers/:id/processes", async (c) =>
    c.json(await engine().processes(c.req.param("id"), c.req.queries("arg") ?? [])),
  );
  app.get("/containers/:id/health", async (c) => c.json(await engine().health(c.req.param("id"))));
  app.get("/containers/:id/stats", async (c) => c.json(await engine().stats(c.req.param("id"))));
  app.post("/containers/:id/files", (c) => files(engine(), c, c.req.param("id")));
  app.post("/containers/:id/resize", async (c) => {
    const { rows, columns } = await c.req.json<{ rows: number; columns: number }>();
    await engine().resize(c.req.param("id"), rows, columns);
    return c.body(null, 204);
  });
  app.get("/containers/:id/wait", (c) => {
    const condition = c.req.query("condition") ?? "not-running";
    if (!["not-running", "next-exit", "removed"].includes(condition))
      throw new VicError("invalid", `invalid condition: "${condition}"`);
    const { signal } = c.req.raw;
    return lateJson(engine().wait(c.req.param("id"), condition as WaitCondition, signal));
  });
  app.post("/containers/:id/attach", (c) => attach(portLayer(), c, c.req.param("id")));
  app.get("/containers/:id/logs", (c) => {
    const { engine: containers, logs } = portLayer();
    const entry = containers.cache.find(c.req.param("id"));
    const query = logQuery(c);
    const gone = new AbortController();
    c.req.raw.signal.addEventListener("abort", () => gone.abort(), { once: true });
    return streamResponse((write) => {
      const sink = (bytes: Uint8Array) =>
        write(bytes).catch((error: unknown) => {
          gone.abort();
          throw error;
        });
      return logs.read(entry, query, sink, gone.signal);
    }, "application/octet-stream");
  });
  app.post("/containers/:id/execs", async (c) => {
    const entry = engine().cache.find(c.req.param("id"));
    return c.json({ id: engine().execs.create(entry, await c.req.json()) }, 201);
  });
}

function execRoutes(app: Hono<Env>, portLayer: () => PortLayer): void {
  const execs = () => portLayer().engine.execs;
  app.get("/execs/:id", async (c) => c.json(await execs().get(c.req.param("id"))));
  app.post("/execs/:id/start", (c) => startExec(portLayer(), c, c.req.param("id")));
  app.post("/execs/:id/resize", async (c) => {
    const { rows, columns } = await c.req.json<{ rows: number; columns: number }>();
    await execs().resize(c.req.param("id"), rows, columns);
    return c.body(null, 204);
  });
}

function imageRoutes(app: Hono<Env>, portLayer: () => PortLayer): void {
  const images = () => portLayer().images;
  app.get("/images", (c) => c.json(images().list()));
  app.get("/images/:id", (c) => c.json(images().get(c.req.param("id"))));
  // Before the next route, which would take it for an image.
  app.delete("/images/uploads", async (c) => {
    await images().abortAll();
    return c.body(null, 204);
  });
  app.delete("/images/:id", async (c) => {
    const { id } = images().get(c.req.param("id"));
    await images().remove(id, portLayer().engine.usersOf(id));
    return c.body(null, 204);
  });
  app.put("/images/:id/names", async (c) =>
    c.json(await images().setNames(c.req.param("id"), await c.req.json())),
  );
  app.post("/images", async (c) =>
    c.json(await images().begin(await c.req.json(), c.req.raw.signal), 201),
  );
  app.put("/images/uploads/:upload/layers/:n", async (c) => {
    const n = Number(c.req.param("n"));
    const body = c.req.raw.body as ReadableStream<Uint8Array> | null;
    if (!Number.isInteger(n) || n < 0) throw new VicError("invalid", "no such layer");
    if (!body) throw new VicError("invalid", "the layer has no body");
    return c.json(await images().putLayer(c.req.param("upload"), n, body));
  });
  app.post("/images/uploads/:upload/commit", async (c) =>
    c.json(await images().commit(c.req.param("upload"), await c.req.json())),
  );
  app.delete("/images/uploads/:upload", async (c) => {
    await images().abort(c.req.param("upload"));
    return c.body(null, 204);
  });
}

function sendEvents({ events }: PortLayer, c: Ctx): Promise<Response> {
  const range = { since: timeNs(c, "since"), until: timeNs(c, "until") };
  const gone = new AbortController();
  c.req.raw.signal.addEventListener("abort", () => gone.abort(), { once: true });
  const encoder = new TextEncoder();
  // Before the head goes out: whoever has it misses nothing from then on.
  const wanted = events.follow(range, gone.signal);
  return streamResponse(
    async (write) => {
      for await (const event of wanted)
        await write(encoder.encode(`${JSON.stringify(event)}\n`)).catch(() => gone.abort());
    },
    "application/x-ndjson",
    "not at all",
  );
}

function timeNs(c: Ctx, name: string): bigint | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  if (/^\d{1,20}$/.test(text)) return BigInt(text);
  throw new VicError("invalid", `${name} is a number of nanoseconds`);
}

/** A write is answered when it is done, so that its failure can still be told. */
async function files(engine: Engine, c: Ctx, ref: string): Promise<Response> {
  const request = fileRequest(c.req.query("request") ?? "");
  const { id } = engine.cache.find(ref);
  const input = (c.req.raw.body ?? nothing()) as AsyncIterable<Uint8Array>;
  const gone = new AbortController();
  c.req.raw.signal.addEventListener("abort", () => gone.abort(), { once: true });
  if (request.kind === "write") {
    await engine.files(id, request, { input, write: async () => {} }, gone.signal);
    return c.body(null, 204);
  }
  return streamResponse(
    async (write) => {
      const exchange = {
        input: nothing(),
        write: (bytes: Uint8Array) =>
          write(bytes).catch((error: unknown) => {
            gone.abort();
            throw error;
          }),
      };
      await engine.files(id, request, exchange, gone.signal);
    },
    "application/octet-stream",
    "for the first byte",
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function fileRequest(text: string): FileRequest {
  try {
    return JSON.parse(text) as FileRequest;
  } catch (cause) {
    throw new VicError("invalid", "the request for files is no JSON", { cause });
  }
}

/** The 101 goes out before the container runs: only after it a client starts the container. */
function attach({ engine }: PortLayer, c: Ctx, ref: string): Response {
  const entry = engine.cache.find(ref);
  const streams = attachQuery(c);
  if (c.env.protocol === "") throw new VicError("invalid", "attach needs an Upgrade");
  const gone = new AbortController();
  // Registered before the head is sent: a start that comes right behind it must know of the session.
  const joined = engine.attach(entry, streams, gone.signal);
  joined.catch(() => {});
  const socket = c.env.hijack({ contentType: "application/octet-stream" });
  socket.once("close", () => gone.abort());
  void (async () => {
    try {
      const { stream } = await joined;
      await pump(socket, stream, { takesInput: streams.stdin });
    } catch {
      // Whoever starts the container is told why it does not run.
    }
    finish(socket);
  })();
  return hijacked();
}

async function startExec({ engine }: PortLayer, c: Ctx, id: string): Promise<Response> {
  if (c.env.protocol === "") {
    await engine.execs.start(id, { stdin: false, stdout: false, stderr: false });
    return c.body(null, 204);
  }
  const streams = attachQuery(c);
  const { call, tty } = await engine.execs.start(id, streams);
  const socket = c.env.hijack({ contentType: "application/octet-stream" });
  void (async () => {
    await pump(socket, call.stream, { takesInput: streams.stdin, drains: true });
    finish(socket, await failureText(call.result, tty));
  })();
  return hijacked();
}

/** A command that cannot be started says so on its own streams, as with Docker. */
async function failureText(result: Promise<unknown>, tty: boolean) {
  try {
    await result;
    return undefined;
  } catch (error) {
    const { code, message } = VicError.from(error);
    if (code === "unavailable" || code === "cancelled") return undefined;
    const text = Buffer.from(`${message}\r\n`);
    return tty ? text : stdcopyFrame(2, text);
  }
}

function isSet(c: Ctx, name: string): boolean {
  const value = c.req.query(name);
  return value === "1" || value === "true";
}

function attachQuery(c: Ctx): Attach {
  return { stdin: isSet(c, "stdin"), stdout: isSet(c, "stdout"), stderr: isSet(c, "stderr") };
}

function logQuery(c: Ctx): LogQuery {
  const tail = Number(c.req.query("tail") ?? "-1");
  if (!Number.isSafeInteger(tail)) throw new VicError("invalid", "tail is a number of lines");
  const time = (name: "since" | "until") => {
    const value = c.req.query(name);
    if (value === undefined || value === "") return {};
    if (!/^\d{1,20}$/.test(value))
      throw new VicError("invalid", `${name} is a number of nanoseconds`);
    return { [name]: value };
  };
  return {
    follow: isSet(c, "follow"),
    stdout: isSet(c, "stdout"),
    stderr: isSet(c, "stderr"),
    tail,
    ...time("since"),
    ...time("until"),
  };
}
