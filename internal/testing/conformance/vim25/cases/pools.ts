import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import { allocation, type Scene } from "../scene.ts";
import { topic } from "../suite.ts";

interface Allocation {
  reservation: number;
  limit: number;
  expandableReservation: boolean;
  shares: { level: string; shares: number };
}

/** Resource pools. */
export const poolCases = topic("pools", {
  "is made with what its spec says": async (t) => {
    const cpuAllocation = {
      ...allocation,
      reservation: 10,
      limit: 500,
      shares: { level: "high", shares: 0 },
    };
    const pool = await t.resourcePool({
      cpuAllocation,
      memoryAllocation: { ...allocation, limit: 256 },
    });
    const config = await t.get<{ cpuAllocation: Allocation; memoryAllocation: Allocation }>(
      pool,
      "config",
    );
    expect(config.cpuAllocation).toMatchObject({
      reservation: 10,
      limit: 500,
      shares: { level: "high", shares: 8000 },
    });
    expect(config.memoryAllocation).toMatchObject({ limit: 256, expandableReservation: true });
  },
  "is a child of its parent and of the same owner": async (t) => {
    const pool = await t.resourcePool();
    expect(await t.get<MoRef>(pool, "parent")).toEqual(t.pool);
    expect(await t.get<MoRef>(pool, "owner")).toEqual(t.session.compute);
    expect(await t.get<MoRef[]>(t.pool, "resourcePool")).toContainEqual(pool);
  },
  "a name that is taken is DuplicateName": async (t) => {
    const pool = await t.resourcePool();
    const name = await t.get<string>(pool, "name");
    const spec = { cpuAllocation: allocation, memoryAllocation: allocation };
    expect(await t.fault(t.call(t.pool, "CreateResourcePool", { name, spec }))).toBe(
      "DuplicateName",
    );
  },
  "pools are made in pools": async (t) => {
    const outer = await t.resourcePool();
    const inner = await t.resourcePool({}, outer);
    expect(await t.get<MoRef>(inner, "parent")).toEqual(outer);
  },
  "is renamed and reconfigured": async (t) => {
    const pool = await t.resourcePool();
    const name = t.name("pool");
    const config = { cpuAllocation: { ...allocation, limit: 700 }, memoryAllocation: allocation };
    await t.call(pool, "UpdateConfig", { name, config });
    expect(await t.get<string>(pool, "name")).toBe(name);
    expect(await t.get<number>(pool, "config.cpuAllocation.limit")).toBe(700);
  },
  "a change of one figure leaves the others": async (t) => {
    const pool = await t.resourcePool({ cpuAllocation: { ...allocation, limit: 500 } });
    const config = { cpuAllocation: { reservation: 5 }, memoryAllocation: {} };
    await t.call(pool, "UpdateConfig", { config });
    expect(await t.get<Allocation>(pool, "config.cpuAllocation")).toMatchObject({
      reservation: 5,
      limit: 500,
    });
  },
  "a reservation below zero is InvalidArgument": async (t) => {
    const spec = {
      cpuAllocation: { ...allocation, reservation: -1 },
      memoryAllocation: allocation,
    };
    expect(
      await t.fault(t.call(t.pool, "CreateResourcePool", { name: t.name("pool"), spec })),
    ).toBe("InvalidArgument");
  },
  "more reserved than there is is InsufficientResourcesFault": async (t) => {
    const spec = {
      cpuAllocation: { ...allocation, expandableReservation: false, reservation: 100_000_000 },
      memoryAllocation: allocation,
    };
    const error = await t.error(
      t.call(t.pool, "CreateResourcePool", { name: t.name("pool"), spec }),
    );
    expect(hasFault(error, "InsufficientResourcesFault")).toBe(true);
  },
  "a VM is made in a pool": async (t) => {
    const pool = await t.resourcePool();
    const vm = await t.vm({}, { pool });
    expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(pool);
    expect(await t.get<MoRef[]>(pool, "vm")).toEqual([vm]);
  },
  "VMs and pools are moved into a pool": async (t) => {
    const [from, to] = [await t.resourcePool(), await t.resourcePool()];
    const vm = await t.vm();
    await t.call(to, "MoveIntoResourcePool", { list: [vm, from] });
    expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(to);
    expect(await t.get<MoRef>(from, "parent")).toEqual(to);
    await t.call(t.pool, "MoveIntoResourcePool", { list: [vm] });
  },
  "what was in a destroyed pool goes to its parent": async (t) => {
    const pool = await t.resourcePool();
    const inner = await t.resourcePool({}, pool);
    const vm = await t.vm({}, { pool });
    await t.task(pool, "Destroy_Task");
    expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(t.pool);
    expect(await t.get<MoRef>(inner, "parent")).toEqual(t.pool);
  },
  "the children of a pool are destroyed together": async (t) => {
    const pool = await t.resourcePool();
    const inner = await t.resourcePool({}, pool);
    const vm = await t.vm({}, { pool: inner });
    await t.call(pool, "DestroyChildren");
    expect((await t.get<MoRef[] | undefined>(pool, "resourcePool")) ?? []).toEqual([]);
    expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(pool);
  },
  "the root pool is not destroyed": async (t) => {
    const error = await t.error(t.task(t.pool, "Destroy_Task"));
    expect(hasFault(error, "NotSupported", "InvalidArgument", "RuntimeFault")).toBe(true);
  },
  "tells what it has and uses": async (t) => {
    const runtime = await t.get<DataObject>(t.pool, "runtime");
    expect(runtime).toMatchObject({
      overallStatus: expect.any(String),
      cpu: { maxUsage: expect.any(Number), reservationUsed: expect.any(Number) },
      memory: { maxUsage: expect.any(Number), unreservedForPool: expect.any(Number) },
    });
  },
  "a pool that is gone is ManagedObjectNotFound": async (t) => {
    const pool = await t.resourcePool();
    await t.task(pool, "Destroy_Task");
    expect(await t.fault(t.get(pool, "name"))).toBe("ManagedObjectNotFound");
  },
});

