import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

const version = (t: Scene, vm: MoRef) => t.get<string>(vm, "config.changeVersion");

/** ReconfigVM_Task besides devices: figures, flags, change versions. */
export const reconfigureCases = topic("reconfigure", {
  "memory and CPUs": async (t) => {
    const vm = await t.vm();
    await t.reconfigure(vm, { memoryMB: 256, numCPUs: 2 });
    expect(await t.get<DataObject>(vm, "config.hardware")).toMatchObject({
      memoryMB: 256,
      numCPU: 2,
    });
  },
  "what is not named stays": async (t) => {
    const vm = await t.vm({ annotation: "kept", memoryMB: 96 });
    await t.reconfigure(vm, { numCPUs: 2 });
    expect(await t.get<string>(vm, "config.annotation")).toBe("kept");
    expect(await t.get<number>(vm, "config.hardware.memoryMB")).toBe(96);
  },
  "an annotation is set and taken away": async (t) => {
    const vm = await t.vm();
    await t.reconfigure(vm, { annotation: "two\nlines" });
    expect(await t.get<string>(vm, "config.annotation")).toBe("two\nlines");
    await t.reconfigure(vm, { annotation: "" });
    expect((await t.get<string | undefined>(vm, "config.annotation")) ?? "").toBe("");
  },
  "a new name": async (t) => {
    const vm = await t.vm();
    const name = t.name("renamed");
    await t.reconfigure(vm, { name });
    expect(await t.get<string>(vm, "name")).toBe(name);
  },
  "a name that is taken is DuplicateName": async (t) => {
    const name = t.name("vm");
    await t.vm({ name });
    const vm = await t.vm();
    expect(await t.fault(t.reconfigure(vm, { name }))).toBe("DuplicateName");
  },
  "each change has a version of its own": async (t) => {
    const vm = await t.vm();
    const before = await version(t, vm);
    await t.reconfigure(vm, { annotation: "x" });
    expect(await version(t, vm)).not.toBe(before);
  },
  "a change on top of the version that is there": async (t) => {
    const vm = await t.vm();
    await t.reconfigure(vm, { annotation: "x", changeVersion: await version(t, vm) });
    expect(await t.get<string>(vm, "config.annotation")).toBe("x");
  },
  "a change on top of one not seen is ConcurrentAccess": async (t) => {
    const vm = await t.vm();
    const changeVersion = await version(t, vm);
    await t.reconfigure(vm, { annotation: "x", changeVersion });
    expect(await t.fault(t.reconfigure(vm, { annotation: "y", changeVersion }))).toBe(
      "ConcurrentAccess",
    );
    expect(await t.get<string>(vm, "config.annotation")).toBe("x");
  },
  "reservations, limits and shares": async (t) => {
    const vm = await t.vm();
    const memoryAllocation = { reservation: 32, limit: 64, shares: { level: "high", shares: 0 } };
    const cpuAllocation = {
      reservation: 0,
      limit: 1000,
      shares: { level: "custom", shares: 1500 },
    };
    await t.reconfigure(vm, { memoryAllocation, cpuAllocation });
    const { memory, cpu } = {
      memory: await t.get<DataObject>(vm, "config.memoryAllocation"),
      cpu: await t.get<DataObject>(vm, "config.cpuAllocation"),
    };
    expect(memory).toMatchObject({ reservation: 32, limit: 64, shares: { level: "high" } });
    expect(cpu).toMatchObject({ limit: 1000, shares: { level: "custom", shares: 1500 } });
  },
  "a guest that does not exist is refused": async (t) => {
    const error = await t.error(t.reconfigure(await t.vm(), { guestId: "noSuchGuest" }));
    expect(hasFault(error, "InvalidArgument")).toBe(true);
  },
  "no CPUs at all are refused": async (t) => {
    const error = await t.error(t.reconfigure(await t.vm(), { numCPUs: -1 }));
    expect(hasFault(error, "InvalidArgument", "VmConfigFault")).toBe(true);
  },
  "memory that is no multiple of four is refused": async (t) => {
    const error = await t.error(t.reconfigure(await t.vm(), { memoryMB: 65 }));
    expect(hasFault(error, "InvalidArgument", "VmConfigFault")).toBe(true);
  },
  "the memory of a running VM without hot-add is fixed": async (t) => {
    const vm = await t.runningVm();
    const error = await t.error(t.reconfigure(vm, { memoryMB: 256 }));
    expect(
      hasFault(
        error,
        "InvalidPowerState",
        "MemoryHotPlugNotSupported",
        "InvalidState",
        "CpuHotPlugNotSupported",
        "VmConfigFault",
      ),
    ).toBe(true);
    expect(await t.get<number>(vm, "config.hardware.memoryMB")).toBe(64);
  },
  "flags are kept": async (t) => {
    const vm = await t.vm();
    await t.reconfigure(vm, {
      flags: { diskUuidEnabled: true },
      memoryHotAddEnabled: true,
      cpuHotAddEnabled: true,
    });
    expect(await t.get<boolean>(vm, "config.flags.diskUuidEnabled")).toBe(true);
    expect(await t.get<boolean>(vm, "config.memoryHotAddEnabled")).toBe(true);
    expect(await t.get<boolean>(vm, "config.cpuHotAddEnabled")).toBe(true);
  },
  "boot options are kept": async (t) => {
    const vm = await t.vm();
    await t.reconfigure(vm, { bootOptions: { bootDelay: 500 } });
    expect(await t.get<number>(vm, "config.bootOptions.bootDelay")).toBe(500);
  },
  "the BIOS uuid is changed": async (t) => {
    const vm = await t.vm();
    const uuid = crypto.randomUUID();
    await t.reconfigure(vm, { uuid });
    expect(await t.get<string>(vm, "config.uuid")).toBe(uuid);
    const found = await t.call(t.manager("searchIndex"), "FindByUuid", { uuid, vmSearch: true });
    expect(found).toEqual(vm);
  },
  "a change that fails changes nothing": async (t) => {
    const vm = await t.vm();
    const spec = {
      annotation: "half",
      deviceChange: [
        { operation: "remove", device: { _type: "VirtualDisk", key: 4711, capacityInKB: 1 } },
      ],
    };
    await t.error(t.reconfigure(vm, spec));
    expect((await t.get<string | undefined>(vm, "config.annotation")) ?? "").toBe("");
  },
});

