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
  readonly #child: Bun.Subprocess;

  private constructor(dir: string, child: Bun.Subprocess) {
    this.dir = dir;
    this.#child = child;
  }

  static async start(options: VicHostOptions): Promise<VicHost> {
    const dir = mkdtempSync(join(tmpdir(), "vic-conformance-"));
    const data = join(dir, "host");
    const log = openSync(join(dir, "vic-host.log"), "a");
    const binary = process.env["VIC_HOST"] ?? bin("vic-host");
    const listen = ["--listen", "127.0.0.1:0", "--loopback", options.loopback];
    const child = Bun.spawn({
      cmd: [binary, "serve", "--data", data, ...listen, ...(options.args ?? [])],
      env: { ...process.env, VIC_HOST_PASSWORD: "a password of a test" },
      stdin: "ignore",
      stdout: log,
      stderr: log,
    });
    closeSync(log);
    const host = new VicHost(dir, child);
    try {
      await until("vic-host to listen", startSeconds, () => {
        if (child.exitCode !== null) throw new Error(`vic-host ended:\n${host.log}`);
        return existsSync(join(data, "vic-host.json"));
      });
    } catch (error) {
      await host[Symbol.asyncDispose]();
      throw error;
    }
    return host;
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
    this.#child.kill("SIGTERM");
    await until("vic-host to end", endSeconds, () => this.#child.exitCode !== null);
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
