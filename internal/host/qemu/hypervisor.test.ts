/**
 * Real QEMU processes with a guest of one boot sector: it says a word on its serial port and then waits for ever or powers
 * itself off. What needs an operating system in the guest is in the end-to-end tests.
 */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hypervisor, MachineEvents, MachineSpec } from "../vm/machine.ts";
import { createDiskStore } from "./disk-store.ts";
import { createHypervisor } from "./hypervisor.ts";
import { identityOf } from "./identity.ts";
import { isAlive } from "./process.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);

const word = "Z";
/** ACPI power management control of q35 as SeaBIOS sets it up, and "sleep state 5". */
const powerPort = 0x604;
const powerOffValue = 0x2000;

const sayWord = [0xba, 0xf8, 0x03, 0xb0, word.charCodeAt(0), 0xee]; // mov dx, 0x3f8; mov al, word; out dx, al
const waitForEver = [0xf4, 0xeb, 0xfd]; // hlt; jmp hlt
const powerOff = [
  [0xba, powerPort & 255, powerPort >> 8], // mov dx, powerPort
  [0xb8, powerOffValue & 255, powerOffValue >> 8], // mov ax, powerOffValue
  [0xef], // out dx, ax
].flat();

const store = createDiskStore();
let folder = "";
let hypervisor: Hypervisor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-hv-"));
  hypervisor = await openHypervisor();
});
afterAll(async () => {
  await hypervisor.close();
  await rm(folder, { recursive: true, force: true });
});

function openHypervisor(more: { answerTimeoutMs?: number } = {}): Promise<Hypervisor> {
  const options = { dataDir: join(folder, "data"), loopback: "127.0.94.0/24", ...more };
  return createHypervisor({ ...options, log: () => undefined });
}

/** A VM whose disk boots this code. */
async function makeVm(id: string, code: number[]) {
  const path = (name: string) => join(folder, `${id}-${name}`);
  await store.create(path("base.vmdk"), 1024 * 1024);
  {
    await using file = await open(path("base.vmdk"), "r+");
    const sector = Buffer.alloc(512);
    sector.set([...sayWord, ...code]);
    sector.writeUInt16LE(0xaa55, 510);
    await file.write(sector);
  }
  await store.createChild(path("disk.vmdk"), path("base.vmdk"));
  const disk = { kind: "disk" as const, isReadOnly: false };
  const nic = { kind: "nic" as const, portGroup: "bridge", model: "vmxnet3" as const };
  const spec: MachineSpec = {
    id,
    name: id,
    uuid: "564d0000-0000-0000-0000-000000000001",
    cpus: 1,
    memoryMiB: 32,
    guestInfo: {},
    devices: [
      { ...disk, key: 2000, unit: 0, path: path("disk.vmdk"), parents: [path("base.vmdk")] },
      { ...nic, key: 4000, mac: "00:0c:29:00:00:01", isConnected: true },
      { kind: "serial", key: 9000, path: path("serial.log") },
    ],
  };
  await store.create(path("more.vmdk"), 1024 * 1024);
  return {
    spec,
    moreDisk: { ...disk, key: 2001, unit: 1, path: path("more.vmdk") },
    moreNic: { ...nic, key: 4001, mac: "00:0c:29:00:00:02", isConnected: false },
    /** Waits until the guest has said its word so often. */
    async said(count: number): Promise<void> {
      const text = () =>
        Bun.file(path("serial.log"))
          .text()
          .catch(() => "");
      while ((await text()).split(word).length - 1 < count) {
        await new Promise((fulfil) => setImmediate(fulfil));
      }
    },
  };
}

/** Events that only keep the end. */
function listen() {
  const exit = Promise.withResolvers<string>();
  const events: MachineEvents = {
    exited: (reason) => exit.resolve(reason),
    guestInfo: () => undefined,
    guestNics: () => undefined,
    toolsRunning: () => undefined,
  };
  return { events, exited: exit.promise };
}

const runDirs = () => readdir(join(folder, "data", "run")).catch(() => []);

test("a guest that powers itself off ended by itself", async () => {
  const vm = await makeVm("off", powerOff);
  const { events, exited } = listen();
  const machine = await hypervisor.start(vm.spec, events);
  expect(await exited).toBe("guest");
  expect(await machine.powerOff()).toBeUndefined();
  expect(machine.setGuestInfo("guestinfo.a", "b")).rejects.toMatchObject({ code: "conflict" });
  expect(await runDirs()).toEqual([]);
});

test("a process that is killed is a crash", async () => {
  const vm = await makeVm("crash", waitForEver);
  const { events, exited } = listen();
  const machine = await hypervisor.start(vm.spec, events);
  process.kill(machine.pid, "SIGKILL");
  expect(await exited).toBe("crash");
  expect(await runDirs()).toEqual([]);
});

test("a running machine takes and gives devices, is reset, and is switched off", async () => {
  const vm = await makeVm("plug", waitForEver);
  const { events, exited } = listen();
  const machine = await hypervisor.start(vm.spec, events);
  await vm.said(1);
  await machine.addDevice(vm.moreDisk);
  await machine.addDevice(vm.moreNic);
  expect(machine.addDevice(vm.moreDisk)).rejects.toMatchObject({ code: "conflict" });
  const unplaced = { ...vm.moreDisk, key: 2002 };
  expect(machine.addDevice(unplaced)).rejects.toMatchObject({ code: "conflict" });
  await machine.editDevice({ ...vm.moreNic, portGroup: "other", isConnected: true });
  await machine.removeDevice(2001);
  await machine.addDevice({ ...unplaced, path: vm.moreDisk.path });
  expect(machine.removeDevice(2001)).rejects.toMatchObject({ code: "not-found" });
  expect(machine.shutdownGuest()).rejects.toMatchObject({ code: "unavailable" });
  expect((await machine.stats()).memory.residentBytes).toBeGreaterThan(1024 * 1024);
  await machine.reset();
  await vm.said(2);
  await machine.powerOff();
  expect(await exited).toBe("host");
}, 30_000);

