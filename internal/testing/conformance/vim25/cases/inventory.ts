import { expect } from "bun:test";
import { retrieve } from "../../../../vim25/properties.ts";
import type { MoRef } from "../../../../vim25/types.ts";
import { topic } from "../suite.ts";

/** The tree from the root folder to hosts, pools, networks and datastores, and paths in it. */
export const inventoryCases = topic("inventory", {
  "the root folder has the data centers": async (t) => {
    const children = await t.get<MoRef[]>(t.content.rootFolder, "childEntity");
    expect(children.map((child) => child.type)).toContain("Datacenter");
  },
  "the root folder has no parent": async (t) => {
    expect(await t.get(t.content.rootFolder, "parent")).toBeUndefined();
  },
  "a data center has its four folders": async (t) => {
    for (const path of ["vmFolder", "hostFolder", "datastoreFolder", "networkFolder"]) {
      const folder = await t.get<MoRef>(t.datacenter, path);
      expect(folder.type).toBe("Folder");
      expect(await t.get<MoRef>(folder, "parent")).toEqual(t.datacenter);
    }
  },
  "folders say what they take": async (t) => {
    const types = await t.get<string[]>(t.folder, "childType");
    expect(types).toContain("VirtualMachine");
  },
  "a compute resource has its host, root pool, datastores and networks": async (t) => {
    const { compute } = t.session;
    expect(await t.get<MoRef[]>(compute, "host")).toContainEqual(t.host);
    const pool = await t.get<MoRef>(compute, "resourcePool");
    expect(await t.get<MoRef>(pool, "owner")).toEqual(compute);
    expect(await t.get<MoRef[]>(compute, "datastore")).toContainEqual(t.storeRef);
    expect((await t.get<MoRef[]>(compute, "network")).length).toBeGreaterThan(0);
  },
  "the compute resource is a cluster on a vCenter only": async (t) => {
    const wanted = t.isVCenter ? "ClusterComputeResource" : "ComputeResource";
    expect(t.session.compute.type).toBe(wanted);
  },
  "a host tells its state and its hardware": async (t) => {
    const runtime = await t.get<{ connectionState: string; powerState: string }>(t.host, "runtime");
    expect(runtime).toMatchObject({ connectionState: "connected", powerState: "poweredOn" });
    const hardware = await t.get<{ memorySize: number; numCpuCores: number }>(
      t.host,
      "summary.hardware",
    );
    expect(hardware.memorySize).toBeGreaterThan(1 << 28);
    expect(hardware.numCpuCores).toBeGreaterThan(0);
  },
  "a host is where its datastores, networks and VMs are": async (t) => {
    const vm = await t.vm();
    const host = await t.get<MoRef>(vm, "runtime.host");
    expect(await t.get<MoRef[]>(t.session.compute, "host")).toContainEqual(host);
    expect(await t.get<MoRef[]>(host, "datastore")).toContainEqual(t.storeRef);
    expect(await t.get<MoRef[]>(host, "vm")).toContainEqual(vm);
  },
  "a host has the thumbprint of its certificate": async (t) => {
    const print = await t.get<string>(t.host, "summary.config.sslThumbprint");
    expect(print).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
  },
  "a datastore tells its space and its host": async (t) => {
    const summary = await t.get<{
      capacity: number;
      freeSpace: number;
      accessible: boolean;
      name: string;
    }>(t.storeRef, "summary");
    expect(summary).toMatchObject({ accessible: true, name: t.store });
    expect(summary.capacity).toBeGreaterThanOrEqual(summary.freeSpace);
    const mounts = await t.get<{ key: MoRef }[]>(t.storeRef, "host");
    expect(mounts.map((mount) => mount.key)).toContainEqual(t.host);
  },
  "a network tells its host": async (t) => {
    const [network] = await t.get<MoRef[]>(t.host, "network");
    expect(await t.get<MoRef[]>(network!, "host")).toContainEqual(t.host);
  },
  "several objects are read at once, those that are gone are left out": async (t) => {
    const gone: MoRef = { type: "VirtualMachine", value: "no-such" };
    const found = await retrieve(t.client, [gone, t.datacenter, t.host], ["name"]);
    expect(found.map((object) => object.ref)).toEqual([t.datacenter, t.host]);
  },
  "a VM is in its folder and pool": async (t) => {
    const vm = await t.vm();
    expect(await t.get<MoRef>(vm, "parent")).toEqual(t.folder);
    expect(await t.get<MoRef>(vm, "resourcePool")).toEqual(t.pool);
    expect(await t.get<MoRef[]>(t.folder, "childEntity")).toContainEqual(vm);
    expect(await t.get<MoRef[]>(t.pool, "vm")).toContainEqual(vm);
  },
  "a VM is on its datastore": async (t) => {
    const vm = await t.vm();
    expect(await t.get<MoRef[]>(vm, "datastore")).toEqual([t.storeRef]);
    expect(await t.get<MoRef[]>(t.storeRef, "vm")).toContainEqual(vm);
  },
  "a data center is made and destroyed": {
    vcenter: async (t) => {
      const name = t.name("dc");
      const ref = await t.call(t.content.rootFolder, "CreateDatacenter", { name });
      t.defer(() => t.task(ref, "Destroy_Task"));
      expect(await t.get<string>(ref, "name")).toBe(name);
      expect(await t.get<string[]>(await t.get(ref, "vmFolder"), "childType")).toContain(
        "VirtualMachine",
      );
      await t.task(ref, "Destroy_Task");
      expect(await t.get<MoRef[]>(t.content.rootFolder, "childEntity")).not.toContainEqual(ref);
    },
  },
  "a host has no other data center": {
    esx: async (t) => {
      const made = t.call(t.content.rootFolder, "CreateDatacenter", { name: t.name("dc") });
      expect(await t.fault(made)).toBe("NotSupported");
    },
  },
});

