/** A Docker endpoint over a fake port layer, and the stock docker CLI to drive it. */
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCa, issue } from "../../pki/pki.ts";
import { PortLayerClient } from "../../portlayer/api/client.ts";
import type { RunningServer } from "../../http/server.ts";
import { serveDocker } from "../serve.ts";
import { FakePortLayer } from "./fake-port-layer.ts";

/** What a finished command printed. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Everything a test of the Docker API needs. */
export class DockerStand implements AsyncDisposable {
  readonly directory: string;
  readonly fake: FakePortLayer;
  readonly server: RunningServer;

  constructor(directory: string, fake: FakePortLayer, server: RunningServer) {
    this.directory = directory;
    this.fake = fake;
    this.server = server;
  }

  /** Starts both on this machine, with client certificates required. */
  static async start(fake = new FakePortLayer()): Promise<DockerStand> {
    const directory = await mkdtemp(join(tmpdir(), "vic-docker-"));
    const socket = join(directory, "port-layer.sock");
    await fake.listen(socket);
    const ca = await generateCa({ organization: ["test"] });
    const sans = ["127.0.0.1", "localhost"];
    const server = await issue(ca, { organization: ["test"], sans, usage: "server" });
    const client = await issue(ca, { organization: ["test"], sans: [], usage: "client" });
    const certs = join(directory, "certs");
    await mkdir(certs);
    await writeFile(join(certs, "ca.pem"), ca.certPem);
    await writeFile(join(certs, "cert.pem"), client.certPem);
    await writeFile(join(certs, "key.pem"), client.keyPem);
    const running = await serveDocker({
      config: {
        docker: {
          port: 0,
          tls: "verify",
          serverCertPem: server.certPem,
          clientCaPem: ca.certPem,
        },
        registries: { insecure: [], allowed: [], caPem: [] },
        proxies: { http: "", https: "", no: "" },
        debug: 0,
      },
      serverKeyPem: server.keyPem,
      attachEndMs: 1_000,
      portLayer: new PortLayerClient(socket),
      hostname: "127.0.0.1",
      spoolDirectory: join(directory, "spool"),
    });
    return new DockerStand(directory, fake, running);
  }

  /** The environment that makes a docker CLI use this endpoint. */
  get env(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? "",
      HOME: this.directory,
      DOCKER_CONFIG: join(this.directory, "docker"),
      DOCKER_CERT_PATH: join(this.directory, "certs"),
      DOCKER_TLS_VERIFY: "1",
      DOCKER_HOST: `tcp://127.0.0.1:${this.server.port}`,
      DOCKER_CLI_HINTS: "false",
    };
  }

  /** Runs `docker …`. */
  async docker(args: string[], options: DockerRun = {}): Promise<Ran> {
    const env = { ...this.env, ...options.env };
    const stdin = options.stdin === undefined ? "ignore" : new Blob([options.stdin]);
    const child = Bun.spawn(["docker", ...args], { env, stdin, stdout: "pipe", stderr: "pipe" });
    const [stdout, stderr, code] = await Promise.all([
      child.stdout.text(),
      child.stderr.text(),
      child.exited,
    ]);
    return { code, stdout, stderr };
  }

  /** A raw call of the API's newest version. */
  async call(path: string, init: RequestInit = {}): Promise<Response> {
    const file = (name: string) => Bun.file(join(this.directory, "certs", name)).text();
    const [ca, cert, key] = await Promise.all(["ca.pem", "cert.pem", "key.pem"].map(file));
    const url = `https://127.0.0.1:${this.server.port}/v1.50${path}`;
    return fetch(url, { ...init, tls: { ca: ca!, cert: cert!, key: key! } });
  }

  /** Runs `docker …` in a terminal of this size and types `input` once `prompt` was printed. */
  async dockerTty(args: string[], options: TtyRun): Promise<{ code: number; output: string }> {
    let output = "";
    let isTyped = false;
    const decoder = new TextDecoder();
    let ended!: () => void;
    const end = new Promise<void>((done) => (ended = done));
    const child = Bun.spawn(["docker", ...args], {
      env: this.env,
      terminal: {
        rows: options.rows,
        cols: options.columns,
        data: (terminal, chunk) => {
          output += decoder.decode(chunk, { stream: true });
          if (isTyped || !output.includes(options.prompt)) return;
          isTyped = true;
          terminal.write(options.input);
        },
        exit: () => ended(),
      },
    });
    const code = await child.exited;
    await end;
    child.terminal?.close();
    return { code, output };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    await this.fake[Symbol.asyncDispose]();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Options of {@link DockerStand.docker}. */
export interface DockerRun {
  stdin?: string | Uint8Array<ArrayBuffer>;
  env?: Record<string, string>;
}

/** Options of {@link DockerStand.dockerTty}. */
export interface TtyRun {
  rows: number;
  columns: number;
  prompt: string;
  input: string;
}