const vApp = async (t: Scene): Promise<MoRef> => {
  const ref = await t.call(t.pool, "CreateVApp", {
    name: t.name("vapp"),
    resSpec: { cpuAllocation: allocation, memoryAllocation: allocation },
    configSpec: {},
    vmFolder: t.folder,
  });
  t.defer(() => t.task(ref, "Destroy_Task"));
  return ref;
};

/** vApps. */
export const vAppCases = topic("vapps", {
  "is a pool with its folder": {
    vcenter: async (t) => {
      const app = await vApp(t);
      expect(app.type).toBe("VirtualApp");
      expect(await t.get<MoRef>(app, "parent")).toEqual(t.pool);
      expect(await t.get<MoRef>(app, "parentFolder")).toEqual(t.folder);
      expect(await t.get<MoRef[]>(t.pool, "resourcePool")).toContainEqual(app);
    },
  },
  "VMs are made in it": {
    vcenter: async (t) => {
      const app = await vApp(t);
      const config = {
        name: t.name("vm"),
        memoryMB: 64,
        files: { vmPathName: t.path("") },
        guestId: "otherGuest64",
      };
      const vm = await t.task(app, "CreateChildVM_Task", { config });
      t.removeVmLater(vm);
      expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(app);
      expect(await t.get<MoRef>(vm, "parentVApp")).toEqual(app);
      expect(await t.get<MoRef[]>(app, "vm")).toEqual([vm]);
    },
  },
  "is destroyed with its VMs": {
    vcenter: async (t) => {
      const app = await vApp(t);
      const config = {
        name: t.name("vm"),
        memoryMB: 64,
        files: { vmPathName: t.path("") },
        guestId: "otherGuest64",
      };
      const vm = await t.task(app, "CreateChildVM_Task", { config });
      t.removeVmLater(vm);
      await t.task(app, "Destroy_Task");
      expect(await t.fault(t.get(app, "name"))).toBe("ManagedObjectNotFound");
      expect(await t.fault(t.get(vm, "name"))).toBe("ManagedObjectNotFound");
    },
  },
});

const folder = async (t: Scene, parent: MoRef = t.folder): Promise<MoRef> => {
  const ref = await t.call(parent, "CreateFolder", { name: t.name("folder") });
  t.defer(() => t.task(ref, "Destroy_Task"));
  return ref;
};

/** VM folders: a vCenter's; a host has one of each kind. */
export const folderCases = topic("folders", {
  "a host makes none": {
    esx: async (t) => {
      expect(await t.fault(folder(t))).toBe("NotSupported");
    },
  },
  "is made in another": {
    vcenter: async (t) => {
      const outer = await folder(t);
      const inner = await folder(t, outer);
      expect(await t.get<MoRef>(inner, "parent")).toEqual(outer);
      expect(await t.get<MoRef[]>(outer, "childEntity")).toEqual([inner]);
      expect(await t.get<string[]>(inner, "childType")).toEqual(
        expect.arrayContaining(["Folder", "VirtualMachine"]),
      );
    },
  },
  "a name that is taken is DuplicateName": {
    vcenter: async (t) => {
      const name = await t.get<string>(await folder(t), "name");
      expect(await t.fault(t.call(t.folder, "CreateFolder", { name }))).toBe("DuplicateName");
    },
  },
  "VMs are made in it": {
    vcenter: async (t) => {
      const ref = await folder(t);
      const vm = await t.vm({}, { folder: ref });
      expect(await t.get<MoRef>(vm, "parent")).toEqual(ref);
    },
  },
  "VMs are moved into it": {
    vcenter: async (t) => {
      const ref = await folder(t);
      const vm = await t.vm();
      await t.task(ref, "MoveIntoFolder_Task", { list: [vm] });
      expect(await t.get<MoRef>(vm, "parent")).toEqual(ref);
      expect(await t.get<MoRef[]>(t.folder, "childEntity")).not.toContainEqual(vm);
      await t.task(t.folder, "MoveIntoFolder_Task", { list: [vm] });
    },
  },
  "is renamed": {
    vcenter: async (t) => {
      const ref = await folder(t);
      const newName = t.name("folder");
      await t.task(ref, "Rename_Task", { newName });
      expect(await t.get<string>(ref, "name")).toBe(newName);
    },
  },
  "is destroyed with its VMs": {
    vcenter: async (t) => {
      const ref = await folder(t);
      const vm = await t.vm({}, { folder: ref });
      await t.task(ref, "Destroy_Task");
      expect(await t.fault(t.get(ref, "name"))).toBe("ManagedObjectNotFound");
      expect(await t.fault(t.get(vm, "name"))).toBe("ManagedObjectNotFound");
    },
  },
  "a folder of data centers takes data centers only": {
    vcenter: async (t) => {
      const outer = await folder(t, t.content.rootFolder);
      expect(await t.get<string[]>(outer, "childType")).toEqual(
        expect.arrayContaining(["Folder", "Datacenter"]),
      );
      const config = { name: t.name("vm"), files: { vmPathName: t.path("") } };
      expect(await t.fault(t.task(outer, "CreateVM_Task", { config, pool: t.pool }))).toBe(
        "NotSupported",
      );
    },
  },
});
