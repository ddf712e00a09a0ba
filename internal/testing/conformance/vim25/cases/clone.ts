import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import { disk, type Scene } from "../scene.ts";
import { topic } from "../suite.ts";

async function clone(t: Scene, vm: MoRef, spec: DataObject = {}): Promise<MoRef> {
  const made = await t.task(vm, "CloneVM_Task", {
    folder: t.folder,
    name: t.name("clone"),
    spec: { location: { pool: t.pool }, powerOn: false, template: false, ...spec },
  });
  t.removeVmLater(made);
  return made;
}

/** CloneVM_Task (a vCenter's; a host refuses it) and RelocateVM_Task. */
export const cloneCases = topic("clone and relocate", {
  "a host does not clone": {
    esx: async (t) => {
      expect(await t.fault(clone(t, await t.vm()))).toBe("NotSupported");
    },
  },
  "a clone has the configuration, with uuids of its own": {
    vcenter: async (t) => {
      const vm = await t.vm({
        annotation: "copied",
        memoryMB: 96,
        extraConfig: [{ key: "guestinfo.k", value: "v" }],
      });
      const made = await clone(t, vm);
      expect(await t.get<DataObject>(made, "config")).toMatchObject({
        annotation: "copied",
        hardware: { memoryMB: 96 },
      });
      expect((await t.options(made)).get("guestinfo.k")).toBe("v");
      expect(await t.get<string>(made, "config.uuid")).not.toBe(
        await t.get<string>(vm, "config.uuid"),
      );
      expect(await t.get<MoRef>(made, "parent")).toEqual(t.folder);
    },
  },
  "a clone has disks of its own": {
    vcenter: async (t) => {
      const vm = await t.vm({ deviceChange: [disk(-1, { sizeKb: 1024 })] });
      const made = await clone(t, vm);
      const [[from], [to]] = [
        await t.device(vm, "VirtualDisk"),
        await t.device(made, "VirtualDisk"),
      ];
      expect(to!["capacityInKB"]).toBe(1024);
      expect(to!.backing!["fileName"]).not.toBe(from!.backing!["fileName"]);
      expect(to!.backing!["parent"]).toBeUndefined();
    },
  },
  "a clone is powered on when asked for": {
    vcenter: async (t) => {
      const made = await clone(t, await t.vm(), { powerOn: true });
      expect(await t.get<string>(made, "runtime.powerState")).toBe("poweredOn");
    },
  },
  "a clone is made with changes": {
    vcenter: async (t) => {
      const made = await clone(t, await t.vm(), {
        config: { memoryMB: 128, annotation: "changed" },
      });
      expect(await t.get<DataObject>(made, "config")).toMatchObject({
        annotation: "changed",
        hardware: { memoryMB: 128 },
      });
    },
  },
  "a name that is taken is DuplicateName": {
    vcenter: async (t) => {
      const vm = await t.vm();
      const name = await t.get<string>(vm, "name");
      const spec = { location: { pool: t.pool }, powerOn: false, template: false };
      expect(await t.fault(t.task(vm, "CloneVM_Task", { folder: t.folder, name, spec }))).toBe(
        "DuplicateName",
      );
    },
  },
  "a clone may be a template": {
    vcenter: async (t) => {
      const made = await clone(t, await t.vm(), { location: {}, template: true });
      expect(await t.get<boolean>(made, "config.template")).toBe(true);
    },
  },
  "a VM goes to another pool": async (t) => {
    const pool = await t.resourcePool();
    const vm = await t.vm();
    await t.task(vm, "RelocateVM_Task", { spec: { pool } });
    expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(pool);
    expect(await t.get<MoRef[]>(pool, "vm")).toEqual([vm]);
    await t.task(vm, "RelocateVM_Task", { spec: { pool: t.pool } });
  },
  "a VM goes to its own datastore, which changes nothing": async (t) => {
    const vm = await t.vm();
    const path = await t.get<string>(vm, "config.files.vmPathName");
    await t.task(vm, "RelocateVM_Task", { spec: { datastore: t.storeRef } });
    expect(await t.get<string>(vm, "config.files.vmPathName")).toBe(path);
  },
  "a datastore that is not there is refused": async (t) => {
    const vm = await t.vm();
    const spec = { datastore: { type: "Datastore", value: "no-such" } };
    const error = await t.error(t.task(vm, "RelocateVM_Task", { spec }));
    expect(hasFault(error, "ManagedObjectNotFound", "InvalidArgument", "InvalidDatastore")).toBe(
      true,
    );
  },
});
