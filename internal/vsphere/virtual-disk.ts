import { VicError } from "../errors/errors.ts";
import { hasFault } from "../vim25/fault.ts";
import { retryBusy } from "../vim25/retry.ts";
import { invokeTask } from "../vim25/typed.ts";
import type { MoRef } from "../vim25/types.ts";
import type { Datastore } from "./datastore.ts";

function manager(datastore: Datastore): MoRef {
  const ref = datastore.client.content.virtualDiskManager;
  if (!ref) throw new VicError("unsupported", "this endpoint has no virtual disk manager");
  return ref;
}

/** Makes a thin, empty disk that no VM has. */
export async function createDisk(
  datastore: Datastore,
  path: string,
  capacityKb: number,
  signal?: AbortSignal,
): Promise<void> {
  const spec = {
    _type: "FileBackedVirtualDiskSpec",
    diskType: "thin",
    adapterType: "lsiLogic",
    capacityKb,
  } as const;
  const params = { name: datastore.full(path), datacenter: datastore.datacenter, spec };
  await invokeTask(datastore.client, manager(datastore), "CreateVirtualDisk_Task", params, {
    signal,
  });
}

/** Deletes a disk (descriptor and extents); one that is not there is fine. Its children must be gone. */
export async function deleteDisk(
  datastore: Datastore,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const params = { name: datastore.full(path), datacenter: datastore.datacenter };
  const { client } = datastore;
  try {
    await retryBusy(
      () => invokeTask(client, manager(datastore), "DeleteVirtualDisk_Task", params, { signal }),
      { signal, also: ["FileLocked"] },
    );
  } catch (error) {
    if (!hasFault(error, "FileNotFound")) throw error;
  }
}

/** A disk and its parent, as the server tells it. */
export interface DiskInfo {
  /** `[ds] path` */
  name: string;
  diskType: string;
  parent: string | undefined;
}

/** The chain of a disk: itself first, then parent after parent. */
export async function diskChain(
  datastore: Datastore,
  path: string,
  signal?: AbortSignal,
): Promise<DiskInfo[]> {
  const params = {
    name: datastore.full(path),
    datacenter: datastore.datacenter,
    includeParents: true,
  };
  const { client } = datastore;
  const result = await invokeTask(client, manager(datastore), "QueryVirtualDiskInfo_Task", params, {
    signal,
  });
  return [result ?? []].flat().map((info) => ({
    name: info.unit.name,
    diskType: info.diskType,
    parent: info.parent === "" ? undefined : info.parent,
  }));
}
