import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "bun:test";
import { type Finished, root, run, until } from "../../stand/stand.ts";

const blobBytes = 3_000_000;

/** One command line of govc and what must come of it. */
export interface GovcCase {
  /**
   * Arguments, separated by spaces; "double quotes" hold them together. $DIR is the suite's local folder, $HOST the
   * inventory path of the host, $VM that of a container VM, where there is one.
   */
  run: string;
  /** What the case is about, where the command line does not say it. */
  note?: string;
  /** Exit code; 0 unless it says something else. */
  code?: number;
  /** What stdout must match, each of them. */
  out?: (RegExp | string)[];
  /** What stdout must not match. */
  not?: RegExp;
  /** What stderr must match. */
  err?: RegExp;
  /** With -json: dotted paths into the answer, and what is there. A RegExp is matched against the text. */
  json?: Record<string, unknown>;
  /** Repeated until it holds, at most so many seconds. */
  within?: number;
  /** Done again and again while govc runs, for commands that wait for something; `times` counts from 0. */
  during?: (govc: Govc, times: number) => Promise<unknown>;
  /** What else must be true afterwards. */
  check?: (govc: Govc, done: Finished) => void | Promise<void>;
}

/** Some cases that build on each other, in order. */
export interface GovcGroup {
  name: string;
  cases: GovcCase[];
}

/** Where govc logs in, as root. */
export interface GovcHost {
  readonly info: { url: string; thumbprint: string };
  readonly password: string;
  /** Folder for local files. */
  readonly dir: string;
  /** Folder of the datastore. */
  readonly datastore: string;
}

/** govc, logged in to one vic-host. */
export class Govc {
  readonly host: GovcHost;
  readonly binary: string;
  /** What $HOST stands for: the inventory path of the one host. */
  hostPath = "";
  /** What $VM stands for. */
  vmPath = "";
  /** NAME:PASSWORD of guest operations. */
  guestLogin = "";

  constructor(binary: string, host: GovcHost) {
    this.binary = binary;
    this.host = host;
  }

  /** The suite's folder for local files. */
  get dir(): string {
    return this.host.dir;
  }

  /** Runs govc with the arguments of a case's `run`. */
  run(line: string): Promise<Finished> {
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((m) =>
      (m[1] ?? m[2] ?? "")
        .replaceAll("$DIR", this.dir)
        .replaceAll("$HOST", this.hostPath)
        .replaceAll("$VM", this.vmPath),
    );
    const { url } = this.host.info;
    const env = {
      GOVC_URL: url,
      GOVC_USERNAME: "root",
      GOVC_PASSWORD: this.host.password,
      GOVC_INSECURE: "1",
      GOVMOMI_HOME: join(this.dir, "govmomi"),
      GOVC_GUEST_LOGIN: this.guestLogin,
    };
    return run([this.binary, ...args], { env });
  }

  /** Runs govc and returns what it printed; throws when it fails. */
  async ok(line: string): Promise<string> {
    const done = await this.run(line);
    if (done.code !== 0) throw new Error(`govc ${line}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  }

  /**
   * Makes the file `blob`, which is uploaded and must come back, the folder `down`, and `small` for uploads that are refused:
   * a refusal that comes while it still sends makes govc 0.46 panic ("send on closed channel").
   */
  makeLocalFiles(): void {
    const pattern = crypto.getRandomValues(new Uint8Array(65_536));
    writeFileSync(join(this.dir, "blob"), Buffer.alloc(blobBytes, pattern));
    writeFileSync(join(this.dir, "small"), "small\n");
    mkdirSync(join(this.dir, "down"));
  }

  /** Content of a file of the suite's folder. */
  read(name: string): Buffer {
    return readFileSync(join(this.dir, name));
  }
}

/** Runs a case and asserts on what came. */
export async function check(govc: Govc, wanted: GovcCase): Promise<void> {
  if (wanted.within === undefined) return attempt(govc, wanted);
  let last: unknown;
  const holds = () =>
    attempt(govc, wanted).then(
      () => true,
      (error: unknown) => {
        last = error;
        return false;
      },
    );
  await until(`govc ${wanted.run}`, wanted.within, holds).catch((error: unknown) => {
    throw last ?? error;
  });
}

async function attempt(govc: Govc, wanted: GovcCase): Promise<void> {
  const running = govc.run(wanted.json ? wanted.run.replace(/ |$/, " -json ") : wanted.run);
  const ended = { is: false };
  void running.finally(() => (ended.is = true));
  for (let times = 0; wanted.during && !ended.is; times++) await wanted.during(govc, times);
  const done = await running;
  if (done.code !== (wanted.code ?? 0)) {
    const printed = `${done.stdout.slice(-500)}${done.stderr.slice(-2000)}`;
    throw new Error(`exit ${done.code} instead of ${wanted.code ?? 0}: ${printed}`);
  }
  // A fault is an answer; what govc cannot read, or an end of govc itself, is not.
  expect(done.stderr).not.toMatch(/panic:|xml:|EOF|unmarshal|500 Internal/);
  for (const part of wanted.out ?? []) {
    if (typeof part === "string") expect(done.stdout).toContain(part);
    else expect(done.stdout).toMatch(part);
  }
  if (wanted.not) expect(done.stdout).not.toMatch(wanted.not);
  if (wanted.err) expect(done.stderr).toMatch(wanted.err);
  for (const [path, value] of Object.entries(wanted.json ?? {})) {
    const found = at(JSON.parse(done.stdout), path);
    if (value instanceof RegExp) expect(String(found)).toMatch(value);
    else expect({ [path]: found }).toEqual({ [path]: value });
  }
  await wanted.check?.(govc, done);
}

/** What is at a dotted path; numbers index lists. */
function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split(".")) found = (found as Record<string, unknown> | null)?.[name];
  return found;
}

/** Path of a peer that `make conformance` builds, unless the environment names another one. */
export function peer(name: string): string | undefined {
  const built = join(root, "build/peers", name);
  return process.env[`VIC_${name.toUpperCase()}`] ?? Bun.which(built) ?? undefined;
}
