/**
 * A whole installation on this machine, made with the real binaries only: vic-host with its data below one folder,
 * and a VCH made in it by vic-machine. `make run` leaves one behind for people; the end-to-end tests and the benchmark
 * make their own.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Root of the repository. */
export const root = join(import.meta.dir, "../../..");
/** Path of a built binary or ISO. */
export const bin = (name: string): string => join(root, "bin", name);

/** Where a stand lives and which loopback addresses it may use. */
export interface StandOptions {
  /** Folder for everything the stand writes. */
  dir: string;
  /** CIDR of 127.0.0.0/8; guest 10.0.2.N is reached at its Nth address. */
  loopback: string;
  /** Datastore quota, bytes. */
  capacityBytes?: number;
  /** What vic-host looks like; an ESXi host when it is left out. */
  mode?: "esx" | "vcenter";
  name?: string;
  /** Called with each line of progress. */
  say?: (line: string) => void;
}

/** What a finished command printed. */
export interface Finished {
  stdout: string;
  stderr: string;
  code: number;
}

interface HostInfo {
  pid: number;
  url: string;
  thumbprint: string;
}

const startSeconds = 60;

/** Runs a command to its end with stdin as given. */
export async function run(
  command: string[],
  options: {
    env?: Record<string, string>;
    cwd?: string;
    stdin?: Uint8Array | string;
    onLine?: (line: string) => void;
  } = {},
): Promise<Finished> {
  const child = Bun.spawn(command, {
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: options.stdin === undefined ? "ignore" : Buffer.from(options.stdin),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([
    collect(child.stdout, options.onLine),
    collect(child.stderr, options.onLine),
  ]);
  return { stdout, stderr, code: await child.exited };
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  onLine?: (line: string) => void,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let told = 0;
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf("\n", told); end >= 0; end = text.indexOf("\n", told)) {
      onLine?.(text.slice(told, end));
      told = end + 1;
    }
  }
  return text;
}

/** One vic-host and at most one VCH in it. */
export class Stand {
  readonly options: StandOptions;
  readonly name: string;

  constructor(options: StandOptions) {
    this.options = options;
    this.name = options.name ?? "vch";
  }

  get hostDir(): string {
    return join(this.options.dir, "host");
  }
  get certDir(): string {
    return join(this.options.dir, this.name);
  }
  /** Address of the VCH: it is the first VM on the NAT network, which leases 10.0.2.15 first. */
  get address(): string {
    return this.options.loopback.replace(/\.\d+\/\d+$/, ".15");
  }
  get host(): HostInfo {
    return JSON.parse(readFileSync(join(this.hostDir, "vic-host.json"), "utf8")) as HostInfo;
  }
  get password(): string {
    return readFileSync(join(this.hostDir, "password"), "utf8").trim();
  }
  /** Environment for the docker CLI. */
  get dockerEnv(): Record<string, string> {
    return {
      DOCKER_HOST: `tcp://${this.address}:2376`,
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: this.certDir,
    };
  }
  /** Environment for vic-machine. */
  get machineEnv(): Record<string, string> {
    return {
      VIC_MACHINE_TARGET: this.host.url,
      VIC_MACHINE_USER: "root",
      VIC_MACHINE_PASSWORD: this.password,
      VIC_MACHINE_THUMBPRINT: this.host.thumbprint,
    };
  }

  /** Whether the vic-host named in vic-host.json is alive. */
  get isHostAlive(): boolean {
    return !isGone(this.host.pid);
  }

  /** Starts vic-host in the background and waits until it listens. */
  async startHost(): Promise<void> {
    mkdirSync(this.hostDir, { recursive: true });
    if (existsSync(join(this.hostDir, "vic-host.json")) && this.isHostAlive) return;
    const before = existsSync(join(this.hostDir, "vic-host.json")) ? this.host.pid : 0;
    const { capacityBytes, loopback, mode = "esx" } = this.options;
    const log = openSync(join(this.options.dir, "vic-host.log"), "a");
    const command = [bin("vic-host"), "serve", "--data", this.hostDir, "--user", "root"];
    command.push("--listen", `127.0.0.1:${this.#port}`, "--loopback", loopback, "--mode", mode);
    if (capacityBytes !== undefined) command.push("--capacity", String(capacityBytes));
    const child = Bun.spawn(["setsid", ...command], { stdin: "ignore", stdout: log, stderr: log });
    child.unref();
    closeSync(log);
    await until(`vic-host to listen; see ${this.options.dir}/vic-host.log`, startSeconds, () => {
      if (child.exitCode) throw new Error(`vic-host ended: see ${this.options.dir}/vic-host.log`);
      return (
        existsSync(join(this.hostDir, "vic-host.json")) &&
        this.isHostAlive &&
        this.host.pid !== before
      );
    });
    writeFileSync(this.#portFile, new URL(this.host.url).port);
  }

  /** A restarted vic-host must come back where the appliance knows it. */
  get #port(): string {
    return existsSync(this.#portFile) ? readFileSync(this.#portFile, "utf8") : "0";
  }
  get #portFile(): string {
    return join(this.options.dir, "port");
  }

