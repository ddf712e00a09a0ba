/**
 * A port layer for tests, behind the real client: the routes of internal/portlayer/api/types.ts over a unix socket,
 * state in memory, container processes as children of this machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import { encodeLogEntry } from "../../guest/log-frame.ts";
import { hijacked, type Env } from "../../http/connection.ts";
import { serve, type RunningServer } from "../../http/server.ts";
import type {
  Attach,
  Container,
  CreateContainer,
  CreateExec,
  Event,
  Exec,
  Info,
  StopContainer,
  UpdateContainer,
} from "../../portlayer/api/types.ts";
import { FakeImages } from "./fake-images.ts";
import { applyUpdate, operationRoutes, waitResponse } from "./fake-operations.ts";
import { FakeProcess } from "./fake-process.ts";

/** A container of the fake. */
export interface Running {
  container: Container;
  process: FakeProcess;
  execs: Map<string, { exec: Exec; process: FakeProcess }>;
  /** Folder that stands for its root. */
  files: string;
  /** Called at every change of status. */
  watchers: Set<() => void>;
}

const networkId = "b".repeat(64);

/** The fake. Tests look into it through its public fields. */
export class FakePortLayer implements AsyncDisposable {
  readonly containers = new Map<string, Running>();
  readonly images = new FakeImages();
  readonly events: Event[] = [];
  /** What POST /containers was given, newest last. */
  readonly created: CreateContainer[] = [];
  readonly #eventWatchers = new Set<(event: Event) => void>();
  #server: RunningServer | undefined;
  #time = 0;

