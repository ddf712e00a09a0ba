/** A vic-host process of its own for a suite: the real binary, with its data in a temporary folder. */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bin, until } from "../stand/stand.ts";
import { Client } from "../../vim25/client.ts";

const startSeconds = 60;
const endSeconds = 30;

/** How to start a {@link VicHost}. */
export interface VicHostOptions {
  /** More of the command line of `vic-host serve`. */
  args?: string[];
  /** A /24 of 127.0.0.0/8 that no other suite uses. */
  loopback: string;
}

/** A running vic-host. */
export class VicHost implements AsyncDisposable {
  readonly dir: string;
  readonly password = "a password of a test";
  readonly #options: VicHostOptions;
  #child: Bun.Subprocess;

  private constructor(dir: string, options: VicHostOptions) {
    this.dir = dir;
    this.#options = options;
    this.#child = this.#spawn();
  }

  static async start(options: VicHostOptions): Promise<VicHost> {
    const dir = mkdtempSync(join(tmpdir(), "vic-conformance-"));
    const host = new VicHost(dir, options);
    try {
      await host.#listen();
    } catch (error) {
      await host[Symbol.asyncDispose]();
      throw error;
    }
    return host;
  }

  /** Ends the process and starts another one with the same data; running VMs go on. */
  async restart(): Promise<void> {
    await this.#end();
    this.#child = this.#spawn();
    await this.#listen();
  }

  #spawn(): Bun.Subprocess {
    const log = openSync(join(this.dir, "vic-host.log"), "a");
    const binary = process.env["VIC_HOST"] ?? bin("vic-host");
    const listen = ["--listen", "127.0.0.1:0", "--loopback", this.#options.loopback];
    const data = ["--data", join(this.dir, "host")];
    const child = Bun.spawn({
      cmd: [binary, "serve", ...data, ...listen, ...(this.#options.args ?? [])],
      env: { ...process.env, VIC_HOST_PASSWORD: this.password },
      stdin: "ignore",
      stdout: log,
      stderr: log,
    });
    closeSync(log);
    return child;
  }

  async #listen(): Promise<void> {
    await until("vic-host to listen", startSeconds, () => {
      if (this.#child.exitCode !== null) throw new Error(`vic-host ended:\n${this.log}`);
      return existsSync(join(this.dir, "host/vic-host.json"));
    });
  }

  async #end(): Promise<void> {
    this.#child.kill("SIGTERM");
    await until("vic-host to end", endSeconds, () => this.#child.exitCode !== null);
  }

  get pid(): number {
    return this.#child.pid;
  }
  /** Undefined while it runs. */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }
  get log(): string {
    return readFileSync(join(this.dir, "vic-host.log"), "utf8");
  }
  /** Folder of the datastore. */
  get datastore(): string {
    return join(this.dir, "host/datastore1");
  }
  get info(): { url: string; thumbprint: string } {
    return JSON.parse(readFileSync(join(this.dir, "host/vic-host.json"), "utf8")) as {
      url: string;
      thumbprint: string;
    };
  }
  /** Resident memory, bytes. */
  get residentBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  connect(): Promise<Client> {
    const { url, thumbprint } = this.info;
    return Client.connect({ url, username: "root", password: this.password, thumbprint });
  }

  /** Ends it, the VMs it left running, and its data. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
    for (const pid of this.#machines()) process.kill(pid, "SIGKILL");
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** QEMU processes whose command line names this vic-host's folder. */
  #machines(): number[] {
    return readdirSync("/proc")
      .filter((pid) => /^\d+$/.test(pid))
      .flatMap((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
          return command.includes("qemu") && command.includes(this.dir) ? [Number(pid)] : [];
        } catch {
          return [];
        }
      });
  }
}
