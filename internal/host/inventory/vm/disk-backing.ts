import type { Datastores } from "../../storage/datastores.ts";
import type { Place } from "../../storage/place.ts";
import type { Backing, Device } from "./record.ts";

/** The field `parent` of a disk's backing: the parent with all that it is based on; nothing for a base. */
export function parentFields(
  datastores: Datastores,
  parent: Place | undefined,
): { parent?: Backing } {
  if (parent === undefined) return {};
  let backing: Backing | undefined;
  for (const place of datastores.disks.chain(parent).reverse()) {
    backing = {
      _type: "VirtualDiskFlatVer2BackingInfo",
      fileName: place.text,
      datastore: datastores.of(place).ref,
      diskMode: "persistent",
      thinProvisioned: true,
      ...(backing === undefined ? {} : { parent: backing }),
    };
  }
  return backing === undefined ? {} : { parent: backing };
}

/** The disk with another file behind it, whose chain is recorded already. */
export function withFile(datastores: Datastores, device: Device, path: string): Device {
  const { parent: _, ...backing } = device.backing ?? { _type: "VirtualDiskFlatVer2BackingInfo" };
  const place = datastores.places.parse(path);
  const parent = datastores.disks.parentOf(place);
  const fields = { fileName: path, datastore: datastores.of(place).ref };
  return {
    ...device,
    backing: { ...backing, ...fields, ...parentFields(datastores, parent) },
  };
}
