import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { TestHost } from "./testing/fakes.ts";

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const call = <T = unknown>(ref: MoRef, method: string, params: Record<string, unknown> = {}) =>
  host.client.call<T>(ref, method, params);
const { create } = callsOf(() => host);
const post = (body: string) =>
  fetch(`${host.running.url}/sdk`, { method: "POST", body, tls: { rejectUnauthorized: false } });

interface Update {
  version: string;
  truncated?: boolean;
  filterSet: {
    objectSet: { kind: string; obj: MoRef; changeSet?: { name: string; val: unknown }[] }[];
  }[];
}

test("the host says that VMs are slow, and why", async () => {
  const path = "configIssue";
  const issues = (await retrieveOne(host.client, refs.host, [path]))[path];
  expect(issues).toMatchObject([
    {
      _type: "EventEx",
      fullFormattedMessage: "virtual machines run in software emulation: a fake",
    },
  ]);
  host.hypervisor.accelerator = { name: "kvm", reason: "" };
  expect((await retrieveOne(host.client, refs.host, [path]))[path] ?? []).toEqual([]);
});

describe("sessions", () => {
  test("need the password", async () => {
    expect(await fails(host.connect("wrong"))).toBe("InvalidLogin");
    await using other = await host.connect();
    expect(other.content.about.apiType).toBe("HostAgent");
  });

  test("are asked for by everything that is not open", async () => {
    const envelope = (method: string, type: string, value: string) =>
      `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><${method} xmlns="urn:vim25">` +
      `<_this type="${type}">${value}</_this></${method}></Body></Envelope>`;
    const answer = await post(envelope("PowerOnVM_Task", "VirtualMachine", "1"));
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('xsi:type="NotAuthenticated"');
    const time = await post(envelope("CurrentTime", "ServiceInstance", "ServiceInstance"));
    expect(time.status).toBe(200);
    expect(await (await post(envelope("Nonsense", "Folder", "x"))).text()).toContain(
      "MethodNotFound",
    );
    expect((await post("<<<")).status).toBe(500);
    expect((await post("x".repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
  });
});

describe("faults", () => {
  test("have the type that tells what is wrong", async () => {
    const gone = { type: "VirtualMachine", value: "999" };
    expect(await fails(call(gone, "PowerOnVM_Task"))).toBe("ManagedObjectNotFound");
    const spec = (path: string) => ({
      specSet: [
        { propSet: [{ type: "Folder", pathSet: [path] }], objectSet: [{ obj: refs.vmFolder }] },
      ],
    });
    const retrieve = (path: string) =>
      call(refs.propertyCollector, "RetrieveProperties", spec(path));
    expect(await fails(retrieve("nonsense"))).toBe("InvalidProperty");
    expect(await fails(retrieve("name"))).toBeUndefined();
    expect(await fails(call(refs.rootFolder, "CreateDatacenter", { name: "x" }))).toBe(
      "NotSupported",
    );
    const path = { name: "[datastore1] ../x" };
    expect(await fails(call(refs.fileManager, "MakeDirectory", path))).toBe("InvalidDatastorePath");
    expect(await fails(call(refs.networkSystem, "RemovePortGroup", { pgName: "no" }))).toBe(
      "NotFound",
    );
    const removed = call(refs.networkSystem, "RemovePortGroup", { pgName: "VM Network" });
    expect(await fails(removed)).toBe("ResourceInUse");
  });
});

describe("the property collector", () => {
  test("follows specs that refer to each other in circles", async () => {
    const vm = await create("circle");
    const objects = await call<{ obj: MoRef }[]>(refs.propertyCollector, "RetrieveProperties", {
      specSet: [
        {
          propSet: [{ type: "ManagedEntity", pathSet: ["name"] }],
          objectSet: [
            {
              obj: refs.rootFolder,
              skip: true,
              selectSet: [
                {
                  _type: "TraversalSpec",
                  name: "folder",
                  type: "Folder",
                  path: "childEntity",
                  selectSet: [{ name: "folder" }, { name: "dc" }],
                },
                {
                  _type: "TraversalSpec",
                  name: "dc",
                  type: "Datacenter",
                  path: "vmFolder",
                  skip: true,
                  selectSet: [{ name: "folder" }, { name: "dc" }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(objects.map((o) => o.obj)).toEqual([refs.datacenter, vm]);
    await runTask(host.client, vm, "Destroy_Task");
  });

  test("tells of objects that enter, change and leave, a few at a time", async () => {
    const view = await call<MoRef>(refs.viewManager, "CreateContainerView", {
      container: refs.rootFolder,
      type: ["VirtualMachine"],
      recursive: true,
    });
    const collector = await call<MoRef>(refs.propertyCollector, "CreatePropertyCollector");
    await call(collector, "CreateFilter", {
      spec: {
        propSet: [{ type: "VirtualMachine", pathSet: ["name", "runtime.powerState"] }],
        objectSet: [
          {
            obj: view,
            skip: true,
            selectSet: [{ _type: "TraversalSpec", name: "v", type: "ContainerView", path: "view" }],
          },
        ],
      },
      partialUpdates: false,
    });
    const wait = (version: string, options: Record<string, unknown> = { maxWaitSeconds: 20 }) =>
      call<Update | undefined>(collector, "WaitForUpdatesEx", { version, options });
    expect(await wait("", { maxWaitSeconds: 0 })).toBeUndefined();
    const [a, b] = [await create("a"), await create("b")];
    const first = await wait("", { maxObjectUpdates: 1 });
    expect(first?.truncated).toBe(true);
    const second = await wait(first!.version);
    expect(second?.filterSet[0]?.objectSet.map((o) => [o.kind, o.obj])).toEqual([["enter", b]]);
    // An answer that got lost is given again.
    expect(await wait(first!.version)).toEqual(second);
    const waiting = wait(second!.version);
    await call(a, "PowerOnVM_Task");
    const third = await waiting;
    expect(third?.filterSet[0]?.objectSet).toMatchObject([
      { kind: "modify", obj: a, changeSet: [{ name: "runtime.powerState", val: "poweredOn" }] },
    ]);
    expect(await fails(wait("77"))).toBe("InvalidCollectorVersion");
    await call(b, "UnregisterVM");
    const fourth = await wait(third!.version);
    expect(fourth?.filterSet[0]?.objectSet).toMatchObject([{ kind: "leave", obj: b }]);
    const cancelled = fails(wait(fourth!.version));
    await retrieveOne(host.client, a, ["name"]);
    await call(collector, "CancelWaitForUpdates");
    expect(await cancelled).toBe("RequestCanceled");
    await call(collector, "DestroyPropertyCollector");
    expect(await fails(wait(""))).toBe("ManagedObjectNotFound");
  });
});

describe("events", () => {
  test("come in pages, newest first, as they happen", async () => {
    const vm = await create("events");
    const collector = await call<MoRef>(refs.eventManager, "CreateCollectorForEvents", {
      filter: {
        entity: { entity: refs.computeResource, recursion: "all" },
        eventTypeId: ["VmPoweredOnEvent", "vim.event.VmPoweredOffEvent"],
      },
    });
    await call(collector, "SetCollectorPageSize", { maxCount: 2 });
    for (const method of ["PowerOnVM_Task", "PowerOffVM_Task", "PowerOnVM_Task"]) {
      await runTask(host.client, vm, method);
    }
    const { latestPage } = await retrieveOne(host.client, collector, ["latestPage"]);
    const page = latestPage as { _type: string; key: number; vm: { vm: MoRef } }[];
    expect(page.map((e) => e._type)).toEqual(["VmPoweredOnEvent", "VmPoweredOffEvent"]);
    expect(page[0]!.key).toBeGreaterThan(page[1]!.key);
    expect(page[0]!.vm.vm).toEqual(vm);
    const next = await call<unknown[]>(collector, "ReadNextEvents", { maxCount: 100 });
    expect(next.length).toBeGreaterThanOrEqual(3);
    expect(await call<unknown[]>(collector, "ReadNextEvents", { maxCount: 100 })).toEqual([]);
  });
});