  /** Ends vic-host; its VMs go on. */
  async stopHost(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (!this.isHostAlive) return;
    const { pid } = this.host;
    process.kill(pid, signal);
    await until("vic-host to end", 30, () => isGone(pid));
  }

  /** Runs vic-machine with the target from the environment. */
  machine(args: string[], onLine?: (line: string) => void): Promise<Finished> {
    const options = { env: this.machineEnv, cwd: this.options.dir };
    return run([bin("vic-machine-linux"), ...args], onLine ? { ...options, onLine } : options);
  }

  /** Makes the VCH; throws with vic-machine's output when that fails. */
  async createVch(extra: string[] = []): Promise<void> {
    const args = ["create", "--name", this.name, "--tls-cname", this.address, "--timeout", "10m"];
    args.push("--appliance-iso", bin("appliance.iso"), "--bootstrap-iso", bin("bootstrap.iso"));
    if (this.options.mode === "vcenter") {
      // There a bridge is not made on the way: vic-host has a distributed port group for one.
      args.push("--bridge-network", "bridge", "--public-network", "VM Network");
    }
    const done = await this.machine([...args, ...extra], this.options.say);
    if (done.code !== 0)
      throw new Error(`vic-machine create failed\n${done.stdout}\n${done.stderr}`);
  }

  /** Runs the docker CLI against the VCH. */
  docker(args: string[], stdin?: Uint8Array | string): Promise<Finished> {
    const config = join(this.options.dir, "docker-config");
    mkdirSync(config, { recursive: true });
    const env = { ...this.dockerEnv, DOCKER_CONFIG: config, DOCKER_CLI_HINTS: "false" };
    return run(["docker", ...args], stdin === undefined ? { env } : { env, stdin });
  }

  /** Runs the docker CLI and returns its stdout; throws with what it printed when it fails. */
  async dockerOk(args: string[], stdin?: Uint8Array | string): Promise<string> {
    const done = await this.docker(args, stdin);
    if (done.code !== 0) {
      throw new Error(`docker ${args.join(" ")}: exit ${done.code}\n${done.stdout}${done.stderr}`);
    }
    return done.stdout;
  }

  /** Lets this stand's own key into the appliance. */
  async enableSsh(): Promise<void> {
    const key = join(this.options.dir, "ssh-key");
    await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key]);
    const args = ["debug", "--name", this.name, "--enable-ssh", "--authorized-key", `${key}.pub`];
    const done = await this.machine(args);
    if (done.code !== 0)
      throw new Error(`vic-machine debug failed\n${done.stdout}\n${done.stderr}`);
    await until("sshd in the appliance", 60, async () => (await this.#ssh("true")).code === 0);
  }

  /** Runs a shell command in the appliance; throws with what it printed when it fails. */
  async ssh(command: string): Promise<string> {
    const done = await this.#ssh(command);
    if (done.code !== 0) throw new Error(`ssh: exit ${done.code}\n${done.stderr}`);
    return done.stdout;
  }

  #ssh(command: string): Promise<Finished> {
    const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"];
    const flags = [...options, "ConnectTimeout=10", "BatchMode=yes"].flatMap((o) => ["-o", o]);
    const key = join(this.options.dir, "ssh-key");
    return run(["ssh", "-i", key, ...flags, `root@${this.address}`, command]);
  }

  /** Deletes the VCH with everything in it. */
  async deleteVch(): Promise<void> {
    const done = await this.machine(["delete", "--name", this.name, "--force"]);
    if (done.code !== 0)
      throw new Error(`vic-machine delete failed\n${done.stdout}\n${done.stderr}`);
  }

  /** Writes shell exports after which plain `docker ps` reaches the VCH. */
  writeEnv(file: string): void {
    const lines = Object.entries(this.dockerEnv).map(([name, value]) => `export ${name}=${value}`);
    writeFileSync(file, `${lines.join("\n")}\n`);
  }
}

/** Whether a process has ended; one that nobody has waited for yet counts. */
function isGone(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

/** Waits until `condition` holds; throws naming `what` after `seconds`. */
export async function until(
  what: string,
  seconds: number,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
