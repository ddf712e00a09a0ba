/** A vic-host of its own, the compiled one, that is killed and started again. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { processesOf } from "../../../host/qemu/process.ts";
import { Client } from "../../../vim25/client.ts";
import { bin } from "../../stand/stand.ts";

const readyMsMax = 60_000;
const pollMs = 10;
const password = "a password of the test";

/** What `vic-host.json` says. */
interface Info {
  pid: number;
  url: string;
  thumbprint: string;
}

/** Starts and kills one vic-host; its data stays. */
export class Program {
  readonly dataDir: string;
  readonly tmpDir: string;
  readonly #log: string;
  #child: Bun.Subprocess | undefined;

  constructor(dir: string) {
    this.dataDir = join(dir, "data");
    this.tmpDir = join(dir, "tmp");
    this.#log = join(dir, "vic-host.log");
    mkdirSync(this.tmpDir);
  }

  /** Starts it; {@link ready} waits until it listens. */
  spawn(): void {
    rmSync(this.#info, { force: true });
    const log = Bun.file(this.#log);
    const options = [
      "--data",
      this.dataDir,
      "--listen",
      "127.0.0.1:0",
      "--loopback",
      "127.0.92.0/24",
    ];
    this.#child = Bun.spawn([process.env["VIC_HOST"] ?? bin("vic-host"), "serve", ...options], {
      env: { ...process.env, VIC_HOST_PASSWORD: password, TMPDIR: this.tmpDir },
      stdin: "ignore",
      stdout: log,
      stderr: log,
    });
  }

  async ready(): Promise<void> {
    const deadline = performance.now() + readyMsMax;
    while (!existsSync(this.#info)) {
      if (this.#child?.exitCode !== null || performance.now() > deadline) {
        throw new Error(`vic-host does not start:\n${readFileSync(this.#log, "utf8")}`);
      }
      await Bun.sleep(pollMs);
    }
  }

  async kill(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    this.#child?.kill(signal);
    await this.#child?.exited;
    this.#child = undefined;
  }

  /** Ends vic-host and all its machines, whatever state they are in. */
  async end(): Promise<void> {
    await this.kill();
    const folder = join(this.dataDir, "machines", "run");
    for (const { pid } of await processesOf(folder)) process.kill(pid, "SIGKILL");
    while ((await processesOf(folder)).length > 0) await Bun.sleep(pollMs);
  }

  connect(): Promise<Client> {
    const { url, thumbprint } = JSON.parse(readFileSync(this.#info, "utf8")) as Info;
    return Client.connect({ url, username: "root", password, thumbprint });
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get #info(): string {
    return join(this.dataDir, "vic-host.json");
  }
}
