import { renameSync, writeFileSync } from "node:fs";
import type { DatastoreFiles } from "../../storage/datastore.ts";
import type { Place } from "../../storage/place.ts";
import type { VmRecord } from "./record.ts";
import { writeVmx } from "./vmx.ts";

/** Where the VM's .vmx is. */
export function vmxPlace(datastore: DatastoreFiles, record: VmRecord): Place {
  return datastore.places.parse(record.config.vmPathName);
}

/** The folder that the .vmx is in: the VM's home. */
export function homePlace(datastore: DatastoreFiles, record: VmRecord): Place {
  return datastore.places.parent(vmxPlace(datastore, record)) ?? datastore.places.at("");
}

/**
 * Writes the .vmx, so that the VM can be registered again after it was unregistered, here or elsewhere. The database
 * is what counts while the VM is registered; so this is not synced.
 */
export function saveVmx(datastore: DatastoreFiles, record: VmRecord): void {
  const { absolute } = vmxPlace(datastore, record);
  const temporary = `${absolute}~`;
  writeFileSync(temporary, writeVmx(record), { mode: 0o600 });
  renameSync(temporary, absolute);
}
