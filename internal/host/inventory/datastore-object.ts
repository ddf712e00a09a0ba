import { sameRef } from "../../vim25/types.ts";
import type { Datastore } from "../storage/datastore.ts";
import { entityProperties } from "./entity.ts";
import type { ManagedObject } from "./inventory.ts";
import type { World } from "./world.ts";

/** Largest file that is promised, bytes. */
const fileMaxBytes = 62 * 1024 ** 4;

/** The Datastore and its own HostDatastoreBrowser. */
export function datastoreObjects(world: World, datastore: Datastore): ManagedObject[] {
  const { ref, browser, root, space } = datastore;
  const { refs } = world;
  const url = datastoreUrl(datastore);
  const mount = { path: root, accessMode: "readWrite", mounted: true, accessible: true };
  const properties = {
    ...entityProperties(
      () => datastore.name,
      () => refs.datastoreFolder,
    ),
    summary: () => ({
      datastore: ref,
      name: datastore.name,
      url,
      capacity: space.capacityBytes,
      freeSpace: space.freeBytes,
      uncommitted: 0,
      accessible: true,
      multipleHostAccess: false,
      type: "VMFS",
      maintenanceMode: "normal",
    }),
    info: () => ({
      _type: "LocalDatastoreInfo",
      name: datastore.name,
      url,
      freeSpace: space.freeBytes,
      maxFileSize: fileMaxBytes,
      path: root,
    }),
    host: () => [{ key: refs.host, mountInfo: mount }],
    vm: () =>
      world.vms.all().flatMap((vm) => (vm.datastores.some((d) => sameRef(d, ref)) ? [vm.ref] : [])),
    browser: () => browser,
    capability: () => ({
      directoryHierarchySupported: true,
      rawDiskMappingsSupported: false,
      perFileThinProvisioningSupported: true,
      topLevelDirectoryCreateSupported: true,
    }),
  };
  return [
    { ref, properties },
    { ref: browser, properties: { datastore: () => [ref] } },
  ];
}

/** `ds:///vmfs/…/`: what names a datastore whatever it is called. */
export const datastoreUrl = ({ root }: Datastore): string => `ds:///${root.replace(/^\/+/, "")}/`;
