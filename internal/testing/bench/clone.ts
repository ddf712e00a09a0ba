/** What an instant clone of a tether's template costs, beside a full boot and beside QEMU's part alone. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keys } from "../../guest/config.ts";
import { Qmp } from "../../host/qemu/qmp.ts";
import { runTask } from "../../vim25/task.ts";
import type { MoRef } from "../../vim25/types.ts";
import { memoryOf, Scene } from "../conformance/clones/scene.ts";
import { bin } from "../stand/stand.ts";

const memoryMiB = 512;
const qmpTimeoutMs = 30_000;
/** A clone is measured once it has nothing to do any more. */
const idleMs = 3_000;

type Row = (what: string, ours: string) => void;

/** Adds the rows; `rounds` clones and boots, medians. */
export async function benchClones(row: Row, rounds: number): Promise<void> {
  await using scene = await Scene.open("127.0.98.0/24");
  const iso = bin("bootstrap.iso");
  const template = { name: "template", iso, memoryMiB, extraConfig: { [keys.template]: "1" } };
  const source = await scene.create(template);
  await scene.powerOn(source);
  await scene.isFrozen(source);
  const times: { task: number; ready: number }[] = [];
  const bare: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const name = `clone${i}`;
    const start = performance.now();
    const clone = await scene.clone(source, name);
    const task = performance.now() - start;
    await scene.isReady(clone);
    times.push({ task, ready: performance.now() - start });
    await Bun.sleep(idleMs);
    const { privateMiB = 0, shareMiB = 0 } = memoryOf(scene.host.dir).get(name) ?? {};
    if (i === 0) {
      const text = `${privateMiB.toFixed(0)} MiB, ${shareMiB.toFixed(0)} MiB with its share`;
      row(`memory of a clone with an idle tether (${memoryMiB} MiB VM), private`, text);
    }
    bare.push(await bareRestore(scene.host.dir, "template", name));
    await destroy(scene, clone);
  }
  const ready = times.map((each) => each.ready);
  row("bare limit: QEMU starts, loads the state and runs", seconds(bare));
  row("InstantClone_Task", seconds(times.map(({ task }) => task)));
  row("InstantClone_Task to tether ready", seconds(ready));
  const boots: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const vm = await scene.create({ ...template, name: `boot${i}`, extraConfig: {} });
    const start = performance.now();
    await scene.powerOn(vm);
    await scene.isReady(vm);
    boots.push(performance.now() - start);
    await destroy(scene, vm);
  }
  row("full boot to tether ready", seconds(boots));
}

function seconds(ms: number[]): string {
  return `${(ms.toSorted((a, b) => a - b)[ms.length >> 1]! / 1000).toFixed(2)} s`;
}

async function destroy({ client }: Scene, vm: MoRef): Promise<void> {
  await runTask(client, vm, "PowerOffVM_Task");
  await runTask(client, vm, "Destroy_Task");
}

/** Milliseconds of a QEMU with the command line of `clone` until it runs on the state of `template`. */
async function bareRestore(hostFolder: string, template: string, clone: string): Promise<number> {
  const source = find(hostFolder, template);
  const options = find(hostFolder, clone).command;
  const runFolder = join(options[options.indexOf("-pidfile") + 1]!, "..");
  const sourceOptions = source.command;
  const state = join(sourceOptions[sourceOptions.indexOf("-pidfile") + 1]!, "../frozen");
  const fds = `/proc/${source.pid}/fd`;
  const memory = readdirSync(fds).find((fd) => readlinkSync(`${fds}/${fd}`).includes("memfd"));
  const folder = mkdtempSync(join(tmpdir(), "vic-bare-"));
  try {
    await using stateFile = await open(state, "r");
    await using memoryFile = await open(`${fds}/${memory}`, "r+");
    const own = options.map((option) => option.replaceAll(runFolder, folder));
    const start = performance.now();
    const stdio = ["ignore", "ignore", "inherit", stateFile.fd, memoryFile.fd] as const;
    const child = spawn(own[0]!, own.slice(1), { stdio: [...stdio] });
    const ended = new Promise((fulfil) => child.once("exit", fulfil));
    const qmp = await Qmp.connect(join(folder, "qmp"), AbortSignal.timeout(qmpTimeoutMs));
    const capability = { capability: "x-ignore-shared", state: true };
    await qmp.execute("migrate-set-capabilities", { capabilities: [capability] });
    await qmp.execute("migrate-incoming", { uri: "fd:3" });
    while (((await qmp.execute("query-migrate")) as { status?: string }).status !== "completed");
    await qmp.execute("cont");
    const ms = performance.now() - start;
    await qmp.execute("quit").catch(() => undefined);
    await ended;
    return ms;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The QEMU of a VM. */
function find(hostFolder: string, name: string): { pid: string; command: string[] } {
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
      const isIt = command.some((option) => option.startsWith(`guest=${name},`));
      if (isIt && command.some((option) => option.includes(hostFolder))) return { pid, command };
    } catch {
      // Gone meanwhile.
    }
  }
  throw new Error(`no QEMU runs ${name}`);
}

if (import.meta.main) await benchClones((what, ours) => console.log(`${what}: ${ours}`), 3);
