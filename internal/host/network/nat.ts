/**
 * The way out of vic-host's network: a QEMU without a machine (`-M none`) that joins its user-mode network stack
 * (DHCP, DNS, NAT, forwarded ports) to a port of the switch. An earlier vic-host's box is taken over, so that
 * connections through it survive a restart; close() ends it.
 */
import { VicError } from "../../errors/errors.ts";
import { isAlive, killNow, logTail, readPid, spawnDetached, waitGone } from "../qemu/process.ts";
import { Qmp } from "../qemu/qmp.ts";
import { makeRunDir, removeRunDir, runDir, type RunDir } from "../qemu/run-dir.ts";
import type { Forward, Forwards } from "./forwards.ts";
import { insideNetwork } from "./loopback.ts";
import type { Switch, SwitchPort } from "./switch.ts";

/** Segment of the switch that all port groups with NAT share. */
export const natSegment = "NAT";

const startTimeoutMs = 10_000;
const adoptTimeoutMs = 3_000;
const endTimeoutMs = 2_000;
/** Pause before a box that died is replaced, milliseconds; it doubles up to the second figure. */
const restartMinMs = 100;
const restartMaxMs = 10_000;
/** A box that ran this long is healthy again, milliseconds. */
const healthyMs = 60_000;
/** Names in the box. */
const stackId = "stack0";
const cableId = "cable0";
const cableKey = 0;

/** What a box needs. */
export interface NatParts {
  dataDir: string;
  program: string;
  sandbox: string[];
  network: Switch;
  forwards: Forwards;
  log: (line: string) => void;
}

/** Command line of the box. */
export function natArguments(run: RunDir, sandbox: string[]): string[] {
  const path = run.nic(cableKey);
  const cable = { type: "stream", id: cableId, server: true, addr: { type: "unix", path } };
  const hub = (id: string, netdev: string) => ({ type: "hubport", id, hubid: 0, netdev });
  const netdevs = [
    cable,
    { type: "user", id: stackId, net: insideNetwork, ipv6: false },
    hub("hub-cable", cableId),
    hub("hub-stack", stackId),
  ];
  return [
    ["-M", "none", "-nodefaults", "-no-user-config", "-display", "none"],
    ["-name", "vic-host NAT", ...sandbox, "-pidfile", run.pid],
    ["-qmp", `unix:${run.qmp.replaceAll(",", ",,")},server=on,wait=off`],
    ...netdevs.map((netdev) => ["-netdev", JSON.stringify(netdev)]),
  ].flat();
}

/** Keeps one NAT box running until it is closed. */
export class Nat {
  readonly #parts: NatParts;
  readonly #run: RunDir;
  readonly #port: SwitchPort;
  #qmp: Qmp | undefined;
  #pid: number | undefined;
  #isClosed = false;
  #restartMs = restartMinMs;

  private constructor(parts: NatParts) {
    this.#parts = parts;
    this.#run = runDir(parts.dataDir, "nat");
    const path = this.#run.nic(cableKey);
    this.#port = parts.network.attach({ path, portGroup: natSegment, isConnected: true });
  }

  /** Takes over or starts the box. */
  static async open(parts: NatParts): Promise<Nat> {
    const nat = new Nat(parts);
    try {
      if (!(await nat.#adopt())) await nat.#start();
      return nat;
    } catch (error) {
      await nat.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#port.close();
    this.#parts.forwards.use(undefined);
    await this.#end();
    await removeRunDir(this.#run);
  }

  async #adopt(): Promise<boolean> {
    const pid = await readPid(this.#run.pid);
    if (pid === undefined || !(await isAlive(pid, this.#run.pid))) return false;
    this.#pid = pid;
    try {
      const qmp = await Qmp.connect(this.#run.qmp, AbortSignal.timeout(adoptTimeoutMs));
      // The guests' tools will ask again for what they need.
      for (const rule of parseForwards(await qmp.human("info usernet"))) {
        await qmp.human(`hostfwd_remove ${stackId} ${rule}`);
      }
      this.#watch(qmp);
      return true;
    } catch {
      await this.#end();
      return false;
    }
  }

  async #start(): Promise<void> {
    const { program, sandbox } = this.#parts;
    await makeRunDir(this.#run);
    const options = natArguments(this.#run, sandbox);
    // A guest's port 80 is port 80 of its address on this machine.
    const commandLine = this.#run.identity.command(program, options, true);
    const child = await spawnDetached(commandLine, this.#run.log);
    this.#pid = child.pid;
    const ended = new AbortController();
    child.once("exit", () => ended.abort());
    const timeout = AbortSignal.timeout(startTimeoutMs);
    try {
      this.#watch(await Qmp.connect(this.#run.qmp, AbortSignal.any([ended.signal, timeout])));
    } catch (cause) {
      const output = await logTail(this.#run.log);
      await this.#end();
      throw new VicError("unavailable", `the NAT box does not start: ${output}`, { cause });
    }
  }

  #watch(qmp: Qmp): void {
    this.#qmp = qmp;
    const startedMs = performance.now();
    this.#parts.forwards.use({
      add: (forward) => this.#hostForward(`hostfwd_add ${stackId} ${ruleText(forward)}`),
      remove: (forward) => this.#hostForward(`hostfwd_remove ${stackId} ${listenText(forward)}`),
    });
    void qmp.closed.then(() => {
      if (this.#isClosed) return;
      this.#qmp = undefined;
      this.#parts.forwards.use(undefined);
      if (performance.now() - startedMs > healthyMs) this.#restartMs = restartMinMs;
      this.#parts.log("the NAT box ended; starting another one");
      void this.#restart();
    });
  }

  async #restart(): Promise<void> {
    await this.#end();
    for (;;) {
      await Bun.sleep(this.#restartMs);
      if (this.#isClosed) return;
      this.#restartMs = Math.min(this.#restartMs * 2, restartMaxMs);
      try {
        await this.#start();
        // close() may have come while it started.
        if (this.#isClosed) await this.#end();
        return;
      } catch (error) {
        this.#parts.log(VicError.from(error).message);
      }
    }
  }

  async #hostForward(command: string): Promise<void> {
    const qmp = this.#qmp;
    if (!qmp) throw new VicError("unavailable", "the NAT box is not running");
    const output = (await qmp.human(command)).trim();
    if (output === "" || /removed/.test(output)) return;
    throw new VicError("unavailable", output);
  }

  async #end(): Promise<void> {
    const pid = this.#pid;
    this.#pid = undefined;
    const qmp = this.#qmp;
    this.#qmp = undefined;
    await qmp?.execute("quit", {}, endTimeoutMs).catch(() => undefined);
    qmp?.close();
    if (pid === undefined) return;
    const marker = this.#run.pid;
    if (qmp && (await waitGone(pid, marker, AbortSignal.timeout(endTimeoutMs)))) return;
    await killNow(pid, marker);
    await waitGone(pid, marker, AbortSignal.timeout(endTimeoutMs));
  }
}

const listenText = (f: Forward): string => `${f.protocol}:${f.outside}:${f.port}`;
const ruleText = (f: Forward): string => `${listenText(f)}-${f.inside}:${f.port}`;

/** What `info usernet` lists as forwarded, as arguments of hostfwd_remove. */
export function parseForwards(text: string): string[] {
  const pattern = /^\s*(TCP|UDP)\[HOST_FORWARD\]\s+\d+\s+(\S+)\s+(\d+)\s/gm;
  return [...text.matchAll(pattern)].map(
    ([, protocol, host, port]) => `${protocol!.toLowerCase()}:${host}:${port}`,
  );
}
