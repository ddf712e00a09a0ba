import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { faultOf } from "../vim25/fault.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const mib = 1024 * 1024;
const allocation = (reservation: number, more: Fields = {}) => ({
  reservation,
  limit: -1,
  expandableReservation: false,
  shares: { shares: 0, level: "normal" },
  ...more,
});
const spec = (cpu: number, memory: number, more: Fields = {}) => ({
  cpuAllocation: allocation(cpu, more),
  memoryAllocation: allocation(memory, more),
});
const call = <T>(ref: MoRef, method: string, params: Fields = {}) =>
  host.client.call<T>(ref, method, params);
const task = <T>(ref: MoRef, method: string, params: Fields = {}) =>
  runTask<T>(host.client, ref, method, params);
const createPool = (parent: MoRef, name: string, config = spec(0, 0)) =>
  call<MoRef>(parent, "CreateResourcePool", { name, spec: config });
const createVm = (pool: MoRef, name: string, memoryReservation: number) =>
  task<MoRef>(refs.vmFolder, "CreateVM_Task", {
    pool,
    config: vmSpec(name, { memoryAllocation: { reservation: memoryReservation, limit: -1 } }),
  });
const get = async (ref: MoRef, path: string) =>
  (await retrieveOne(host.client, ref, [path]))[path] as Fields;
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  return { fault: faultOf(error), data: VicError.from(error).detail["data"] };
};

describe("a resource pool", () => {
  test("takes its reservation from its parent when it is made", async () => {
    const { memoryBytes } = host.world.hardware;
    const outer = await createPool(refs.rootPool, "outer", spec(100, 256));
    const inner = await createPool(outer, "inner", spec(60, 200));
    expect((await get(outer, "runtime"))["memory"]).toEqual({
      reservationUsed: 200 * mib,
      reservationUsedForVm: 0,
      unreservedForPool: 56 * mib,
      unreservedForVm: 56 * mib,
      overallUsage: 0,
      maxUsage: memoryBytes,
    });
    const memory = await failure(createPool(outer, "more", spec(0, 57)));
    expect(memory).toMatchObject({
      fault: "InsufficientMemoryResourcesFault",
      data: { unreserved: 56 * mib, requested: 57 * mib },
    });
    const cpu = await failure(createPool(outer, "more", spec(41, 0)));
    expect(cpu).toMatchObject({
      fault: "InsufficientCpuResourcesFault",
      data: { unreserved: 40, requested: 41 },
    });
    const shrunk = failure(call(outer, "UpdateConfig", { config: spec(100, 199) }));
    expect((await shrunk).fault).toBe("InsufficientMemoryResourcesFault");
    await call(outer, "UpdateConfig", { name: "renamed", config: spec(100, 300) });
    expect(await get(outer, "name")).toBe("renamed" as unknown as Fields);
    expect((await get(inner, "parent"))["value"]).toBe(outer.value);
    const move = failure(call(inner, "MoveIntoResourcePool", { list: [outer] }));
    expect((await move).fault).toBe("InvalidArgument");
    await task(outer, "Destroy_Task");
    expect(await get(inner, "parent")).toEqual(refs.rootPool);
    await task(inner, "Destroy_Task");
  });

  test("lets only those VMs run whose reservations are there", async () => {
    const pool = await createPool(refs.rootPool, "small", spec(0, 100));
    const first = await createVm(pool, "first", 60);
    const second = await createVm(pool, "second", 48);
    await task(first, "PowerOnVM_Task");
    expect(await failure(task(second, "PowerOnVM_Task"))).toMatchObject({
      fault: "InsufficientMemoryResourcesFault",
      data: { unreserved: 40 * mib, requested: 48 * mib },
    });
    expect((await get(second, "runtime"))["powerState"]).toBe("poweredOff");
    const raise = { memoryAllocation: { reservation: 64, limit: -1 } };
    await task(first, "ReconfigVM_Task", { spec: raise });
    expect((await get(pool, "runtime"))["memory"].reservationUsedForVm).toBe(64 * mib);
    const children = [{ entity: second, ...spec(0, 36) }];
    await call(pool, "UpdateChildResourceConfiguration", { spec: children });
    await task(second, "PowerOnVM_Task");
    expect((await get(pool, "runtime"))["memory"].unreservedForVm).toBe(0);
    const grown = task(second, "ReconfigVM_Task", { spec: raise });
    expect((await failure(grown)).fault).toBe("InsufficientMemoryResourcesFault");
    const tight = await createPool(refs.rootPool, "tight", spec(0, 10));
    const move = failure(call(tight, "MoveIntoResourcePool", { list: [first, second] }));
    expect((await move).fault).toBe("InsufficientMemoryResourcesFault");
    expect((await get(first, "resourcePool"))["value"]).toBe(pool.value);
    for (const vm of [first, second]) await task(vm, "PowerOffVM_Task");
    await call(tight, "MoveIntoResourcePool", { list: [first, second] });
    await task(tight, "Destroy_Task");
    expect(await get(first, "resourcePool")).toEqual(refs.rootPool);
    for (const vm of [first, second]) await task(vm, "Destroy_Task");
    await task(pool, "Destroy_Task");
  });

  test("gives up its children at once, and is still there after a restart", async () => {
    const pool = await createPool(refs.rootPool, "kept", spec(10, 20));
    const inner = await createPool(await createPool(pool, "a"), "b");
    const vm = await createVm(inner, "deep", 0);
    await call(pool, "DestroyChildren");
    await host.halt();
    await host.boot();
    expect(await get(pool, "resourcePool")).toEqual([] as unknown as Fields);
    expect((await get(vm, "resourcePool"))["value"]).toBe(pool.value);
    expect((await get(pool, "config"))["memoryAllocation"]).toMatchObject({ reservation: 20 });
    const deep = async (parent: MoRef, levels: number): Promise<void> => {
      if (levels > 0) await deep(await createPool(parent, "level"), levels - 1);
    };
    expect((await failure(deep(pool, 8))).fault).toBe("LimitExceeded");
    await call(pool, "DestroyChildren");
    await task(vm, "Destroy_Task");
    await task(pool, "Destroy_Task");
  });
});

