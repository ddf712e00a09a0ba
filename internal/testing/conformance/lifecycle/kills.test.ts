/** A vic-host that is killed while a VM's snapshots and saved states come and go; the VM must be whole and true each time. */
import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processesOf } from "../../../host/qemu/process.ts";
import type { Client } from "../../../vim25/client.ts";
import { retrieveOne } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { scsiController, diskChange } from "../durability/actions.ts";
import { rootPool, vmFolder } from "../durability/observe.ts";
import { Program } from "../durability/program.ts";
import { Random } from "../durability/random.ts";

const kills = process.env["VIC_SOAK"] === "1" ? 100 : 8;
const killAfterMsMax = 2_500;
const diskBytes = 1024 * 1024;

interface Tree {
  name: string;
  snapshot: MoRef;
  childSnapshotList?: Tree[];
}
interface Disk {
  _type: string;
  backing?: { fileName: string };
}

/** One VM and what is known of it. */
class Victim {
  readonly program: Program;
  readonly random: Random;
  readonly content = Buffer.alloc(diskBytes, "what the base held, ");
  /** Names of snapshots that were acknowledged and that nobody has begun to remove. */
  readonly acknowledged = new Set<string>();
  done = 0;
  client!: Client;
  vm!: MoRef;
  #count = 0;

  constructor(program: Program, random: Random) {
    this.program = program;
    this.random = random;
  }

  get folder(): string {
    return join(this.program.dataDir, "datastore1/victim");
  }

  async start(): Promise<void> {
    this.program.spawn();
    await this.program.ready();
    this.client = await this.program.connect();
  }

  async create(): Promise<void> {
    const config = {
      name: "victim",
      memoryMB: 32,
      files: { vmPathName: "[datastore1]" },
      deviceChange: [scsiController, diskChange("[datastore1]", -1)],
    };
    const params = { config, pool: rootPool };
    this.vm = await runTask<MoRef>(this.client, vmFolder, "CreateVM_Task", params);
    writeFileSync(join(this.folder, "victim.vmdk"), this.content);
  }

  task(method: string, params: Record<string, unknown> = {}, of = this.vm): Promise<unknown> {
    return runTask(this.client, of, method, params);
  }
  async get<T>(path: string, of = this.vm): Promise<T> {
    return (await retrieveOne(this.client, of, [path]))[path] as T;
  }
  async snapshots(): Promise<Tree[]> {
    const info = await this.get<{ rootSnapshotList: Tree[] } | undefined>("snapshot");
    const flat = (trees: Tree[]): Tree[] =>
      trees.flatMap((tree) => [tree, ...flat(tree.childSnapshotList ?? [])]);
    return flat(info?.rootSnapshotList ?? []);
  }

