import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { faultOf, hasFault } from "../vim25/fault.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { invoke, invokeTask } from "../vim25/typed.ts";
import type { MoRef } from "../vim25/types.ts";
import { Finder } from "./finder.ts";

/** Largest file {@link Datastore.read} takes into memory. */
const readBytesMax = 64 * 1024 * 1024;
/** What is said about a failed transfer at most. */
const bodyCharsMax = 300;

/** A file or folder on a datastore. */
export interface DatastoreFile {
  /** Path on the datastore, without `[name]`. */
  path: string;
  sizeBytes: number;
  isFolder: boolean;
  /** ISO date, where the server tells it. */
  modified: string | undefined;
}

/** What can be uploaded; a stream needs `sizeBytes`, ESXi takes no upload of unknown length. */
export type UploadSource = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

/**
 * Splits `[datastore1] a/b.vmdk`.
 *
 * @example parseDatastorePath("[ds] a/b") // { datastore: "ds", path: "a/b" }
 */
export function parseDatastorePath(text: string): { datastore: string; path: string } {
  const match = /^\[([^\]]+)\]\s*(.*)$/.exec(text);
  if (!match) throw new VicError("invalid", `not a datastore path: ${text}`);
  return { datastore: match[1] ?? "", path: (match[2] ?? "").replace(/^\/+/, "") };
}

/** A datastore and the files on it. Paths are relative to its root; `a/b.vmdk` or `[name] a/b.vmdk`. */
export class Datastore {
  readonly client: Client;
  readonly ref: MoRef;
  readonly name: string;
  readonly datacenter: MoRef;
  readonly #datacenterPath: string;
  readonly #browser: MoRef;
  readonly #type: string;

  private constructor(
    client: Client,
    ref: MoRef,
    parts: { name: string; browser: MoRef; type: string; datacenter: { ref: MoRef; path: string } },
  ) {
    this.client = client;
    this.ref = ref;
    this.name = parts.name;
    this.datacenter = parts.datacenter.ref;
    this.#datacenterPath = parts.datacenter.path.slice(1);
    this.#browser = parts.browser;
    this.#type = parts.type;
  }

  /** Reads what is needed to work with the datastore. */
  static async open(client: Client, ref: MoRef, signal?: AbortSignal): Promise<Datastore> {
    const [props, datacenter] = await Promise.all([
      retrieveOne(client, ref, ["name", "browser", "summary.type"], signal),
      new Finder(client).datacenterOf(ref, signal),
    ]);
    return new Datastore(client, ref, {
      name: String(props["name"]),
      browser: props["browser"] as MoRef,
      type: String(props["summary.type"] ?? ""),
      datacenter,
    });
  }

  /** `[name] path`, the form specs and tasks take. */
  full(path: string): string {
    const relative = this.relative(path);
    return relative === "" ? `[${this.name}]` : `[${this.name}] ${relative}`;
  }

  /** A path on this datastore without `[name]` and without a leading slash; refuses `..` and other datastores. */
  relative(path: string): string {
    const parsed = path.startsWith("[") ? parseDatastorePath(path) : undefined;
    if (parsed && parsed.datastore !== this.name) {
      throw new VicError("invalid", `${path} is not on datastore ${this.name}`);
    }
    const relative = (parsed?.path ?? path).replace(/^\/+|\/+$/g, "");
    if (relative.split("/").includes("..")) {
      throw new VicError("invalid", `datastore path with "..": ${path}`);
    }
    return relative;
  }

