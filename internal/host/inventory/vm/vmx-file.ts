import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Datastores } from "../../storage/datastores.ts";
import type { Place } from "../../storage/place.ts";
import type { VmRecord } from "./record.ts";
import { writeVmx } from "./vmx.ts";

/** Where the VM's .vmx is. */
export function vmxPlace(datastores: Datastores, record: VmRecord): Place {
  return datastores.places.parse(record.config.vmPathName);
}

/** The folder that the .vmx is in: the VM's home. */
export function homePlace(datastores: Datastores, record: VmRecord): Place {
  const vmx = vmxPlace(datastores, record);
  return datastores.places.parent(vmx) ?? vmx;
}

/**
 * Writes the .vmx, so that the VM can be registered again after it was unregistered, here or elsewhere. The database
 * is what counts while the VM is registered; so this is not synced.
 */
export function saveVmx(datastores: Datastores, record: VmRecord): void {
  const place = vmxPlace(datastores, record);
  const { absolute } = place;
  // Where the next start clears away what a vic-host that was killed left.
  const temporary = join(datastores.of(place).uploads, `${record.id}.vmx`);
  writeFileSync(temporary, writeVmx(record), { mode: 0o600 });
  renameSync(temporary, absolute);
}