describe("a vApp", () => {
  test("holds, starts, stops and deletes its VMs", async () => {
    const vapp = await call<MoRef>(refs.rootPool, "CreateVApp", {
      name: "shop",
      resSpec: spec(0, 0, { expandableReservation: true }),
      configSpec: {
        annotation: "a shop",
        product: [{ operation: "add", info: { key: 1, name: "p" } }],
      },
    });
    expect(vapp.type).toBe("VirtualApp");
    const add = (name: string) => task<MoRef>(vapp, "CreateChildVM_Task", { config: vmSpec(name) });
    const [web, db] = [await add("web"), await add("db")];
    expect(await get(web, "parentVApp")).toEqual(vapp);
    expect(await get(web, "parent")).toBeUndefined();
    const found = (path: string) =>
      call<MoRef>(refs.searchIndex, "FindByInventoryPath", { inventoryPath: path });
    expect(await found("ha-datacenter/vm/shop/db")).toEqual(db);
    expect(await found("ha-datacenter/vm/db")).toBeUndefined();
    const plain = failure(task(refs.rootPool, "CreateChildVM_Task", { config: vmSpec("x") }));
    expect((await plain).fault).toBe("NotSupported");
    await call(vapp, "UpdateVAppConfig", {
      spec: {
        entityConfig: [
          { key: db, startOrder: 1 },
          { key: web, startOrder: 2 },
        ],
      },
    });
    await task(vapp, "PowerOnVApp_Task");
    expect((await get(vapp, "summary"))["vAppState"]).toBe("started");
    const bootTime = async (vm: MoRef) => String((await get(vm, "runtime"))["bootTime"]);
    expect((await bootTime(db)) <= (await bootTime(web))).toBe(true);
    const again = failure(task(vapp, "PowerOnVApp_Task"));
    expect((await again).fault).toBe("InvalidPowerState");
    expect((await failure(task(vapp, "Destroy_Task"))).fault).toBe("InvalidPowerState");
    await task(vapp, "PowerOffVApp_Task", { force: true });
    expect((await get(vapp, "summary"))["vAppState"]).toBe("stopped");
    expect((await get(vapp, "vAppConfig"))["product"]).toEqual([{ key: 1, name: "p" }]);
    await task(vapp, "Destroy_Task");
    expect((await failure(get(web, "name"))).fault).toBe("ManagedObjectNotFound");
    expect((await failure(get(vapp, "name"))).fault).toBe("ManagedObjectNotFound");
  });
});
