import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

const system = (t: Scene) => t.get<MoRef>(t.host, "configManager.networkSystem");
interface NetworkInfo {
  vswitch?: { name: string }[];
  portgroup?: { spec: { name: string; vlanId: number; vswitchName: string } }[];
}
const networkInfo = async (t: Scene) => t.get<NetworkInfo>(await system(t), "networkInfo");

async function addSwitch(t: Scene): Promise<string> {
  const vswitchName = t.name("switch");
  const self = await system(t);
  await t.call(self, "AddVirtualSwitch", { vswitchName, spec: { numPorts: 128 } });
  t.defer(() => t.call(self, "RemoveVirtualSwitch", { vswitchName }));
  return vswitchName;
}
async function addPortGroup(t: Scene, vswitchName: string, vlanId = 0): Promise<string> {
  const name = t.name("group");
  const self = await system(t);
  await t.call(self, "AddPortGroup", { portgrp: { name, vlanId, vswitchName, policy: {} } });
  t.defer(() => t.call(self, "RemovePortGroup", { pgName: name }));
  return name;
}
const networkNames = async (t: Scene) => {
  const refs = await t.get<MoRef[]>(t.host, "network");
  return Promise.all(refs.map((ref) => t.get<string>(ref, "name")));
};

/** Virtual switches and port groups of a host. */
export const networkCases = topic("host network", {
  "a switch is added and removed": async (t) => {
    const name = await addSwitch(t);
    expect((await networkInfo(t)).vswitch!.map((one) => one.name)).toContain(name);
    await t.call(await system(t), "RemoveVirtualSwitch", { vswitchName: name });
    expect((await networkInfo(t)).vswitch!.map((one) => one.name)).not.toContain(name);
  },
  "a second switch of a name is AlreadyExists": async (t) => {
    const vswitchName = await addSwitch(t);
    expect(await t.fault(t.call(await system(t), "AddVirtualSwitch", { vswitchName }))).toBe(
      "AlreadyExists",
    );
  },
  "a switch that is not there is NotFound": async (t) => {
    const params = { vswitchName: t.name("none") };
    expect(await t.fault(t.call(await system(t), "RemoveVirtualSwitch", params))).toBe("NotFound");
  },
  "a port group is a network": async (t) => {
    const name = await addPortGroup(t, await addSwitch(t));
    expect(await networkNames(t)).toContain(name);
    const found = await t.session.finder.network(name);
    expect(found.ref.type).toBe("Network");
  },
  "a port group has its VLAN and switch": async (t) => {
    const vswitchName = await addSwitch(t);
    const name = await addPortGroup(t, vswitchName, 42);
    const groups = (await networkInfo(t)).portgroup!;
    expect(groups.map((group) => group.spec)).toContainEqual(
      expect.objectContaining({ name, vlanId: 42, vswitchName }),
    );
  },
  "a port group is removed": async (t) => {
    const name = await addPortGroup(t, await addSwitch(t));
    await t.call(await system(t), "RemovePortGroup", { pgName: name });
    expect(await networkNames(t)).not.toContain(name);
  },
  "a second port group of a name is AlreadyExists": async (t) => {
    const vswitchName = await addSwitch(t);
    const name = await addPortGroup(t, vswitchName);
    const again = t.call(await system(t), "AddPortGroup", {
      portgrp: { name, vlanId: 0, vswitchName, policy: {} },
    });
    expect(hasFault(await t.error(again), "AlreadyExists", "DuplicateName")).toBe(true);
  },
  "a port group on a switch that is not there is NotFound": async (t) => {
    const portgrp = { name: t.name("group"), vlanId: 0, vswitchName: "no-such", policy: {} };
    expect(await t.fault(t.call(await system(t), "AddPortGroup", { portgrp }))).toBe("NotFound");
  },
  "a port group that is not there is NotFound": async (t) => {
    const params = { pgName: t.name("none") };
    expect(await t.fault(t.call(await system(t), "RemovePortGroup", params))).toBe("NotFound");
  },
  "a VLAN out of range is InvalidArgument": async (t) => {
    const portgrp = {
      name: t.name("group"),
      vlanId: 5000,
      vswitchName: await addSwitch(t),
      policy: {},
    };
    const error = await t.error(t.call(await system(t), "AddPortGroup", { portgrp }));
    expect(hasFault(error, "InvalidArgument", "HostConfigFault")).toBe(true);
  },
  "the management interface has an address": async (t) => {
    expect(await t.session.managementAddress(t.host)).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  },
});

async function addDvs(t: Scene): Promise<MoRef> {
  const folder = await t.get<MoRef>(t.datacenter, "networkFolder");
  const configSpec = { _type: "VMwareDVSConfigSpec", name: t.name("dvs") };
  const dvs = await t.task(folder, "CreateDVS_Task", { spec: { configSpec } });
  t.defer(() => t.task(dvs, "Destroy_Task"));
  return dvs;
}
async function addDvPortgroup(t: Scene, dvs: MoRef): Promise<MoRef> {
  const name = t.name("dvpg");
  await t.task(dvs, "AddDVPortgroup_Task", { spec: [{ name, type: "earlyBinding", numPorts: 8 }] });
  const groups = await t.get<MoRef[]>(dvs, "portgroup");
  for (const group of groups) {
    if ((await t.get<string>(group, "name")) !== name) continue;
    t.defer(() => t.task(group, "Destroy_Task"));
    return group;
  }
  throw new Error(`no port group ${name}`);
}