// Only root can be somebody else.
test.if(process.getuid?.() === 0)("runs as a user of its own, behind a filter", async () => {
  const vm = await makeVm("confined", waitForEver);
  const machine = await hypervisor.start(vm.spec, listen().events);
  await vm.said(1);
  const status = await readFile(`/proc/${machine.pid}/status`, "utf8");
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1];
  const { uid, gid } = identityOf(join(folder, "data"), "confined");
  expect(field("Uid")).toBe(String(uid));
  expect(field("Gid")).toBe(String(gid));
  expect(field("CapEff")).toBe("0".repeat(16));
  expect(field("NoNewPrivs")).toBe("1");
  // 2: a filter of system calls is on.
  expect(field("Seccomp")).toBe("2");
  await machine.powerOff();
});

test("goes on without vic-host and is taken over, with the devices it should have", async () => {
  const vm = await makeVm("adopt", waitForEver);
  const first = await hypervisor.start(vm.spec, listen().events);
  await vm.said(1);
  await first.addDevice(vm.moreDisk);
  await first.release();
  const next = await openHypervisor();
  try {
    const { events, exited } = listen();
    // The spec does not know of the disk that was added: it is taken away.
    const second = (await next.adopt(vm.spec, events))!;
    expect(second.pid).toBe(first.pid);
    await second.addDevice(vm.moreDisk);
    await second.powerOff();
    expect(await exited).toBe("host");
    expect(await next.adopt(vm.spec, events)).toBeUndefined();
  } finally {
    await next.close();
  }
}, 60_000);

test("says why a machine does not start, and leaves nothing", async () => {
  const vm = await makeVm("bad", waitForEver);
  const devices = [...vm.spec.devices, { ...vm.moreNic, mac: "no address" }];
  const starting = hypervisor.start({ ...vm.spec, devices }, listen().events);
  expect(await starting.catch((error: Error) => error.message)).toContain("no address");
  const missing = { ...vm.moreDisk, path: join(folder, "none.vmdk") };
  const again = hypervisor.start({ ...vm.spec, devices: [missing] }, listen().events);
  expect(again).rejects.toMatchObject({ code: "not-found" });
  await again.catch(() => undefined);
  expect(await runDirs()).toEqual([]);
});

test("a QEMU whose vic-host was killed before there was a pid file is found and ended", async () => {
  const vm = await makeVm("early", waitForEver);
  const machine = await hypervisor.start(vm.spec, listen().events);
  await machine.release();
  await rm(join(folder, "data", "run", "early", "pid"));
  const next = await openHypervisor();
  expect(await next.adopt(vm.spec, listen().events)).toBeUndefined();
  expect(await isAlive(machine.pid, join(folder, "data", "run", "early", "pid"))).toBe(false);
  expect(await runDirs()).toEqual([]);
  await next.close();
});

test("machines of no VM are ended, others are not", async () => {
  const [one, two] = [await makeVm("known", waitForEver), await makeVm("unknown", waitForEver)];
  const known = await hypervisor.start(one.spec, listen().events);
  const unknown = await hypervisor.start(two.spec, listen().events);
  await unknown.release();
  await hypervisor.endOthers(new Set(["known"]));
  expect(await runDirs()).toEqual(["known"]);
  const marker = (id: string) => join(folder, "data", "run", id, "pid");
  expect(await isAlive(unknown.pid, marker("unknown"))).toBe(false);
  expect(await isAlive(known.pid, marker("known"))).toBe(true);
  await known.powerOff();
});

test("a QEMU that hangs fails what is asked of it, is put right when it goes on, and can be ended", async () => {
  const vm = await makeVm("hung", waitForEver);
  const impatient = await openHypervisor({ answerTimeoutMs: 2_000 });
  const machine = await impatient.start(vm.spec, listen().events);
  await vm.said(1);
  process.kill(machine.pid, "SIGSTOP");
  expect(await machine.addDevice(vm.moreDisk).catch((error: unknown) => error)).toMatchObject({
    code: "unavailable",
    detail: { isTimeout: true },
  });
  process.kill(machine.pid, "SIGCONT");
  // It carries out what it was asked for, late; that is undone before the next change.
  await machine.editDevice({ ...vm.moreNic, key: 4000 }).catch(() => undefined);
  await machine.addDevice(vm.moreDisk);
  process.kill(machine.pid, "SIGSTOP");
  await machine.powerOff();
  expect(await runDirs()).toEqual([]);
  await impatient.close();
});

test("a QEMU that is killed while it starts or takes a device fails that, and leaves nothing", async () => {
  const vm = await makeVm("dies", waitForEver);
  const starting = hypervisor.start(vm.spec, listen().events).catch((error: unknown) => error);
  // QEMU writes it before it answers anything: a look through all processes could come too late.
  const pidFile = join(folder, "data", "run", "dies", "pid");
  let pid = 0;
  while (pid === 0) pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  process.kill(pid, "SIGKILL");
  expect(await starting).toMatchObject({ code: "unavailable" });
  expect(await runDirs()).toEqual([]);

  const { events, exited } = listen();
  const machine = await hypervisor.start(vm.spec, events);
  process.kill(machine.pid, "SIGSTOP");
  const adding = machine.addDevice(vm.moreDisk).catch((error: unknown) => error);
  process.kill(machine.pid, "SIGKILL");
  expect(await adding).toMatchObject({ code: "unavailable" });
  expect(await exited).toBe("crash");
  expect(await runDirs()).toEqual([]);
});
