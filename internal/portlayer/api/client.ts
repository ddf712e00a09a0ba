/**
 * The port layer's API as a typed client, one method per route of `types.ts`. Every method rejects with the
 * VicError the port layer answered, or with `unavailable` when it cannot be reached. Long because there are many routes.
 *
 * @example
 * const portLayer = new PortLayerClient(appliancePaths.portLayerSocket);
 * const container = await portLayer.container("web");
 */
import type { Duplex } from "node:stream";
import { VicError } from "../../errors/errors.ts";
import { LogEntryParser, type LogEntry } from "../../guest/log-frame.ts";
import { upgrade } from "../../http/upgrade.ts";
import type {
  Attach,
  BeginImage,
  Change,
  Container,
  CreateContainer,
  CreateExec,
  Event,
  Exec,
  FileRequest,
  GuestStats,
  Health,
  Image,
  ImageNames,
  ImageUpload,
  Info,
  LogQuery,
  Network,
  PathStat,
  ProcessTable,
  StopContainer,
  UpdateContainer,
  WaitCondition,
  WaitResult,
} from "./types.ts";

/** The `Upgrade` token of attach and exec start. */
export const upgradeToken = "vic-stream";
/** A longer line of the event stream is a protocol error. */
const eventLineMaxBytes = 1024 * 1024;

