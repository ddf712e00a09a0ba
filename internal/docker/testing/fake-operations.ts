/** What the fake port layer does with processes and files of its containers. */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { respond, type FileRequest } from "../../guest/files/requests.ts";
import type { Env } from "../../http/connection.ts";
import type { Container, Event, UpdateContainer } from "../../portlayer/api/types.ts";
import type { Running } from "./fake-port-layer.ts";

/** How the routes reach the fake. */
interface Fake {
  find(ref: string): Running;
  running(ref: string): Running;
  emit(container: Container, action: Event["action"]): void;
}

/** Adds the routes. */
export function operationRoutes(app: Hono<Env>, fake: Fake): void {
  for (const verb of ["pause", "unpause"] as const) {
    app.post(`/containers/:id/${verb}`, (c) => {
      const { process, container } = fake.running(c.req.param("id"));
      process.kill(verb === "pause" ? "SIGSTOP" : "SIGCONT");
      container.isPaused = verb === "pause";
      fake.emit(container, verb);
      return c.body(null, 204);
    });
  }
  app.post("/containers/:id/files", async (c) => {
    const { files } = fake.find(c.req.param("id"));
    const request = JSON.parse(c.req.query("request")!) as FileRequest;
    const input = (c.req.raw.body ?? nothing()) as AsyncIterable<Uint8Array>;
    const parts = { root: files, upper: files, lowers: [] };
    const bytes = await Array.fromAsync(respond(parts, request, input));
    return request.kind === "write" ? c.body(null, 204) : c.body(Buffer.concat(bytes));
  });
  app.get("/containers/:id/health", (c) => {
    const { health } = fake.find(c.req.param("id")).container;
    if (health) return c.json(health);
    throw new VicError("not-found", "it has no health check");
  });
  app.get("/containers/:id/processes", (c) => {
    fake.running(c.req.param("id"));
    const args = c.req.queries("arg") ?? [];
    return c.json({ titles: ["PID", "ARGS"], processes: [["7", args.join("|")]] });
  });
}

/** What PATCH /containers/:id does. */
export function applyUpdate(container: Container, update: UpdateContainer): void {
  const { cpus, memoryMiB, pidsLimit: _, limits, ...record } = update;
  Object.assign(container.record, record);
  for (const [name, value] of Object.entries({ cpus, memoryMiB, limits }))
    if (value !== undefined) Object.assign(container, { [name]: value });
}

/** The answer of a wait: its body comes when the condition holds. */
export function waitResponse(
  running: Running,
  condition: string,
  isThere: (id: string) => boolean,
): Response {
  const { container, watchers } = running;
  const { id } = container.record;
  const isDone = () =>
    condition === "removed"
      ? !isThere(id)
      : container.status === "exited" ||
        (condition !== "next-exit" && container.status === "created");
  const finished = new Promise<void>((done) => {
    if (condition !== "next-exit" && isDone()) return done();
    const watcher = () => {
      if (!isDone()) return;
      watchers.delete(watcher);
      done();
    };
    watchers.add(watcher);
  });
  const body = new ReadableStream({
    async start(controller) {
      await finished;
      controller.enqueue(Buffer.from(JSON.stringify({ exitCode: container.exitCode, error: "" })));
      controller.close();
    },
  });
  return new Response(body);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