  /** Path and query of the datastore's HTTP access for a file. */
  urlPath(path: string): string {
    const encoded = this.relative(path).split("/").map(encodeURIComponent).join("/");
    const query = new URLSearchParams({ dcPath: this.#datacenterPath, dsName: this.name });
    return `/folder/${encoded}?${query.toString()}`;
  }

  /** Free and total bytes as the server knows them now. */
  async space(signal?: AbortSignal): Promise<{ freeBytes: number; capacityBytes: number }> {
    const props = await retrieveOne(
      this.client,
      this.ref,
      ["summary.freeSpace", "summary.capacity"],
      signal,
    );
    return {
      freeBytes: Number(props["summary.freeSpace"] ?? 0),
      capacityBytes: Number(props["summary.capacity"] ?? 0),
    };
  }

  /**
   * Writes a file, replacing what is there; its folder must exist.
   *
   * @example await datastore.upload(Bun.file("appliance.iso"), "vch/appliance.iso", { signal });
   */
  async upload(
    source: UploadSource,
    path: string,
    options: {
      sizeBytes?: number;
      signal?: AbortSignal;
      onProgress?: (bytes: number) => void;
    } = {},
  ): Promise<void> {
    const isStream = source instanceof ReadableStream;
    const size = isStream ? options.sizeBytes : byteLength(source);
    if (size === undefined) throw new VicError("internal", "upload of a stream without sizeBytes");
    const broken: { cause?: unknown } = {};
    const isWatched = isStream || options.onProgress !== undefined;
    const request = {
      method: "PUT",
      body: isWatched ? watched(streamOf(source), broken, options.onProgress) : source,
      headers: { "content-length": String(size), "content-type": "application/octet-stream" },
      signal: options.signal,
    };
    const response = await this.client.fetch(this.urlPath(path), request).catch((error) => {
      if (broken.cause === undefined) throw error;
      throw new VicError(
        VicError.from(broken.cause).code,
        `upload of ${this.full(path)}: its source failed`,
        {
          cause: broken.cause,
        },
      );
    });
    await this.#expect(response, path, "upload");
    await response.body?.cancel();
  }

  /** Reads a file as a stream, all of it or from `start` to `end` (inclusive). */
  async download(
    path: string,
    options: { start?: number; end?: number; signal?: AbortSignal } = {},
  ): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number | undefined }> {
    const { start, end, signal } = options;
    const isPart = start !== undefined || end !== undefined;
    const range = `bytes=${start ?? 0}-${end ?? ""}`;
    const response = await this.client.fetch(this.urlPath(path), {
      headers: isPart ? { range } : {},
      signal,
    });
    await this.#expect(response, path, "download");
    if (isPart && response.status !== 206) {
      await response.body?.cancel();
      throw new VicError("unsupported", `the server sends no part of ${this.full(path)}`);
    }
    const length = response.headers.get("content-length");
    return {
      body: response.body ?? new Blob([]).stream(),
      sizeBytes: length === null ? undefined : Number(length),
    };
  }

  /** A small file, whole; `not-found` when it is not there. */
  async read(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    const { body } = await this.download(path, signal ? { signal } : {});
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > readBytesMax)
        throw new VicError("exhausted", `${path} is over ${readBytesMax} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** Size and date of a file; undefined: not there. */
  async stat(
    path: string,
    signal?: AbortSignal,
  ): Promise<{ sizeBytes: number; modified: string | undefined } | undefined> {
    const response = await this.client.fetch(this.urlPath(path), { method: "HEAD", signal });
    if (response.status === 404) return undefined;
    await this.#expect(response, path, "look at");
    const modified = response.headers.get("last-modified");
    return {
      sizeBytes: Number(response.headers.get("content-length") ?? 0),
      modified: modified === null ? undefined : new Date(modified).toISOString(),
    };
  }

  async #expect(response: Response, path: string, verb: string): Promise<void> {
    if (response.ok) return;
    const body = (await response.text().catch(() => "")).slice(0, bodyCharsMax).trim();
    const { status } = response;
    const code =
      status === 404
        ? "not-found"
        : status === 401
          ? "unauthenticated"
          : status === 403
            ? "forbidden"
            : status === 416
              ? "invalid"
              : status === 507
                ? "exhausted"
                : "unavailable";
    throw new VicError(code, `cannot ${verb} ${this.full(path)}: HTTP status ${status} ${body}`, {
      detail: { status },
    });
  }

  /** Files in a folder (`""`: the root), matching `pattern` (`*` and `?`); with `isDeep` in all below. */
  async list(
    folder: string,
    options: { pattern?: string; isDeep?: boolean; signal?: AbortSignal } = {},
  ): Promise<DatastoreFile[]> {
    const method = options.isDeep ? "SearchDatastoreSubFolders_Task" : "SearchDatastore_Task";
    const searchSpec = {
      details: { fileType: true, fileSize: true, modification: true, fileOwner: false },
      matchPattern: [options.pattern ?? "*"],
    };
    const params = { datastorePath: this.full(folder), searchSpec };
    const result = await invokeTask(this.client, this.#browser, method, params, options);
    const results = (Array.isArray(result) ? result : [result]) as SearchResult[];
    return results.flatMap((r) => {
      const at = parseDatastorePath(r.folderPath).path.replace(/\/+$/, "");
      return (r.file ?? []).map((file) => ({
        path: at === "" ? file.path : `${at}/${file.path}`,
        sizeBytes: file.fileSize ?? 0,
        isFolder: file._type === "FolderFileInfo",
        modified: file.modification,
      }));
    });
  }

  #files(): MoRef {
    const manager = this.client.content.fileManager;
    if (!manager) throw new VicError("unsupported", "this endpoint has no file manager");
    return manager;
  }

  /** Makes a folder and those above it; one that is there already is fine. */
  async mkdir(path: string, signal?: AbortSignal): Promise<void> {
    const relative = this.relative(path);
    if (relative === "") return;
    const [top = ""] = relative.split("/");
    // On vSAN a top folder is a namespace object of its own.
    if (this.#type === "vsan") await this.#makeNamespace(top, signal);
    if (this.#type === "vsan" && top === relative) return;
    try {
      await invoke(
        this.client,
        this.#files(),
        "MakeDirectory",
        { name: this.full(relative), datacenter: this.datacenter, createParentDirectories: true },
        { signal },
      );
    } catch (error) {
      if (faultOf(error) !== "FileAlreadyExists") throw error;
    }
  }

  async #makeNamespace(displayName: string, signal?: AbortSignal): Promise<void> {
    const manager = this.client.content.datastoreNamespaceManager;
    if (!manager) throw new VicError("unsupported", "this endpoint has no namespace manager");
    try {
      await invoke(
        this.client,
        manager,
        "CreateDirectory",
        { datastore: this.ref, displayName },
        { signal },
      );
    } catch (error) {
      if (faultOf(error) !== "FileAlreadyExists") throw error;
    }
  }

  /** Moves a file or folder; with `isForced` what is in the way goes. */
  async move(
    from: string,
    to: string,
    options: { isForced?: boolean; signal?: AbortSignal } = {},
  ): Promise<void> {
    const params = {
      sourceName: this.full(from),
      sourceDatacenter: this.datacenter,
      destinationName: this.full(to),
      destinationDatacenter: this.datacenter,
      force: options.isForced ?? false,
    };
    await invokeTask(this.client, this.#files(), "MoveDatastoreFile_Task", params, options);
  }

  /** Removes a file, or a folder with all in it; one that is not there is fine. */
  async remove(path: string, signal?: AbortSignal): Promise<void> {
    if (this.relative(path) === "")
      throw new VicError("internal", "refusing to remove a datastore");
    const params = { name: this.full(path), datacenter: this.datacenter };
    try {
      await invokeTask(this.client, this.#files(), "DeleteDatastoreFile_Task", params, { signal });
    } catch (error) {
      if (!hasFault(error, "FileNotFound")) throw error;
    }
  }
}

interface SearchResult {
  folderPath: string;
  file?: { _type?: string; path: string; fileSize?: number; modification?: string }[];
}

function byteLength(source: string | Uint8Array | Blob): number {
  if (typeof source === "string") return Buffer.byteLength(source);
  return source instanceof Blob ? source.size : source.byteLength;
}

function streamOf(source: UploadSource): ReadableStream<Uint8Array> {
  return source instanceof ReadableStream ? source : new Blob([source]).stream();
}

/** The stream itself, with what it yields counted and its failure kept: fetch tells of neither. */
function watched(
  stream: ReadableStream<Uint8Array>,
  broken: { cause?: unknown },
  onProgress?: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        bytes += value.byteLength;
        onProgress?.(bytes);
        controller.enqueue(value);
      } catch (error) {
        broken.cause = error;
        throw error;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