/** Distributed switches and port groups. */
export const dvsCases = topic("distributed switch", {
  "a host has none": {
    esx: async (t) => {
      const error = await t.error(addDvs(t));
      expect(hasFault(error, "NotSupported")).toBe(true);
    },
  },
  "a switch is made in the network folder": {
    vcenter: async (t) => {
      const dvs = await addDvs(t);
      expect(dvs.type).toMatch(/DistributedVirtualSwitch$/);
      expect(await t.get<MoRef>(dvs, "parent")).toEqual(
        await t.get<MoRef>(t.datacenter, "networkFolder"),
      );
      expect((await t.get<string>(dvs, "uuid")).replaceAll(/[\s-]/g, "")).toMatch(/^[0-9a-f]{32}$/);
    },
  },
  "a port group has its key and its switch": {
    vcenter: async (t) => {
      const dvs = await addDvs(t);
      const group = await addDvPortgroup(t, dvs);
      expect(await t.get<string>(group, "key")).not.toBe("");
      expect(await t.get<MoRef>(group, "config.distributedVirtualSwitch")).toEqual(dvs);
    },
  },
  "a NIC goes on a port group": {
    vcenter: async (t) => {
      const [group] = (await t.get<MoRef[]>(t.session.compute, "network")).filter(
        (ref) => ref.type === "DistributedVirtualPortgroup",
      );
      const dvs = await t.get<MoRef>(group!, "config.distributedVirtualSwitch");
      const port = {
        portgroupKey: await t.get<string>(group!, "key"),
        switchUuid: await t.get<string>(dvs, "uuid"),
      };
      const backing = { _type: "VirtualEthernetCardDistributedVirtualPortBackingInfo", port };
      const vm = await t.vm({
        deviceChange: [{ operation: "add", device: { _type: "VirtualVmxnet3", key: -3, backing } }],
      });
      const [made] = await t.device(vm, "VirtualVmxnet3");
      expect(made!.backing).toMatchObject({ port });
      expect(await t.get<MoRef[]>(vm, "network")).toEqual([group!]);
    },
  },
  "a name that is taken is DuplicateName": {
    vcenter: async (t) => {
      const name = await t.get<string>(await addDvs(t), "name");
      const folder = await t.get<MoRef>(t.datacenter, "networkFolder");
      const spec = { configSpec: { _type: "VMwareDVSConfigSpec", name } };
      expect(await t.fault(t.task(folder, "CreateDVS_Task", { spec }))).toBe("DuplicateName");
    },
  },
  "a switch is destroyed with its port groups": {
    vcenter: async (t) => {
      const dvs = await addDvs(t);
      const group = await addDvPortgroup(t, dvs);
      await t.task(dvs, "Destroy_Task");
      expect(await t.fault(t.get(group, "name"))).toBe("ManagedObjectNotFound");
    },
  },
});

const reconfigure = (t: Scene, spec: DataObject) =>
  t.task(t.session.compute, "ReconfigureComputeResource_Task", { spec, modify: true });

/** Clusters. */
export const clusterCases = topic("cluster", {
  "tells that DRS is on": {
    vcenter: async (t) => {
      const config = await t.get<DataObject>(t.session.compute, "configurationEx");
      expect(config).toMatchObject({ drsConfig: { enabled: true } });
    },
  },
  "a group of VMs is added, changed and removed": {
    vcenter: async (t) => {
      const name = t.name("group");
      const [one, two] = [await t.vm(), await t.vm()];
      const groupOf = async () => {
        const groups = await t.get<DataObject[] | undefined>(
          t.session.compute,
          "configurationEx.group",
        );
        return (groups ?? []).find((group) => group["name"] === name);
      };
      const info = (vm: MoRef[]) => ({ _type: "ClusterVmGroup", name, vm });
      const spec = (operation: string, more: DataObject) => ({
        _type: "ClusterConfigSpecEx",
        groupSpec: [{ operation, ...more }],
      });
      await reconfigure(t, spec("add", { info: info([one]) }));
      expect(await groupOf()).toMatchObject({ vm: [one] });
      await reconfigure(t, spec("edit", { info: info([one, two]) }));
      expect(await groupOf()).toMatchObject({ vm: [one, two] });
      await reconfigure(t, spec("remove", { removeKey: name }));
      expect(await groupOf()).toBeUndefined();
    },
  },
  "a group that is there is not added again": {
    vcenter: async (t) => {
      const info = { _type: "ClusterVmGroup", name: t.name("group"), vm: [] };
      const add = { _type: "ClusterConfigSpecEx", groupSpec: [{ operation: "add", info }] };
      t.defer(() =>
        reconfigure(t, {
          _type: "ClusterConfigSpecEx",
          groupSpec: [{ operation: "remove", removeKey: info.name }],
        }),
      );
      await reconfigure(t, add);
      expect(
        hasFault(
          await t.error(reconfigure(t, add)),
          "InvalidArgument",
          "DuplicateName",
          "AlreadyExists",
        ),
      ).toBe(true);
    },
  },
  "a cluster is made in the host folder and destroyed": {
    vcenter: async (t) => {
      const folder = await t.get<MoRef>(t.datacenter, "hostFolder");
      const cluster = await t.call(folder, "CreateClusterEx", {
        name: t.name("cluster"),
        spec: {},
      });
      t.defer(() => t.task(cluster, "Destroy_Task"));
      expect(cluster.type).toBe("ClusterComputeResource");
      expect((await t.get<MoRef>(cluster, "resourcePool")).type).toBe("ResourcePool");
      expect((await t.get<MoRef[] | undefined>(cluster, "host")) ?? []).toEqual([]);
    },
  },
  "a host makes no cluster": {
    esx: async (t) => {
      const folder = await t.get<MoRef>(t.datacenter, "hostFolder");
      expect(
        await t.fault(t.call(folder, "CreateClusterEx", { name: t.name("cluster"), spec: {} })),
      ).toBe("NotSupported");
    },
  },
});