/** Parts of a request beside method and path. */
interface Parts {
  json?: unknown;
  body?: ReadableStream<Uint8Array> | Uint8Array;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** A wait that the port layer has registered: `result` comes when the condition holds. */
export interface PendingWait {
  result: Promise<WaitResult>;
}

/** Talks to the port layer over its unix socket. Holds no connection open between calls that it must close. */
export class PortLayerClient {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** Resolves when the port layer answers and vSphere can be reached. */
  async ping(signal?: AbortSignal): Promise<void> {
    await (await this.#call("GET", "/_ping", { signal })).text();
  }

  async info(signal?: AbortSignal): Promise<Info> {
    return this.#json("GET", "/info", { signal });
  }

  /** The networks containers can be on; vSphere is not asked. */
  async networks(): Promise<Network[]> {
    return this.#json("GET", "/networks", {});
  }

  /**
   * Events from `since` on, or all that come after this has resolved; until `until` is over or the iteration ends. Times
   * are nanoseconds since the epoch.
   */
  async events(
    range: { since?: bigint | undefined; until?: bigint | undefined },
    signal?: AbortSignal,
  ): Promise<AsyncGenerator<Event>> {
    const query = new URLSearchParams();
    for (const [name, time] of Object.entries(range))
      if (time !== undefined) query.set(name, time.toString());
    return eventsOf(await this.#call("GET", `/events?${query.toString()}`, { signal }));
  }

  /** Records an event that only the caller knows of. */
  async publishEvent(event: Omit<Event, "timeNs">): Promise<void> {
    await this.#call("POST", "/events", { json: event });
  }

  /** All containers, newest first. */
  async containers(signal?: AbortSignal): Promise<Container[]> {
    return this.#json("GET", "/containers", { signal });
  }

  async createContainer(create: CreateContainer, signal?: AbortSignal): Promise<Container> {
    return this.#json("POST", "/containers", { json: create, signal });
  }

  /** `ref`: id, unique prefix of it, or name. */
  async container(ref: string, signal?: AbortSignal): Promise<Container> {
    return this.#json("GET", `/containers/${encodeURIComponent(ref)}`, { signal });
  }

  async updateContainer(id: string, update: UpdateContainer): Promise<Container> {
    return this.#json("PATCH", container(id), { json: update });
  }

  /** `force` kills it first when it runs; `volumes` removes its anonymous volumes. */
  async removeContainer(id: string, options: { force?: boolean; volumes?: boolean } = {}) {
    const query = flags({ force: options.force ?? false, volumes: options.volumes ?? false });
    await this.#call("DELETE", `${container(id)}?${query}`);
  }

  /** Resolves when its process runs; rejects `not-modified` when it runs already. */
  async startContainer(id: string, signal?: AbortSignal): Promise<void> {
    await this.#call("POST", `${container(id)}/start`, { signal });
  }

  /** Resolves when it has ended; rejects `not-modified` when it does not run. */
  async stopContainer(id: string, stop: StopContainer = {}, signal?: AbortSignal): Promise<void> {
    await this.#call("POST", `${container(id)}/stop`, { json: stop, signal });
  }

  /** Signal by name (SIGTERM) or number; SIGKILL resolves when the container has ended. */
  async signalContainer(id: string, signalName: string): Promise<void> {
    await this.#call("POST", `${container(id)}/signal`, { json: { signal: signalName } });
  }

  /** Resolves when all processes are held, or go on; rejects `conflict` when it is so already. */
  async pauseContainer(id: string, isPaused: boolean): Promise<void> {
    await this.#call("POST", `${container(id)}/${isPaused ? "pause" : "unpause"}`);
  }

  /** What `ps` with these arguments prints of the container's processes. */
  async processes(id: string, args: string[], signal?: AbortSignal): Promise<ProcessTable> {
    const query = new URLSearchParams(args.map((arg): [string, string] => ["arg", arg]));
    return this.#json("GET", `${container(id)}/processes?${query.toString()}`, { signal });
  }

  /** The newest results of a container's health check; `not-found` without one. */
  async health(id: string, signal?: AbortSignal): Promise<Health> {
    return this.#json("GET", `${container(id)}/health`, { signal });
  }

  /** What a running container uses now. */
  async stats(id: string, signal?: AbortSignal): Promise<GuestStats> {
    return this.#json("GET", `${container(id)}/stats`, { signal });
  }

  /** What is at a path of a container. */
  async statPath(id: string, path: string, signal?: AbortSignal): Promise<PathStat> {
    return (await this.#files(id, { kind: "stat", path }, { signal })).json() as Promise<PathStat>;
  }

  /** A tar stream of what `request` names. Resolves with the first bytes. */
  async readFiles(
    id: string,
    request: FileRequest & { kind: "read" | "export" | "layer" },
    signal?: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    return body(await this.#files(id, request, { signal }));
  }

  /** Unpacks a tar stream into a directory of the container; resolves when that is done. */
  async writeFiles(
    id: string,
    request: FileRequest & { kind: "write" },
    archive: ReadableStream<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#files(id, request, { body: archive, signal });
  }

  /** What a container changed in the files of its image. */
  async changes(id: string, signal?: AbortSignal): Promise<Change[]> {
    const text = await (await this.#files(id, { kind: "changes" }, { signal })).text();
    const lines = text.split("\n").filter((line) => line !== "");
    return lines.flatMap((line) => JSON.parse(line) as Change[]);
  }

  /** Bytes of what a container changed. */
  async usedBytes(id: string, signal?: AbortSignal): Promise<number> {
    return (await this.#files(id, { kind: "usage" }, { signal })).json() as Promise<number>;
  }

  #files(id: string, request: FileRequest, parts: Parts): Promise<Response> {
    const query = new URLSearchParams({ request: JSON.stringify(request) }).toString();
    return this.#call("POST", `${container(id)}/files?${query}`, parts);
  }

  async resizeContainer(id: string, rows: number, columns: number): Promise<void> {
    await this.#call("POST", `${container(id)}/resize`, { json: { rows, columns } });
  }

  /** Resolves once the port layer watches for the condition, so that nothing that follows is missed. */
  async wait(id: string, condition: WaitCondition, signal?: AbortSignal): Promise<PendingWait> {
    const response = await this.#call("GET", `${container(id)}/wait?condition=${condition}`, {
      signal,
    });
    const result = response.text().then((text) => {
      const value: unknown = text === "" ? undefined : JSON.parse(text);
      if (value === undefined) throw new VicError("unavailable", "the port layer went away");
      if (typeof value === "object" && value !== null && "code" in value) {
        throw VicError.parse(value);
      }
      return value as WaitResult;
    });
    // The caller may look at it much later, or never.
    result.catch(() => {});
    return { result };
  }

  /**
   * Joins the streams of the container's process. On a container that does not run it waits for the next start and
   * sees everything from the first byte. Ending the writable side closes the process' stdin.
   */
  async attach(id: string, streams: Attach, signal?: AbortSignal): Promise<Duplex> {
    return this.#upgrade(`${container(id)}/attach?${flags({ ...streams })}`, signal);
  }

  /** Log entries, oldest first; with `follow` until the container ends. Resolves once the log can be read. */
  async logs(
    id: string,
    query: LogQuery,
    signal?: AbortSignal,
  ): Promise<AsyncGenerator<LogEntry, void>> {
    const { follow, stdout, stderr, tail, since, until } = query;
    const times = { ...(since ? { since } : {}), ...(until ? { until } : {}) };
    const search = flags({ follow, stdout, stderr }, { tail: String(tail), ...times });
    const response = await this.#call("GET", `${container(id)}/logs?${search}`, { signal });
    return logEntries(body(response));
  }

  /** Makes an exec instance and gives its id. */
  async createExec(id: string, exec: CreateExec): Promise<string> {
    const { id: execId } = await this.#json<{ id: string }>("POST", `${container(id)}/execs`, {
      json: exec,
    });
    return execId;
  }

  async exec(execId: string, signal?: AbortSignal): Promise<Exec> {
    return this.#json("GET", `/execs/${encodeURIComponent(execId)}`, { signal });
  }

  /** Starts it attached; the stream ends with the process, then {@link exec} has its exit code. */
  async startExec(execId: string, streams: Attach, signal?: AbortSignal): Promise<Duplex> {
    const query = flags({ ...streams });
    return this.#upgrade(`/execs/${encodeURIComponent(execId)}/start?${query}`, signal);
  }

  /** Starts it and lets it run. */
  async startExecDetached(execId: string): Promise<void> {
    await this.#call("POST", `/execs/${encodeURIComponent(execId)}/start`);
  }

  async resizeExec(execId: string, rows: number, columns: number): Promise<void> {
    const path = `/execs/${encodeURIComponent(execId)}/resize`;
    await this.#call("POST", path, { json: { rows, columns } });
  }

  async images(signal?: AbortSignal): Promise<Image[]> {
    return this.#json("GET", "/images", { signal });
  }

  /** By id, with or without `sha256:`. */
  async image(id: string, signal?: AbortSignal): Promise<Image> {
    return this.#json("GET", image(id), { signal });
  }

  async removeImage(id: string): Promise<void> {
    await this.#call("DELETE", image(id));
  }

  /** Replaces the image's names; they leave the images that had them. */
  async setImageNames(id: string, names: ImageNames): Promise<Image> {
    return this.#json("PUT", `${image(id)}/names`, { json: names });
  }

  async beginImage(begin: BeginImage, signal?: AbortSignal): Promise<ImageUpload> {
    return this.#json("POST", "/images", { json: begin, signal });
  }

  /** Sends layer `index` (as in {@link BeginImage}) as the registry gave it. Layers may be sent at the same time. */
  async putLayer(
    upload: string,
    index: number,
    blob: ReadableStream<Uint8Array> | Uint8Array,
    mediaType: string,
    signal?: AbortSignal,
  ): Promise<{ diffId: string }> {
    const path = `/images/uploads/${encodeURIComponent(upload)}/layers/${index}`;
    return this.#json("PUT", path, { body: blob, headers: { "Content-Type": mediaType }, signal });
  }

  async commitImage(upload: string, names: ImageNames): Promise<Image> {
    const path = `/images/uploads/${encodeURIComponent(upload)}/commit`;
    return this.#json("POST", path, { json: names });
  }

  async abortImage(upload: string): Promise<void> {
    await this.#call("DELETE", `/images/uploads/${encodeURIComponent(upload)}`);
  }

  /** Drops every upload: for a client that has just started, and knows of none. */
  async abortImages(): Promise<void> {
    await this.#call("DELETE", "/images/uploads");
  }

  async #json<T>(method: string, path: string, parts: Parts = {}): Promise<T> {
    return (await this.#call(method, path, parts)).json() as Promise<T>;
  }

  async #call(method: string, path: string, parts: Parts = {}): Promise<Response> {
    const headers = { ...parts.headers };
    if (parts.json !== undefined) headers["Content-Type"] = "application/json";
    const content = parts.json === undefined ? parts.body : JSON.stringify(parts.json);
    let response: Response;
    try {
      response = await fetch(`http://localhost${path}`, {
        method,
        headers,
        unix: this.#socketPath,
        // A wait or an event stream is silent for days.
        timeout: false,
        ...(content === undefined ? {} : { body: content }),
        ...(parts.signal ? { signal: parts.signal } : {}),
      } as RequestInit);
    } catch (error) {
      if (parts.signal?.aborted) throw new VicError("cancelled", "cancelled", { cause: error });
      throw new VicError("unavailable", "the port layer does not answer", { cause: error });
    }
    if (response.ok) return response;
    throw refused(await response.text().catch(() => ""));
  }

