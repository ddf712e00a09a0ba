import { any } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { virtualNicManagerInfo } from "../../inventory/network-info.ts";
import { refs } from "../../inventory/refs.ts";
import { search, type SearchResult, type SearchSpec } from "../../storage/search.ts";
import { type Call, type Methods, param, startTask } from "../call.ts";

/** HostNetworkSystem. */
export const hostNetworkSystem: Methods = {
  AddVirtualSwitch: (call) => {
    const spec = param<{ numPorts?: number } | undefined>(call, "spec");
    call.world.networks.addSwitch(param<string>(call, "vswitchName"), spec?.numPorts);
  },
  RemoveVirtualSwitch: (call) =>
    call.world.networks.removeSwitch(param<string>(call, "vswitchName")),
  AddPortGroup: (call) => {
    const { name, vlanId, vswitchName } = param<{
      name: string;
      vlanId: number;
      vswitchName: string;
    }>(call, "portgrp");
    return call.world.networks.addGroup({ name, vlanId, switchName: vswitchName });
  },
  RemovePortGroup: (call) => call.world.networks.removeGroup(param<string>(call, "pgName")),
  RefreshNetworkSystem: () => undefined,
  QueryNetworkHint: () => [],
};

/** HostVirtualNicManager. */
export const hostVirtualNicManager: Methods = {
  QueryNetConfig: (call) => {
    const wanted = param<string>(call, "nicType");
    const all = virtualNicManagerInfo()["netConfig"] as { nicType: string }[];
    return all.find((config) => config.nicType === wanted);
  },
};

/** HostFirewallSystem: there is none, so everything is open. */
export const hostFirewallSystem: Methods = {
  EnableRuleset: (call) => noRuleset(call),
  DisableRuleset: (call) => noRuleset(call),
  RefreshFirewall: () => undefined,
};

function noRuleset(call: Call): never {
  throw fault("NotFound", `there is no ruleset "${param<string>(call, "id")}"`);
}

/** HostSystem. */
export const hostSystem: Methods = {
  RetrieveHardwareUptime: (call) =>
    Math.max(0, Math.round((Date.now() - Date.parse(call.world.hardware.bootTime)) / 1000)),
};

const withDatastore = (result: SearchResult) => ({
  _type: "HostDatastoreBrowserSearchResults",
  datastore: refs.datastore,
  ...result,
});

const searchFrom = async (call: Call, isRecursive: boolean) => {
  const { datastore } = call.world;
  const place = datastore.places.parse(param<string>(call, "datastorePath"));
  const spec = param<SearchSpec | undefined>(call, "searchSpec") ?? {};
  return (await search(datastore, place, spec, isRecursive)).map(withDatastore);
};

/** HostDatastoreBrowser. */
export const hostDatastoreBrowser: Methods = {
  SearchDatastore_Task: (call) => startTask(call, async () => (await searchFrom(call, false))[0]),
  SearchDatastoreSubFolders_Task: (call) =>
    startTask(call, async () =>
      any("ArrayOfHostDatastoreBrowserSearchResults", await searchFrom(call, true)),
    ),
  DeleteFile: async (call) => {
    const { places, files } = call.world.datastore;
    await files.delete(places.parse(param<string>(call, "datastorePath")));
  },
};

/** FileManager. */
export const fileManager: Methods = {
  MakeDirectory: async (call) => {
    const { places, files } = call.world.datastore;
    const place = places.parse(param<string>(call, "name"));
    await files.makeFolder(
      place,
      param<boolean | undefined>(call, "createParentDirectories") === true,
    );
  },
  MoveDatastoreFile_Task: (call) =>
    startTask(call, async () => {
      const { from, to, force } = fromTo(call);
      await call.world.datastore.files.move(from, to, force);
    }),
  CopyDatastoreFile_Task: (call) =>
    startTask(call, async () => {
      const { from, to, force } = fromTo(call);
      await call.world.datastore.files.copy(from, to, force);
    }),
  DeleteDatastoreFile_Task: (call) =>
    startTask(call, async () => {
      const { places, files } = call.world.datastore;
      await files.delete(places.parse(param<string>(call, "name")));
    }),
};

function fromTo(call: Call) {
  const { places } = call.world.datastore;
  return {
    from: places.parse(param<string>(call, "sourceName")),
    to: places.parse(param<string>(call, "destinationName")),
    force: param<boolean | undefined>(call, "force") === true,
  };
}

/** VirtualDiskManager. */
export const virtualDiskManager: Methods = {
  CreateVirtualDisk_Task: (call) =>
    startTask(call, async () => {
      const { places, files, disks } = call.world.datastore;
      const place = places.parse(param<string>(call, "name"));
      const { capacityKb } = param<{ capacityKb?: number }>(call, "spec");
      if (capacityKb === undefined) throw invalidArgument("spec", "say how large the disk is");
      await files.assertParent(place);
      await disks.create(place, capacityKb * 1024);
      return place.text;
    }),
  DeleteVirtualDisk_Task: (call) =>
    startTask(call, async () => {
      const { places, disks } = call.world.datastore;
      await disks.delete(places.parse(param<string>(call, "name")));
    }),
  QueryVirtualDiskInfo_Task: (call) =>
    startTask(call, async () => {
      const { places, disks } = call.world.datastore;
      const place = places.parse(param<string>(call, "name"));
      await disks.info(place);
      const isWhole = param<boolean>(call, "includeParents");
      const chain = isWhole ? disks.chain(place.relative) : [place.relative];
      return any(
        "ArrayOfVirtualDiskInfo",
        chain.map((path) => ({
          unit: { name: places.at(path).text },
          diskType: "thin",
          parent: disks.parentText(path),
        })),
      );
    }),
};