  /** Does things with the VM until vic-host is gone. What a state does not allow is refused, and that is fine. */
  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const step = this.random.pick(this.#steps)!;
      await step().then(
        () => this.done++,
        () => undefined,
      );
    }
  }

  readonly #steps = [
    () => this.task("PowerOnVM_Task"),
    () => this.task("PowerOffVM_Task"),
    () => this.task("SuspendVM_Task"),
    () => this.#snapshot(true),
    () => this.#snapshot(false),
    () => this.#snapshot(false),
    () => this.#revert(),
    () => this.#remove(),
    () => this.#remove(),
    () => this.task("ConsolidateVMDisks_Task"),
  ];

  async #snapshot(memory: boolean): Promise<void> {
    const name = `s${++this.#count}`;
    await this.task("CreateSnapshot_Task", { name, memory, quiesce: false });
    this.acknowledged.add(name);
  }
  async #revert(): Promise<void> {
    const found = this.random.pick(await this.snapshots());
    if (found) await this.task("RevertToSnapshot_Task", {}, found.snapshot);
  }
  async #remove(): Promise<void> {
    const found = this.random.pick(await this.snapshots());
    if (!found) return;
    this.acknowledged.delete(found.name);
    await this.task("RemoveSnapshot_Task", { removeChildren: false }, found.snapshot);
  }

  /** What must hold whenever vic-host has just started. */
  async check(): Promise<void> {
    const snapshots = await this.snapshots();
    const names = new Set(snapshots.map(({ name }) => name));
    expect([...this.acknowledged].filter((name) => !names.has(name))).toEqual([]);
    const state = await this.get<string>("runtime.powerState");
    const machines = await processesOf(join(this.program.dataDir, "machines", "run"));
    const own = machines.filter(({ pidFile }) => pidFile.includes(`/${this.vm.value}/`));
    expect(own.length).toBe(state === "poweredOn" ? 1 : 0);
    const used = await this.#files(snapshots);
    for (const path of used) if (path.endsWith(".vmdk")) this.#assertContent(path);
    const there = readdirSync(this.folder).filter((name) => /\.(vmdk|vmsn|vmss|part)$/.test(name));
    expect(there.filter((name) => !used.has(name))).toEqual([]);
  }

  /** Names of the files that the VM and its snapshots are made of. */
  async #files(snapshots: Tree[]): Promise<Set<string>> {
    const disks = await this.get<Disk[]>("config.hardware.device");
    for (const { snapshot } of snapshots) {
      disks.push(...(await this.get<Disk[]>("config.hardware.device", snapshot)));
    }
    const { file } = await this.get<{ file: { name: string; accessible: boolean }[] }>("layoutEx");
    expect(file.filter((f) => !f.accessible && !f.name.endsWith(".vmsd"))).toEqual([]);
    const names = disks.flatMap(({ backing }) => backing?.fileName ?? []);
    return new Set(
      [...names, ...file.map(({ name }) => name)].map((name) => name.slice(name.indexOf("/") + 1)),
    );
  }

  /** The disk reads, through all that it is based on, as its base did: nobody writes in this guest. */
  #assertContent(name: string): void {
    const flat = join(this.program.tmpDir, "flat");
    const path = join(this.folder, name);
    const run = Bun.spawnSync([
      "qemu-img",
      "convert",
      "-U",
      "-O",
      "raw",
      ...this.#format(path),
      flat,
    ]);
    expect(run.stderr.toString()).toBe("");
    expect(readFileSync(flat).equals(this.content)).toBe(true);
    rmSync(flat);
  }

  #format(path: string): string[] {
    const isChild = readFileSync(path).toString("latin1", 0, 3) === "QFI";
    return ["-f", isChild ? "qcow2" : "raw", path];
  }

  async clear(): Promise<void> {
    if ((await this.get<string>("runtime.powerState")) !== "poweredOff") {
      await this.task("PowerOffVM_Task");
    }
    await this.task("RemoveAllSnapshots_Task");
    expect(await this.get<boolean>("runtime.consolidationNeeded")).toBe(false);
    this.acknowledged.clear();
    await this.check();
    expect(readdirSync(this.folder).filter((name) => name.endsWith(".vmdk"))).toEqual([
      "victim.vmdk",
    ]);
  }
}

test(
  `${kills} kills among snapshots leave a VM that is whole and true`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "vic-kills-"));
    const seed = Number(process.env["VIC_SEED"] ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const victim = new Victim(new Program(dir), new Random(seed));
    try {
      await victim.start();
      await victim.create();
      for (let kill = 0; kill < kills; kill++) {
        const end = AbortSignal.timeout(victim.random.below(killAfterMsMax));
        const work = victim.work(end);
        await new Promise((fulfil) => end.addEventListener("abort", fulfil));
        await victim.program.kill();
        await victim.client.close().catch(() => undefined);
        await work;
        await victim.start();
        await victim.check();
      }
      console.log(`${victim.done} changes`);
      await victim.clear();
    } finally {
      await victim.program.end();
      rmSync(dir, { recursive: true, force: true });
    }
  },
  { timeout: kills * 120_000 },
);
