import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import { objectsSpec, poolVmsSpec, propertySpec, step } from "../../../../vim25/specs.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

interface Content {
  obj: MoRef;
  propSet?: { name: string; val: unknown }[];
  missingSet?: { path: string; fault: { fault: DataObject } }[];
}
interface ObjectUpdate {
  kind: string;
  obj: MoRef;
  changeSet?: { name: string; op: string; val?: unknown }[];
  missingSet?: { path: string }[];
}
interface UpdateSet {
  version: string;
  truncated?: boolean;
  filterSet?: { filter: MoRef; objectSet?: ObjectUpdate[]; missingSet?: { obj: MoRef }[] }[];
}

const read = (t: Scene, spec: DataObject) =>
  t.call<Content[]>(t.content.propertyCollector, "RetrieveProperties", { specSet: [spec] });
const readPage = (t: Scene, spec: DataObject, options: DataObject) =>
  t.call<{ token?: string; objects: Content[] } | undefined>(
    t.content.propertyCollector,
    "RetrievePropertiesEx",
    { specSet: [spec], options },
  );
const only = (spec: DataObject, more: DataObject): DataObject => ({ ...spec, ...more });

/** A collector of its own with a filter; ends with the case. */
async function follow(t: Scene, spec: DataObject, partialUpdates = false) {
  const collector = await t.call(t.content.propertyCollector, "CreatePropertyCollector");
  t.defer(() => t.call(collector, "DestroyPropertyCollector"));
  const filter = await t.call(collector, "CreateFilter", { spec, partialUpdates });
  const wait = (version = "", options: DataObject = { maxWaitSeconds: 10 }) =>
    t.call<UpdateSet | undefined>(collector, "WaitForUpdatesEx", { version, options });
  return { collector, filter, wait };
}
const updates = (set: UpdateSet | undefined): ObjectUpdate[] =>
  (set?.filterSet ?? []).flatMap((of) => of.objectSet ?? []);
const pools = async (t: Scene, count: number): Promise<MoRef[]> => {
  const made: MoRef[] = [];
  for (let i = 0; i < count; i++) made.push(await t.resourcePool());
  return made;
};

