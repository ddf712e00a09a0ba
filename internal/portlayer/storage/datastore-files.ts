/** Small files and disks of the image store on a datastore. */
import { findCode } from "../../errors/errors.ts";
import { hasFault } from "../../vim25/fault.ts";
import type { Datastore } from "../../vsphere/datastore.ts";
import { deleteDisk } from "../../vsphere/virtual-disk.ts";
import { unfinishedSuffix, type ImageFiles } from "./image-store.ts";

/** {@link ImageFiles} on a datastore; paths are `[datastore] folder/file`. */
export function datastoreFiles(datastore: Datastore): ImageFiles {
  return {
    makeDirectory: (path) => datastore.mkdir(path),
    async list(folder) {
      try {
        const at = datastore.relative(folder).length + 1;
        return (await datastore.list(folder)).map((file) => file.path.slice(at));
      } catch (error) {
        if (hasFault(error, "FileNotFound") || findCode(error, "not-found")) return [];
        throw error;
      }
    },
    async read(path) {
      return new TextDecoder().decode(await datastore.read(path));
    },
    async write(path, text) {
      // An upload that breaks off must not damage what is there.
      const temporary = `${path}${unfinishedSuffix}`;
      await datastore.upload(text, temporary);
      await datastore.move(temporary, path, { isForced: true });
    },
    remove: (path) => datastore.remove(path),
    removeDisk: (path) => deleteDisk(datastore, path),
  };
}
