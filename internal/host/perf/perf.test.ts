import { expect, test } from "bun:test";
import type { DataObject, MoRef } from "../../vim25/types.ts";
import { runTask } from "../../vim25/task.ts";
import { refs } from "../inventory/refs.ts";
import { Sampler } from "../inventory/sampler.ts";
import { TestHost, vmSpec } from "../testing/fakes.ts";
import type { MachineStats } from "../vm/machine.ts";
import { counterId, counters } from "./counters.ts";
import { deltas, figureKey, vmFigures } from "./figures.ts";
import { hostFigures, parseDisks, parseMemory, parseNetwork } from "./host-stats.ts";
import { answerQuery, availableMetrics } from "./query.ts";
import { Samples, samplesMax } from "./samples.ts";

const mib = 1024 * 1024;

/** Use of a machine that has done something for `n` rounds. */
function stats(n: number): MachineStats {
  const [grantedBytes, consumedBytes, activeBytes] = [64 * mib, 48 * mib, 16 * mib];
  const io = { readBytes: n * mib, writtenBytes: 2 * n * mib, reads: 10 * n, writes: 20 * n };
  const packets = { receivedPackets: 100 * n, sentPackets: 50 * n, droppedPackets: n };
  return {
    cpuSeconds: 5 * n,
    memory: {
      residentBytes: 99 * mib,
      grantedBytes,
      consumedBytes,
      activeBytes,
      overheadBytes: mib,
    },
    disks: [{ key: 2000, ...io, readMs: 30 * n, writeMs: 40 * n }],
    nics: [{ key: 4000, receivedBytes: 40_960 * n, sentBytes: 20_480 * n, ...packets }],
  };
}

const shape = {
  cpus: 2,
  hostMhz: 1000,
  memoryMiB: 64,
  uptimeSeconds: 77,
  diskName: (key: number) => `scsi0:${key - 2000}`,
};

test("figures of a VM are what was used between two looks", () => {
  const figures = vmFigures(
    { before: { at: 0, stats: stats(1) }, now: { at: 20_000, stats: stats(3) } },
    shape,
  );
  const value = (name: Parameters<typeof counterId>[0], instance = "") =>
    figures.get(figureKey(counterId(name), instance));
  expect(value("cpu.usagemhz")).toBe(500);
  expect(value("cpu.usage")).toBe(2500);
  expect(value("cpu.used")).toBe(10_000);
  expect(value("mem.consumed")).toBe(48 * 1024);
  expect(value("mem.shared")).toBe(16 * 1024);
  expect(value("mem.usage")).toBe(2500);
  expect(value("net.received", "4000")).toBe(4);
  expect(value("net.transmitted")).toBe(2);
  expect(value("net.packetsRx", "4000")).toBe(200);
  expect(value("disk.usage")).toBe(307);
  expect(value("virtualDisk.write", "scsi0:0")).toBe(205);
  expect(value("virtualDisk.numberReadAveraged", "scsi0:0")).toBe(1);
  expect(value("virtualDisk.totalReadLatency", "scsi0:0")).toBe(3);
  expect(value("sys.uptime")).toBe(77);
});

test("the first look has no rates, and a device that began anew counts from nothing", () => {
  const first = vmFigures({ before: undefined, now: { at: 1, stats: stats(1) } }, shape);
  expect(availableMetrics([{ at: 1, figures: first }]).map((m) => m.counterId)).not.toContain(2);
  expect(
    deltas(
      [{ key: 1, n: 10 }],
      [
        { key: 1, n: 4 },
        { key: 2, n: 3 },
      ],
    ),
  ).toEqual([
    { key: 1, n: 4 },
    { key: 2, n: 3 },
  ]);
});

test("/proc is read as it is written", () => {
  const memory = parseMemory("MemTotal:  1000 kB\nMemAvailable:  250 kB\nActive:  100 kB\n");
  expect(memory).toEqual({ totalBytes: 1_024_000, consumedBytes: 768_000, activeBytes: 102_400 });
  const network = parseNetwork(
    "Inter-| x\n face |bytes\n    lo: 9 9 0 0 0 0 0 0 9 9 0 0 0 0 0 0\n" +
      "  eth0: 100 2 0 1 0 0 0 0 50 3 0 0 0 0 0 0\n",
  );
  expect(network).toEqual([
    {
      key: "eth0",
      receivedBytes: 100,
      receivedPackets: 2,
      droppedPackets: 1,
      sentBytes: 50,
      sentPackets: 3,
    },
  ]);
  const line = (name: string) => `   8  0 ${name} 10 0 16 7 20 0 32 9 0 0 0\n`;
  const disks = parseDisks(["sda", "sda1", "loop0", "nvme0n1", "nvme0n1p1"].map(line).join(""));
  expect(disks.map(({ key }) => key)).toEqual(["sda", "nvme0n1"]);
  expect(disks[0]).toMatchObject({ readBytes: 8192, writtenBytes: 16_384, readMs: 7, writeMs: 9 });
});