/** Reading properties once: paths, traversal, missing sets, pages. */
export const retrieveCases = topic("property collector", {
  "reads a whole property and one below it": async (t) => {
    const [object] = await read(t, objectsSpec([t.host], ["summary", "summary.config.name"]));
    const props = new Map(object!.propSet!.map(({ name, val }) => [name, val]));
    const summary = props.get("summary") as { config: { name: string } };
    expect(summary.config.name).toBe(props.get("summary.config.name") as string);
  },
  "reads all properties when all are asked for": async (t) => {
    const [object] = await read(t, objectsSpec([t.folder]));
    const names = object!.propSet!.map((prop) => prop.name);
    expect(names).toEqual(expect.arrayContaining(["name", "parent", "childType", "childEntity"]));
  },
  "reads one element of a list by its key": async (t) => {
    const vm = await t.vm();
    const [first] = await t.devices(vm);
    const path = `config.hardware.device[${first!.key}]`;
    expect(await t.get<DataObject>(vm, path)).toMatchObject({ key: first!.key });
  },
  "leaves out a property that has no value": async (t) => {
    const vm = await t.vm();
    const [object] = await read(t, objectsSpec([vm], ["name", "parentVApp"]));
    expect(object!.propSet!.map((prop) => prop.name)).toEqual(["name"]);
    expect(object!.missingSet ?? []).toEqual([]);
  },
  "an unknown property is InvalidProperty": async (t) => {
    const error = await t.error(read(t, objectsSpec([t.host], ["noSuch"])));
    expect(hasFault(error, "InvalidProperty")).toBe(true);
    expect(error).toMatchObject({ detail: { data: { name: "noSuch" } } });
  },
  "an unknown property below a known one is InvalidProperty": async (t) => {
    const error = await t.error(read(t, objectsSpec([t.host], ["summary.noSuch"])));
    expect(hasFault(error, "InvalidProperty")).toBe(true);
  },
  "an object that is gone is ManagedObjectNotFound": async (t) => {
    const spec = objectsSpec([{ type: "VirtualMachine", value: "no-such" }], ["name"]);
    const error = await t.error(read(t, spec));
    expect(error).toMatchObject({ detail: { data: { obj: { value: "no-such" } } } });
    expect(hasFault(error, "ManagedObjectNotFound")).toBe(true);
  },
  "missing objects are left out when asked for so": async (t) => {
    const spec = only(objectsSpec([{ type: "Folder", value: "no-such" }, t.folder], ["name"]), {
      reportMissingObjectsInResults: true,
    });
    const found = await read(t, spec);
    expect(found.filter((object) => object.propSet).map((object) => object.obj)).toEqual([
      t.folder,
    ]);
  },
  "an object of another type than asked for gives nothing": async (t) => {
    const spec = {
      propSet: [propertySpec("VirtualMachine", ["name"])],
      objectSet: [{ obj: t.folder }],
    };
    expect(await read(t, spec)).toEqual([]);
  },
  "a base type stands for its subtypes": async (t) => {
    const spec = {
      propSet: [propertySpec("ManagedEntity", ["name"])],
      objectSet: [{ obj: t.folder }],
    };
    expect(await read(t, spec)).toMatchObject([{ obj: t.folder, propSet: [{ name: "name" }] }]);
  },
  "follows a traversal along a list": async (t) => {
    const vm = await t.vm();
    const spec = {
      propSet: [propertySpec("VirtualMachine", ["name"])],
      objectSet: [{ obj: t.folder, skip: true, selectSet: [step("", "Folder", "childEntity")] }],
    };
    expect((await read(t, spec)).map((object) => object.obj)).toContainEqual(vm);
  },
  "follows a traversal upwards along one reference": async (t) => {
    const vm = await t.vm();
    const spec = {
      propSet: [propertySpec("ManagedEntity", ["name"])],
      objectSet: [
        { obj: vm, skip: false, selectSet: [step("up", "ManagedEntity", "parent", ["up"])] },
      ],
    };
    const refs = (await read(t, spec)).map((object) => object.obj);
    expect(refs).toContainEqual(t.datacenter);
    expect(refs).toContainEqual(t.content.rootFolder);
  },
  "follows nested traversals from the root to the VMs": async (t) => {
    const vm = await t.vm();
    const spec = {
      propSet: [propertySpec("VirtualMachine", ["name"])],
      objectSet: [
        {
          obj: t.content.rootFolder,
          skip: true,
          selectSet: [
            step("folder", "Folder", "childEntity", ["folder", "dc"]),
            step("dc", "Datacenter", "vmFolder", ["folder"]),
          ],
        },
      ],
    };
    expect((await read(t, spec)).map((object) => object.obj)).toContainEqual(vm);
  },
  "skip of a traversal leaves out the objects between": async (t) => {
    const [pool] = await pools(t, 1);
    const selectSet = [{ ...step("pools", "ResourcePool", "resourcePool"), skip: true }];
    const spec = {
      propSet: [propertySpec("ResourcePool", ["name"])],
      objectSet: [{ obj: t.pool, skip: true, selectSet }],
    };
    expect((await read(t, spec)).map((object) => object.obj)).not.toContainEqual(pool);
  },
  "an object met twice comes once": async (t) => {
    const selectSet = [step("up", "Folder", "parent")];
    const objectSet = [
      { obj: t.folder, skip: true, selectSet },
      { obj: t.datacenter, skip: false },
    ];
    const spec = { propSet: [propertySpec("Datacenter", ["name"])], objectSet };
    expect(await read(t, spec)).toHaveLength(1);
  },
  "pages hold no more objects than asked for": async (t) => {
    const made = await pools(t, 3);
    const first = await readPage(t, objectsSpec(made, ["name"]), { maxObjects: 2 });
    expect(first!.objects).toHaveLength(2);
    const { token } = first!;
    expect(token).toBeString();
    const params = { token };
    const rest = await t.call<{ token?: string; objects: Content[] }>(
      t.content.propertyCollector,
      "ContinueRetrievePropertiesEx",
      params,
    );
    expect(rest.objects).toHaveLength(1);
    expect(rest.token).toBeUndefined();
  },
  "a page token is good once": async (t) => {
    const made = await pools(t, 2);
    const first = await readPage(t, objectsSpec(made, ["name"]), { maxObjects: 1 });
    const next = () =>
      t.call(t.content.propertyCollector, "ContinueRetrievePropertiesEx", { token: first!.token });
    await next();
    expect(await t.fault(next())).toBe("InvalidProperty");
  },
  "an empty result of RetrievePropertiesEx is no result": async (t) => {
    const spec = {
      propSet: [propertySpec("VirtualMachine", ["name"])],
      objectSet: [{ obj: t.folder }],
    };
    expect(await readPage(t, spec, {})).toBeUndefined();
  },
});