const option = (key: string, value: unknown) => ({ key, value });
const set = (t: Scene, vm: MoRef, ...extraConfig: DataObject[]) =>
  t.reconfigure(vm, { extraConfig });

/** ExtraConfig: keys, removal, characters. */
export const extraConfigCases = topic("extraConfig", {
  "keys of the creation are there": async (t) => {
    const vm = await t.vm({ extraConfig: [option("guestinfo.a", "1")] });
    expect((await t.options(vm)).get("guestinfo.a")).toBe("1");
  },
  "a key is added, the others stay": async (t) => {
    const vm = await t.vm({ extraConfig: [option("guestinfo.a", "1")] });
    await set(t, vm, option("guestinfo.b", "2"));
    const options = await t.options(vm);
    expect([options.get("guestinfo.a"), options.get("guestinfo.b")]).toEqual(["1", "2"]);
  },
  "a key is changed": async (t) => {
    const vm = await t.vm({ extraConfig: [option("guestinfo.a", "1")] });
    await set(t, vm, option("guestinfo.a", "2"));
    expect((await t.options(vm)).get("guestinfo.a")).toBe("2");
  },
  "an empty value removes the key": async (t) => {
    const vm = await t.vm({ extraConfig: [option("guestinfo.a", "1")] });
    await set(t, vm, option("guestinfo.a", ""));
    expect((await t.options(vm)).has("guestinfo.a")).toBe(false);
  },
  "removing a key that is not there is no error": async (t) => {
    const vm = await t.vm();
    await set(t, vm, option("guestinfo.none", ""));
    expect((await t.options(vm)).has("guestinfo.none")).toBe(false);
  },
  "several changes in one": async (t) => {
    const vm = await t.vm({
      extraConfig: [option("guestinfo.a", "1"), option("guestinfo.b", "1")],
    });
    await set(
      t,
      vm,
      option("guestinfo.a", ""),
      option("guestinfo.b", "2"),
      option("guestinfo.c", "3"),
    );
    const options = await t.options(vm);
    expect(["a", "b", "c"].map((key) => options.get(`guestinfo.${key}`))).toEqual([
      undefined,
      "2",
      "3",
    ]);
  },
  "keys hold what the port layer writes in them": async (t) => {
    const keys = ["guestinfo.vice./init/a~0", "guestinfo.vice./b|c@d", "guestinfo.x y"];
    const vm = await t.vm({ extraConfig: keys.map((key) => option(key, "v")) });
    const options = await t.options(vm);
    for (const key of keys) expect(options.get(key)).toBe("v");
  },
  "values hold any text": async (t) => {
    const value = '<a b="c">&amp; ü 漢字 \u{1f600}\n\ttab';
    const vm = await t.vm({ extraConfig: [option("guestinfo.text", value)] });
    expect((await t.options(vm)).get("guestinfo.text")).toBe(value);
  },
  "a long value is kept whole": async (t) => {
    const value = "x".repeat(60_000);
    const vm = await t.vm({ extraConfig: [option("guestinfo.long", value)] });
    expect((await t.options(vm)).get("guestinfo.long")).toBe(value);
  },
  "one key is read by its path": async (t) => {
    const vm = await t.vm({ extraConfig: [option("guestinfo.a.b", "1")] });
    const path = 'config.extraConfig["guestinfo.a.b"]';
    expect(await t.get<DataObject>(vm, path)).toMatchObject(option("guestinfo.a.b", "1"));
  },
  "a running VM takes guestinfo": async (t) => {
    const vm = await t.runningVm();
    await set(t, vm, option("guestinfo.live", "yes"));
    expect((await t.options(vm)).get("guestinfo.live")).toBe("yes");
  },
  "a change is told to who waits for it": async (t) => {
    const vm = await t.vm();
    const seen = t.until<{ key: string }[] | undefined>(vm, "config.extraConfig", (list) =>
      (list ?? []).some(({ key }) => key === "guestinfo.told"),
    );
    await set(t, vm, option("guestinfo.told", "1"));
    await seen;
  },
});
