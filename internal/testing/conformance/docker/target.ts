import { mkdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { run, type Finished } from "../../stand/stand.ts";
import { normalise } from "./compare.ts";
import { type DockerCase, isCall, type Outcome } from "./case.ts";

/** The version both engines speak; dockerd of Debian 12 knows no later one. */
const apiVersion = "1.41";
const callSeconds = 60;
/** Headers that are compared. */
const headersCompared = [
  "content-type",
  "cache-control",
  "upgrade",
  "x-docker-container-path-stat",
];

/** An engine under comparison. */
export class Target {
  readonly name: string;
  /** As DOCKER_HOST has it. */
  readonly #host: string;
  readonly #env: Record<string, string>;
  /** Working folder of the shell lines. */
  readonly #dir: string;
  /** Id in the last answer that had one. */
  #made = "";

  constructor(name: string, dir: string, host: string) {
    this.name = name;
    this.#host = host;
    this.#dir = join(dir, `cases-${name}`);
    mkdirSync(join(this.#dir, "work"), { recursive: true });
    this.#env = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.#dir,
      DOCKER_CONFIG: join(this.#dir, "config"),
      DOCKER_CLI_HINTS: "false",
      DOCKER_API_VERSION: apiVersion,
      LC_ALL: "C.UTF-8",
      TZ: "UTC",
      DOCKER_HOST: host,
    };
  }

  /** What stands for this engine in an output, and must not differ. */
  get places(): string[] {
    return [this.#host, this.#dir];
  }

  /** Runs a shell line in the working folder. */
  shell(line: string, stdin?: Uint8Array): Promise<Finished> {
    const command = ["env", "-i", ...Object.entries(this.#env).map(([k, v]) => `${k}=${v}`)];
    const options = { cwd: join(this.#dir, "work"), ...(stdin ? { stdin } : {}) };
    return run([...command, "bash", "-c", line], options);
  }

  /** Does a case. */
  async do(wanted: DockerCase): Promise<Outcome> {
    if (isCall(wanted.run)) return this.#call(wanted);
    const { code, stdout, stderr } = await this.shell(wanted.run);
    return { code, out: this.#read(stdout, wanted), beside: stderr };
  }

  /** JSON, or one JSON value a line, is parsed; everything else stays as it is. */
  #read(text: string, { as }: DockerCase): unknown {
    if (as === "ignored") return "";
    // Ids would change the order.
    if (as === "unordered") return normalise(text, this.places).split("\n").toSorted();
    if (as === "lines") return text;
    const value = readJson(text);
    return as === "keys" ? kindsOf(value) : value;
  }

  async #call(wanted: DockerCase): Promise<Outcome> {
    const [method, path] = wanted.run.split(/ (.*)/s) as [string, string];
    const named = path.replace("$ID", this.#made);
    const full = /^\/v[\dx]/.test(named) ? named : `/v${apiVersion}${named}`;
    const body = typeof wanted.body === "string" ? wanted.body : JSON.stringify(wanted.body);
    if (wanted.stream !== undefined) return this.#stream(wanted, `${method} ${full}`, body);
    const headers = { "Content-Type": "application/json", ...wanted.headers };
    const socket = this.#socket;
    const answer = await fetch(
      `${socket === undefined ? this.#host.replace("tcp:", "http:") : "http://docker"}${full}`,
      {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        redirect: "manual",
        signal: AbortSignal.timeout(callSeconds * 1000),
        ...(socket === undefined ? {} : { unix: socket }),
      },
    );
    const text = await answer.text();
    const beside = headersOf((name) => answer.headers.get(name) ?? undefined);
    const out = this.#read(text, wanted);
    this.#made = (out as { Id?: string } | undefined)?.Id ?? this.#made;
    return { code: answer.status, out, beside };
  }

  /** Path of its socket, where it has one. */
  get #socket(): string | undefined {
    return this.#host.startsWith("unix://") ? this.#host.slice("unix://".length) : undefined;
  }

  /** Writes the request by hand, then what is to be sent, and reads until the other side ends. */
  async #stream(wanted: DockerCase, line: string, body = ""): Promise<Outcome> {
    const fields = { Host: "docker", "Content-Type": "application/json", ...wanted.headers };
    const head = Object.entries({ ...fields, "Content-Length": String(Buffer.byteLength(body)) });
    const socket = this.#connect();
    socket.setTimeout(callSeconds * 1000, () => socket.destroy(new Error("no end of the stream")));
    const lines = [`${line} HTTP/1.1`, ...head.map(([name, value]) => `${name}: ${value}`)];
    socket.write(`${lines.join("\r\n")}\r\n\r\n${body}${wanted.stream}`);
    const parts: Buffer[] = [];
    for await (const part of socket as AsyncIterable<Buffer>) parts.push(part);
    const [answer = "", ...rest] = Buffer.concat(parts).toString("latin1").split("\r\n\r\n");
    const [status = "", ...given] = answer.split("\r\n");
    const map = new Map(given.map((g) => g.split(/: (.*)/s).slice(0, 2) as [string, string]));
    const lower = new Map([...map].map(([name, value]) => [name.toLowerCase(), value]));
    return {
      code: Number(status.split(" ")[1]),
      out: this.#read(rest.join("\r\n\r\n"), wanted),
      beside: headersOf((name) => lower.get(name)),
    };
  }

  #connect(): Socket {
    const socket = this.#socket;
    if (socket !== undefined) return connect(socket);
    const { hostname, port } = new URL(this.#host);
    return connect({ host: hostname, port: Number(port) });
  }
}

function headersOf(get: (name: string) => string | undefined): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of headersCompared) {
    const value = get(name);
    if (value === undefined) continue;
    const isStat = name.startsWith("x-docker");
    found[name] = isStat ? JSON.parse(Buffer.from(value, "base64").toString()) : value;
  }
  return found;
}

/** Only the keys and the kinds of the values. */
function kindsOf(value: unknown): unknown {
  if (Array.isArray(value) || value === null) return "list or nothing";
  if (typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, kindsOf(item)]));
}

function readJson(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return text;
  try {
    return JSON.parse(trimmed);
  } catch {
    const lines = trimmed.split("\n");
    if (!lines.every((line) => line.trim().startsWith("{"))) return text;
    return lines.map((line) => JSON.parse(line) as unknown);
  }
}