/** Filters and WaitForUpdatesEx: versions, changes, truncation, cancelling. */
export const updateCases = topic("updates", {
  "the first wait tells what there is": async (t) => {
    const { wait, filter } = await follow(t, objectsSpec([t.folder], ["name"]));
    const set = await wait();
    expect(set!.filterSet![0]!.filter).toEqual(filter);
    expect(updates(set)).toMatchObject([
      { kind: "enter", obj: t.folder, changeSet: [{ name: "name", op: "assign" }] },
    ]);
    expect(set!.truncated ?? false).toBe(false);
  },
  "nothing new is no answer after the wait": async (t) => {
    const { wait } = await follow(t, objectsSpec([t.folder], ["name"]));
    const first = await wait();
    expect(await wait(first!.version, { maxWaitSeconds: 0 })).toBeUndefined();
  },
  "a change is told with what was asked for only": async (t) => {
    const vm = await t.vm();
    const { wait } = await follow(t, objectsSpec([vm], ["runtime.powerState"]));
    const first = await wait();
    await t.task(vm, "PowerOnVM_Task");
    const set = await wait(first!.version);
    expect(updates(set)).toMatchObject([
      {
        kind: "modify",
        obj: vm,
        changeSet: [{ name: "runtime.powerState", op: "assign", val: "poweredOn" }],
      },
    ]);
  },
  "each answer has a version of its own": async (t) => {
    const vm = await t.vm();
    const { wait } = await follow(t, objectsSpec([vm], ["name"]));
    const first = await wait();
    await t.task(vm, "Rename_Task", { newName: t.name("renamed") });
    expect((await wait(first!.version))!.version).not.toBe(first!.version);
  },
  "a change of something else is not told": async (t) => {
    const vm = await t.vm();
    const { wait } = await follow(t, objectsSpec([vm], ["runtime.powerState"]));
    const first = await wait();
    await t.reconfigure(vm, { annotation: "changed" });
    expect(await wait(first!.version, { maxWaitSeconds: 0 })).toBeUndefined();
  },
  "a change while a wait is on its way ends the wait": async (t) => {
    const vm = await t.vm();
    const { wait } = await follow(t, objectsSpec([vm], ["name"]));
    const first = await wait();
    const [set] = await Promise.all([
      wait(first!.version),
      t.task(vm, "Rename_Task", { newName: t.name("renamed") }),
    ]);
    expect(updates(set)[0]).toMatchObject({ kind: "modify", obj: vm });
  },
  "a change below the path asked for changes the path": async (t) => {
    const vm = await t.vm();
    const { wait } = await follow(t, objectsSpec([vm], ["config"]));
    const first = await wait();
    await t.reconfigure(vm, { annotation: "x" });
    const change = updates(await wait(first!.version)).flatMap((update) => update.changeSet ?? []);
    expect(change.every(({ name }) => name === "config" || name.startsWith("config."))).toBe(true);
    expect(change.length).toBeGreaterThan(0);
  },
  "an object that is destroyed leaves": async (t) => {
    const vm = await t.vm();
    const { wait } = await follow(t, poolVmsSpec(t.pool, ["name"]));
    let { version } = (await wait())!;
    await t.task(vm, "Destroy_Task");
    for (;;) {
      const set = await wait(version);
      if (updates(set).some(({ kind, obj }) => kind === "leave" && obj.value === vm.value)) return;
      version = set!.version;
    }
  },
  "an object that comes into a traversal enters": async (t) => {
    const { wait } = await follow(t, poolVmsSpec(t.pool, ["name"]));
    const first = await wait("", { maxWaitSeconds: 1 });
    const vm = await t.vm();
    let version = first?.version ?? "";
    for (;;) {
      const set = await wait(version);
      if (updates(set).some(({ kind, obj }) => kind === "enter" && obj.value === vm.value)) return;
      version = set!.version;
    }
  },
  "a version the server has not given is InvalidCollectorVersion": async (t) => {
    const { wait } = await follow(t, objectsSpec([t.folder], ["name"]));
    await wait();
    expect(await t.fault(wait("no-such-version", { maxWaitSeconds: 1 }))).toBe(
      "InvalidCollectorVersion",
    );
  },
  "the empty version starts over": async (t) => {
    const { wait } = await follow(t, objectsSpec([t.folder], ["name"]));
    await wait();
    expect(updates(await wait(""))).toMatchObject([{ kind: "enter", obj: t.folder }]);
  },
  "more than fits is truncated and comes with the next version": async (t) => {
    const made = await pools(t, 3);
    const { wait } = await follow(t, objectsSpec(made, ["name"]));
    const options = { maxWaitSeconds: 5, maxObjectUpdates: 2 };
    const first = await wait("", options);
    expect(updates(first)).toHaveLength(2);
    expect(first!.truncated).toBe(true);
    const second = await wait(first!.version, options);
    expect(updates(second)).toHaveLength(1);
    expect(second!.truncated ?? false).toBe(false);
  },
  "a wait is cancelled with RequestCanceled": async (t) => {
    const { wait, collector } = await follow(t, objectsSpec([t.folder], ["name"]));
    const first = await wait();
    const waiting = wait(first!.version, { maxWaitSeconds: 30 }).then(
      () => "answered",
      (error: unknown) => (hasFault(error, "RequestCanceled") ? "cancelled" : String(error)),
    );
    const isOver = { now: false };
    const outcome = waiting.finally(() => (isOver.now = true));
    while (!isOver.now) await t.call(collector, "CancelWaitForUpdates");
    expect(await outcome).toBe("cancelled");
  },
  "a filter that is destroyed tells nothing more": async (t) => {
    const vm = await t.vm();
    const { wait, filter } = await follow(t, objectsSpec([vm], ["name"]));
    const first = await wait();
    await t.call(filter, "DestroyPropertyFilter");
    await t.task(vm, "Rename_Task", { newName: t.name("renamed") });
    expect(await wait(first!.version, { maxWaitSeconds: 0 })).toBeUndefined();
  },
  "a destroyed collector is gone with its filters": async (t) => {
    const { collector, filter } = await follow(t, objectsSpec([t.folder], ["name"]));
    await t.call(collector, "DestroyPropertyCollector");
    expect(await t.fault(t.call(filter, "DestroyPropertyFilter"))).toBe("ManagedObjectNotFound");
  },
  "two filters of a collector answer in one set": async (t) => {
    const { collector, wait } = await follow(t, objectsSpec([t.folder], ["name"]));
    const spec = objectsSpec([t.host], ["name"]);
    await t.call(collector, "CreateFilter", { spec, partialUpdates: false });
    expect((await wait())!.filterSet).toHaveLength(2);
  },
  "a filter of an object that is gone is refused": async (t) => {
    const spec = objectsSpec([{ type: "Folder", value: "no-such" }], ["name"]);
    const made = t.call(t.content.propertyCollector, "CreateFilter", {
      spec,
      partialUpdates: false,
    });
    expect(await t.fault(made)).toBe("ManagedObjectNotFound");
  },
  "CheckForUpdates answers at once": async (t) => {
    const { collector, wait } = await follow(t, objectsSpec([t.folder], ["name"]));
    const { version } = (await wait())!;
    expect(await t.call(collector, "CheckForUpdates", { version })).toBeUndefined();
  },
  "partial updates name the element that changed": async (t) => {
    const vm = await t.vm({ extraConfig: [{ key: "guestinfo.a", value: "1" }] });
    const { wait } = await follow(t, objectsSpec([vm], ["config.extraConfig"]), true);
    const first = await wait();
    await t.reconfigure(vm, { extraConfig: [{ key: "guestinfo.a", value: "2" }] });
    const changes = updates(await wait(first!.version)).flatMap((update) => update.changeSet ?? []);
    const names = changes.map(({ name }) => name);
    expect(names.some((name) => name.startsWith('config.extraConfig["guestinfo.a"]'))).toBe(true);
  },
});