  /** Serves on a unix socket. */
  async listen(path: string): Promise<void> {
    this.#server = await serve({ app: this.#routes(), upgrades: ["vic-stream"], listen: { path } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process, files } of this.containers.values()) {
      process.kill("SIGKILL");
      rmSync(files, { recursive: true, force: true });
    }
    await this.#server?.close();
  }

  #routes(): Hono<Env> {
    const app = new Hono<Env>();
    app.onError((error) => {
      const e = VicError.from(error);
      return Response.json(e.toJSON(), { status: e.code === "not-found" ? 404 : 409 });
    });
    app.get("/_ping", (c) => c.text("OK"));
    app.get("/info", (c) => c.json(this.#info()));
    app.get("/networks", (c) => c.json(this.#info().networks));
    app.get("/events", (c) => this.#eventResponse(c.req.query(), c.req.raw.signal));
    app.post("/events", async (c) => {
      this.#publish(await c.req.json());
      return c.body(null, 204);
    });
    this.#containerRoutes(app);
    this.#execRoutes(app);
    this.images.routes(app);
    return app;
  }

  #containerRoutes(app: Hono<Env>): void {
    app.get("/containers", (c) =>
      c.json([...this.containers.values()].map((r) => this.#show(r)).toReversed()),
    );
    app.post("/containers", async (c) => c.json(this.#create(await c.req.json()), 201));
    app.get("/containers/:ref", (c) => c.json(this.#show(this.#find(c.req.param("ref")))));
    app.patch("/containers/:id", async (c) => {
      const running = this.#find(c.req.param("id"));
      const update = await c.req.json<UpdateContainer>();
      if (update.name !== undefined) this.#claimName(update.name);
      applyUpdate(running.container, update);
      return c.json(this.#show(running));
    });
    app.delete("/containers/:id", async (c) => {
      const running = this.#find(c.req.param("id"));
      if (running.process.isRunning) {
        if (c.req.query("force") !== "1") throw new VicError("conflict", "it runs");
        running.process.kill("SIGKILL");
        await running.process.exited;
      }
      this.#remove(running);
      return c.body(null, 204);
    });
    app.post("/containers/:id/start", (c) => {
      this.#start(this.#find(c.req.param("id")));
      return c.body(null, 204);
    });
    app.post("/containers/:id/stop", async (c) => {
      const { process } = this.#running(c.req.param("id"), "not-modified");
      const stop = await c.req.json<StopContainer>();
      process.kill(stop.signal ?? "SIGTERM");
      const seconds = stop.timeoutSeconds ?? 10;
      const timer = setTimeout(() => process.kill("SIGKILL"), Math.max(seconds, 0) * 1000);
      await process.exited;
      clearTimeout(timer);
      return c.body(null, 204);
    });
    app.post("/containers/:id/signal", async (c) => {
      const { process } = this.#running(c.req.param("id"), "conflict");
      process.kill((await c.req.json<{ signal: string }>()).signal);
      return c.body(null, 204);
    });
    operationRoutes(app, {
      find: (ref) => this.#find(ref),
      running: (ref) => this.#running(ref, "conflict"),
      emit: (container, action) => this.#emit(container, action),
    });
    app.post("/containers/:id/resize", async (c) => {
      const { rows, columns } = await c.req.json<{ rows: number; columns: number }>();
      this.#running(c.req.param("id"), "conflict").process.resize(rows, columns);
      return c.body(null, 204);
    });
    app.get("/containers/:id/wait", (c) =>
      waitResponse(this.#find(c.req.param("id")), c.req.query("condition") ?? "", (id) =>
        this.containers.has(id),
      ),
    );
    app.post("/containers/:id/attach", (c) => {
      const { process, container } = this.#find(c.req.param("id"));
      this.#emit(container, "attach");
      process.attach(streamsOf(c.req.query()), c.env.hijack());
      return hijacked();
    });
    app.get("/containers/:id/logs", (c) =>
      this.#logs(this.#find(c.req.param("id")), c.req.query(), c.req.raw.signal),
    );
  }

  #execRoutes(app: Hono<Env>): void {
    app.post("/containers/:id/execs", async (c) => {
      const running = this.#running(c.req.param("id"), "conflict");
      const { process: spec } = await c.req.json<CreateExec>();
      const id = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
      const exec: Exec = {
        id,
        containerId: running.container.record.id,
        process: spec,
        isRunning: false,
        exitCode: null,
        pid: 0,
      };
      running.execs.set(id, { exec, process: new FakeProcess(spec) });
      return c.json({ id }, 201);
    });
    app.get("/execs/:id", (c) => {
      const { exec, process } = this.#exec(c.req.param("id"));
      const { isRunning, exitCode, pid } = process;
      return c.json({ ...exec, isRunning, exitCode, pid });
    });
    app.post("/execs/:id/start", (c) => {
      const { process } = this.#exec(c.req.param("id"));
      if (c.env.protocol === "") {
        process.start();
        return c.body(null, 204);
      }
      process.start();
      process.attach(streamsOf(c.req.query()), c.env.hijack());
      return hijacked();
    });
    app.post("/execs/:id/resize", async (c) => {
      const { rows, columns } = await c.req.json<{ rows: number; columns: number }>();
      this.#exec(c.req.param("id")).process.resize(rows, columns);
      return c.body(null, 204);
    });
  }

  #create(body: CreateContainer): Container {
    this.created.push(body);
    this.#claimName(body.record.name);
    const { record, ports, networks, ...rest } = body;
    const container: Container = {
      ...rest,
      record: {
        ...record,
        id: body.id,
        createdAt: this.#now(),
        isStoppedByUser: false,
        networks: networks.map((n) => ({
          network: n.name,
          networkId,
          endpointId: "e".repeat(64),
          mac: n.mac ?? "02:42:ac:10:00:02",
          address: n.address ?? "172.16.0.2",
          prefixBits: 16,
          gateway: "172.16.0.1",
          aliases: n.aliases,
        })),
      },
      status: "created",
      isPaused: false,
      isRestarting: false,
      limits: body.sandbox.limits ?? {},
      startedAt: "",
      finishedAt: "",
      exitCode: 0,
      oomKilled: false,
      error: "",
      restartCount: 0,
      vm: "vm-1",
      vmName: record.name,
      ports,
      execIds: [],
    };
    const process = new FakeProcess(body.process);
    const files = mkdtempSync(join(tmpdir(), "fake-container-"));
    const parts = { container, process, files, execs: new Map(), watchers: new Set<() => void>() };
    this.containers.set(body.id, parts);
    this.#emit(container, "create");
    return container;
  }

  #start(running: Running): void {
    const { container, process } = running;
    if (process.isRunning) throw new VicError("not-modified", "it runs already");
    try {
      process.start();
    } catch (error) {
      container.exitCode = 127;
      throw new VicError("invalid", `exec: ${(error as Error).message}`, { cause: error });
    }
    container.status = "running";
    container.startedAt = this.#now();
    this.#emit(container, "start");
    void process.exited.then((code) => {
      container.status = "exited";
      container.exitCode = code;
      container.finishedAt = this.#now();
      this.#emit(container, "die", { exitCode: String(code) });
      if (container.record.autoRemove) this.#remove(running);
      for (const watcher of running.watchers) watcher();
    });
  }

  #remove(running: Running): void {
    const { container, watchers } = running;
    this.containers.delete(container.record.id);
    running.process.close();
    rmSync(running.files, { recursive: true, force: true });
    this.#emit(container, "destroy");
    for (const watcher of watchers) watcher();
  }

  #logs(running: Running, query: Record<string, string>, signal: AbortSignal): Response {
    const { process } = running;
    const wanted = (stream: 1 | 2) => (stream === 1 ? query.stdout : query.stderr) === "1";
    const tail = Number(query.tail);
    let at = 0;
    if (tail >= 0) at = Math.max(process.log.length - tail, 0);
    const body = new ReadableStream({
      async pull(controller) {
        for (;;) {
          const entry = process.log[at];
          if (entry) {
            at++;
            if (query.since !== undefined && entry.timeNs < BigInt(query.since)) continue;
            if (query.until !== undefined && entry.timeNs > BigInt(query.until)) continue;
            if (wanted(entry.stream)) return controller.enqueue(encodeLogEntry(entry));
          } else if (query.follow === "1" && process.isRunning && !signal.aborted) {
            await process.changed();
          } else {
            return controller.close();
          }
        }
      },
    });
    return new Response(body);
  }

  #eventResponse({ since, until }: Record<string, string>, signal: AbortSignal): Response {
    const body = new ReadableStream({
      start: (controller) => {
        const send = (event: Event) =>
          controller.enqueue(Buffer.from(`${JSON.stringify(event)}\n`));
        if (since !== undefined) {
          for (const e of this.events) if (BigInt(e.timeNs) >= BigInt(since)) send(e);
        }
        const leftMs = until === undefined ? Infinity : Number(until) / 1e6 - Date.now();
        if (leftMs < 0) return controller.close();
        this.#eventWatchers.add(send);
        const end = () => {
          if (this.#eventWatchers.delete(send)) controller.close();
        };
        if (leftMs < Infinity) setTimeout(end, leftMs);
        signal.addEventListener("abort", end);
      },
    });
    return new Response(body);
  }

  #emit(container: Container, action: Event["action"], more: Record<string, string> = {}): void {
    const { record } = container;
    const attributes = { ...record.labels, name: record.name, image: record.imageName, ...more };
    this.#publish({ type: "container", action, id: record.id, attributes });
  }

  #publish(told: Omit<Event, "timeNs">): void {
    const event: Event = { timeNs: (BigInt(Date.now()) * 1_000_000n).toString(), ...told };
    this.events.push(event);
    for (const send of this.#eventWatchers) send(event);
  }

  #show({ container, execs }: Running): Container {
    return { ...container, execIds: [...execs.keys()] };
  }

  #find(ref: string): Running {
    const all = [...this.containers.values()];
    const exact = all.find(({ container: c }) => c.record.id === ref || c.record.name === ref);
    if (exact) return exact;
    const matches = all.filter((r) => r.container.record.id.startsWith(ref));
    if (matches.length > 1) throw new VicError("conflict", "ambiguous");
    if (!matches[0]) throw new VicError("not-found", `no container ${ref}`);
    return matches[0];
  }

  #running(ref: string, code: "conflict" | "not-modified"): Running {
    const running = this.#find(ref);
    if (!running.process.isRunning) throw new VicError(code, "it does not run");
    return running;
  }

  #exec(id: string) {
    for (const { execs } of this.containers.values()) {
      const found = execs.get(id);
      if (found) return found;
    }
    throw new VicError("not-found", `no exec ${id}`);
  }

  #claimName(name: string): void {
    const taken = [...this.containers.values()].some((r) => r.container.record.name === name);
    if (taken) throw new VicError("conflict", `name ${name} is taken`);
  }

  /** Later at every call, so that an order of creation exists. */
  #now(): string {
    this.#time = Math.max(Date.now(), this.#time + 1);
    return new Date(this.#time).toISOString().replace("Z", "000000Z");
  }

  #info(): Info {
    return {
      name: "fake",
      id: "fake-vch",
      build: "0",
      vsphere: { product: "Fake ESXi", version: "8", build: "1", apiType: "HostAgent", url: "" },
      cpuMhzLimit: -1,
      memoryMiBLimit: 4096,
      cpuMhzUsed: 100,
      memoryMiBUsed: 512,
      hostCpus: 2,
      hostMemoryMiB: 8192,
      imageStore: "[datastore1] fake",
      datastoreFreeBytes: 10e9,
      datastoreCapacityBytes: 20e9,
      networks: [
        {
          id: networkId,
          name: "bridge",
          driver: "bridge",
          subnet: "172.16.0.0/16",
          gateway: "172.16.0.1",
          isInternal: false,
        },
      ],
      nameservers: [],
      warnings: ["VMs are not real"],
    };
  }
}

function streamsOf(query: Record<string, string>): Attach {
  return { stdin: query.stdin === "1", stdout: query.stdout === "1", stderr: query.stderr === "1" };
}