test("figures of the host are those of all its processors", () => {
  const look = (busyMs: number) => ({
    cpus: [
      { key: "0", busyMs },
      { key: "1", busyMs: 0 },
    ],
    memory: { totalBytes: 4 * mib, consumedBytes: mib, activeBytes: mib },
    nics: [],
    disks: [],
    uptimeSeconds: 5,
  });
  const figures = hostFigures(
    { before: { at: 0, stats: look(0) }, now: { at: 10_000, stats: look(5000) } },
    2000,
  );
  const value = (name: Parameters<typeof counterId>[0], instance = "") =>
    figures.get(figureKey(counterId(name), instance));
  expect([value("cpu.usage"), value("cpu.usage", "0"), value("cpu.usage", "1")]).toEqual([
    2500, 5000, 0,
  ]);
  expect([value("cpu.usagemhz"), value("mem.usage"), value("sys.uptime")]).toEqual([1000, 2500, 5]);
});

test("a query picks times, counters and instances, and writes them as asked", () => {
  const entity: MoRef = { type: "VirtualMachine", value: "1" };
  const at = (n: number) => Date.parse("2026-01-01T00:00:00Z") + n * 20_000;
  const time = (n: number) => new Date(at(n)).toISOString();
  const figure = (n: number) =>
    new Map([
      [figureKey(6, ""), n],
      ...(n > 1 ? ([[figureKey(148, "4000"), 10 * n]] as const) : []),
      [figureKey(148, ""), 11 * n],
    ]);
  const all = [1, 2, 3].map((n) => ({ at: at(n), figures: figure(n) }));
  const values = (spec: object) => {
    const answer = answerQuery({ entity, ...spec }, all);
    return (answer["value"] as { id: { instance: string }; value: unknown }[]).map((series) => [
      series.id.instance,
      series.value,
    ]);
  };
  const received = (instance: string) => [{ counterId: 148, instance }];
  expect(values({ metricId: [{ counterId: 6, instance: "" }] })).toEqual([["", [1, 2, 3]]]);
  expect(values({ metricId: received("*") })).toEqual([
    ["", [11, 22, 33]],
    ["4000", [-1, 20, 30]],
  ]);
  expect(values({ metricId: received("4000"), maxSample: 1 })).toEqual([["4000", [30]]]);
  const span = { startTime: time(1), endTime: time(2), metricId: received("") };
  expect(values(span)).toEqual([["", [22]]]);
  const csv = answerQuery({ entity, ...span, format: "csv" }, all);
  expect(csv).toMatchObject({ sampleInfoCSV: `20,${time(2)}`, value: [{ value: "22" }] });
  for (const wrong of [{ intervalId: 300 }, { format: "xml" }, { metricId: [{ counterId: 1 }] }]) {
    expect(() => answerQuery({ entity, ...wrong } as never, all)).toThrow();
  }
});

test("an hour of samples is kept, and none of what is gone", () => {
  const samples = new Samples();
  const entity: MoRef = { type: "VirtualMachine", value: "1" };
  for (let n = 0; n < samplesMax + 5; n++) samples.add(entity, { at: n, figures: new Map() });
  expect(samples.of(entity).length).toBe(samplesMax);
  expect(samples.of(entity)[0]?.at).toBe(5);
  samples.trim(() => true, 3_600_000 + 10);
  expect(samples.of(entity)[0]?.at).toBe(10);
  samples.trim(() => false, 0);
  expect(samples.of(entity)).toEqual([]);
});

test("clients read the figures of a VM, its host and its pool", async () => {
  await using host = await TestHost.start();
  const vm = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web"),
    pool: refs.rootPool,
  });
  await runTask(host.client, vm, "PowerOnVM_Task");
  const machine = host.machine(vm.value);
  machine.stats = async () => stats(1);
  using sampler = new Sampler(host.world);
  await sampler.sample();
  await sampler.sample();
  const call = <T>(method: string, parameters: DataObject) =>
    host.client.call<T>(refs.perfManager, method, parameters);
  expect(await call("QueryPerfProviderSummary", { entity: vm })).toMatchObject({ refreshRate: 20 });
  const metrics = await call<{ counterId: number; instance: string }[]>(
    "QueryAvailablePerfMetric",
    {
      entity: vm,
    },
  );
  expect(metrics).toContainEqual(expect.objectContaining({ counterId: 180, instance: "scsi0:0" }));
  const last = async (entity: MoRef, id: number, instance = "") => {
    const metricId = [{ counterId: id, instance }];
    const [answer] = await call<{ value: { value: number[] }[] }[]>("QueryPerf", {
      querySpec: [{ entity, maxSample: 1, intervalId: 20, metricId }],
    });
    return answer?.value[0]?.value[0];
  };
  expect(await last(vm, 98)).toBe(48 * 1024);
  expect(await last(refs.rootPool, 98)).toBe(48 * 1024);
  expect(await last(refs.host, 29)).toBe(64 * 1024);
  expect(await last(refs.host, 155)).toBeGreaterThan(0);
  const composite = await call<{ childEntity: { entity: MoRef }[] }>("QueryPerfComposite", {
    querySpec: { entity: refs.host },
  });
  expect(composite.childEntity.map(({ entity }) => entity)).toEqual([vm]);
  const byLevel = await call<{ level: number }[]>("QueryPerfCounterByLevel", { level: 1 });
  expect(byLevel.length).toBeLessThan(counters.length);
  await expect(call("QueryPerfProviderSummary", { entity: refs.vmFolder })).rejects.toThrow();
  await expect(call("QueryPerfCounter", { counterId: [4711] })).rejects.toThrow("no counter 4711");
  await expect(call("QueryPerfCounterByLevel", { level: 5 })).rejects.toThrow("levels are");
});