/** SearchIndex. */
export const searchCases = topic("search index", {
  "finds a VM by its inventory path": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({ name });
    const inventoryPath = await t.session.finder.pathOf(vm);
    const self = t.manager("searchIndex");
    expect(
      await t.call(self, "FindByInventoryPath", { inventoryPath: inventoryPath.slice(1) }),
    ).toEqual(vm);
    expect(await t.call(self, "FindByInventoryPath", { inventoryPath })).toEqual(vm);
  },
  "answers nothing for a path that is not there": async (t) => {
    const self = t.manager("searchIndex");
    expect(await t.call(self, "FindByInventoryPath", { inventoryPath: "no/such" })).toBeUndefined();
  },
  "finds a VM by its BIOS uuid": async (t) => {
    const vm = await t.vm();
    const uuid = await t.get<string>(vm, "config.uuid");
    const found = await t.call(t.manager("searchIndex"), "FindByUuid", { uuid, vmSearch: true });
    expect(found).toEqual(vm);
  },
  "finds a VM by its instance uuid": async (t) => {
    const vm = await t.vm();
    const uuid = await t.get<string>(vm, "config.instanceUuid");
    const params = { uuid, vmSearch: true, instanceUuid: true };
    expect(await t.call(t.manager("searchIndex"), "FindByUuid", params)).toEqual(vm);
  },
  "finds a host by its uuid": async (t) => {
    const uuid = await t.get<string>(t.host, "summary.hardware.uuid");
    const found = await t.call(t.manager("searchIndex"), "FindByUuid", { uuid, vmSearch: false });
    expect(found).toEqual(t.host);
  },
  "answers nothing for a uuid that is not there": async (t) => {
    const params = { uuid: "00000000-0000-0000-0000-000000000001", vmSearch: true };
    expect(await t.call(t.manager("searchIndex"), "FindByUuid", params)).toBeUndefined();
  },
  "a VM is not found any more once it is destroyed": async (t) => {
    const vm = await t.vm();
    const uuid = await t.get<string>(vm, "config.uuid");
    await t.task(vm, "Destroy_Task");
    const found = t.call(t.manager("searchIndex"), "FindByUuid", { uuid, vmSearch: true });
    expect(await found).toBeUndefined();
  },
  "finds a child by name": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({ name });
    const self = t.manager("searchIndex");
    expect(await t.call(self, "FindChild", { entity: t.folder, name })).toEqual(vm);
    expect(await t.call(self, "FindChild", { entity: t.folder, name: "no-such" })).toBeUndefined();
  },
  "finds a VM by the path of its file": async (t) => {
    const vm = await t.vm();
    const path = await t.get<string>(vm, "config.files.vmPathName");
    const params = { datacenter: t.datacenter, path };
    expect(await t.call(t.manager("searchIndex"), "FindByDatastorePath", params)).toEqual(vm);
  },
  "a VM is found by its own uuid only": async (t) => {
    const uuid = crypto.randomUUID();
    const vm = await t.vm({ uuid });
    const found = await t.call(t.manager("searchIndex"), "FindByUuid", { uuid, vmSearch: true });
    expect(found).toEqual(vm);
    expect(await t.get<string>(vm, "summary.config.uuid")).toBe(uuid);
  },
  "no guest has this address": async (t) => {
    const params = { ip: "192.0.2.77", vmSearch: true };
    expect(await t.call(t.manager("searchIndex"), "FindByIp", params)).toBeUndefined();
  },
  "no guest has this name": async (t) => {
    const params = { dnsName: "no-such.example", vmSearch: true };
    expect(await t.call(t.manager("searchIndex"), "FindByDnsName", params)).toBeUndefined();
  },
});
