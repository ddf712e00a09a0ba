import type { Store } from "../inventory/store.ts";
import type { DiskRecord } from "./disk-records.ts";

/** Setting that says that records of disks begin with the id of their datastore. */
const done = "disk-keys";

/** Gives the records of disks from the time of a single datastore the keys that they have now; once. */
export function prefixKeys(store: Store, firstId: string): void {
  if (store.get<boolean>("setting", done)) return;
  store.transaction(() => {
    for (const { id, value } of store.all<DiskRecord>("disk")) {
      const { parent } = value;
      store.delete("disk", id);
      store.put(
        "disk",
        `${firstId}/${id}`,
        parent === undefined ? {} : { parent: `${firstId}/${parent}` },
      );
    }
    store.put("setting", done, true);
  });
}