  async #upgrade(url: string, signal?: AbortSignal): Promise<Duplex> {
    const answer = await upgrade({
      target: { path: this.#socketPath },
      method: "POST",
      url,
      protocol: upgradeToken,
      ...(signal ? { signal } : {}),
    });
    if ("status" in answer) throw refused(answer.body);
    return answer;
  }
}

function refused(text: string): VicError {
  try {
    return VicError.parse(JSON.parse(text));
  } catch {
    return new VicError(
      "unavailable",
      `unexpected answer of the port layer: ${text.slice(0, 200)}`,
    );
  }
}

function container(id: string): string {
  return `/containers/${encodeURIComponent(id)}`;
}

function image(id: string): string {
  return `/images/${encodeURIComponent(id)}`;
}

function flags(values: Record<string, boolean>, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(more);
  for (const [name, value] of Object.entries(values)) query.set(name, value ? "1" : "0");
  return query.toString();
}

function body(response: Response): ReadableStream<Uint8Array> {
  if (!response.body) throw new VicError("internal", "the port layer sent no body");
  return response.body;
}

async function* logEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogEntry, void> {
  const parser = new LogEntryParser();
  for await (const chunk of chunks) yield* parser.push(chunk);
}

async function* eventsOf(response: Response): AsyncGenerator<Event> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body(response)) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    if (text.length > eventLineMaxBytes) throw new VicError("internal", "event line too long");
    for (const line of lines) if (line !== "") yield JSON.parse(line) as Event;
  }
}
