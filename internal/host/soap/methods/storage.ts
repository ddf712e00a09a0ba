import { randomUUID } from "node:crypto";
import { any, type MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { notFound } from "../../inventory/inventory.ts";
import type { Datastore } from "../../storage/datastore.ts";
import type { Place } from "../../storage/place.ts";
import { search, type SearchResult, type SearchSpec } from "../../storage/search.ts";
import { type Call, type Methods, param, startTask } from "../call.ts";
import { checkDatacenters } from "./datacenters.ts";

function datastoreOf(call: Call, ref: MoRef = call.object.ref): Datastore {
  const found = call.world.datastores.byRef(ref);
  if (!found) throw notFound(ref);
  return found;
}

/** Datastore. */
export const datastore: Methods = {
  RefreshDatastore: async (call) => {
    await datastoreOf(call).space.count();
    call.world.inventory.changed(call.object.ref);
  },
  RefreshDatastoreStorageInfo: (call) => datastore["RefreshDatastore"]?.(call),
  RenameDatastore: (call) =>
    call.world.datastoreSet.rename(datastoreOf(call), param<string>(call, "newName")),
  Rename_Task: (call) =>
    startTask(call, async () =>
      call.world.datastoreSet.rename(datastoreOf(call), param<string>(call, "newName")),
    ),
  DestroyDatastore: (call) => call.world.datastoreSet.remove(datastoreOf(call)),
  Destroy_Task: (call) =>
    startTask(call, async () => call.world.datastoreSet.remove(datastoreOf(call))),
};

/** HostDatastoreSystem. */
export const hostDatastoreSystem: Methods = {
  CreateLocalDatastore: (call) =>
    call.world.datastoreSet.create(param<string>(call, "name"), param<string>(call, "path")),
  RemoveDatastore: (call) =>
    call.world.datastoreSet.remove(datastoreOf(call, param<MoRef>(call, "datastore"))),
};

/** HostStorageSystem: datastores are folders, so there is no device that could be new. */
export const hostStorageSystem: Methods = {
  RescanAllHba: () => undefined,
  RescanVmfs: () => undefined,
  RefreshStorageSystem: async (call) => {
    await call.world.datastores.count();
    call.world.inventory.changed(...call.world.datastores.refs);
  },
};

const searchFrom = async (call: Call, isRecursive: boolean) => {
  const { datastores } = call.world;
  const place = datastores.places.parse(param<string>(call, "datastorePath"));
  const { ref } = datastores.of(place);
  const own = call.object.properties["datastore"]?.() as MoRef[];
  if (!own.some(({ value }) => value === ref.value)) {
    throw fault("InvalidDatastore", `this browser does not look at "${place.text}"`, {
      datastore: ref,
    });
  }
  const spec = param<SearchSpec | undefined>(call, "searchSpec") ?? {};
  const withDatastore = (result: SearchResult) => ({
    _type: "HostDatastoreBrowserSearchResults",
    datastore: ref,
    ...result,
  });
  return (await search(datastores, place, spec, isRecursive)).map(withDatastore);
};

/** HostDatastoreBrowser. */
export const hostDatastoreBrowser: Methods = {
  SearchDatastore_Task: (call) => startTask(call, async () => (await searchFrom(call, false))[0]),
  SearchDatastoreSubFolders_Task: (call) =>
    startTask(call, async () =>
      any("ArrayOfHostDatastoreBrowserSearchResults", await searchFrom(call, true)),
    ),
  DeleteFile: async (call) => {
    const { places, files } = call.world.datastores;
    await files.delete(places.parse(param<string>(call, "datastorePath")));
  },
};

/** FileManager. */
export const fileManager: Methods = {
  MakeDirectory: async (call) => {
    const withParents = param<boolean | undefined>(call, "createParentDirectories") === true;
    await call.world.datastores.files.makeFolder(placeOf(call), withParents);
  },
  MoveDatastoreFile_Task: (call) => {
    const { from, to, force } = fromTo(call);
    const { files } = call.world.datastores;
    return startTask(call, (progress) => files.move(from, to, force, progress));
  },
  CopyDatastoreFile_Task: (call) => {
    const { from, to, force } = fromTo(call);
    const { files } = call.world.datastores;
    return startTask(call, (progress) => files.copy(from, to, { force, progress }));
  },
  DeleteDatastoreFile_Task: (call) => {
    const place = placeOf(call);
    return startTask(call, () => call.world.datastores.files.delete(place));
  },
};

function placeOf(call: Call, name = "name"): Place {
  checkDatacenters(call);
  return call.world.datastores.places.parse(param<string>(call, name));
}

function fromTo(call: Call) {
  return {
    from: placeOf(call, "sourceName"),
    to: placeOf(call, "destinationName"),
    force: param<boolean | undefined>(call, "force") === true,
  };
}

/** DatastoreNamespaceManager. */
export const datastoreNamespaceManager: Methods = {
  CreateDirectory: async (call) => {
    const on = datastoreOf(call, param<MoRef>(call, "datastore"));
    const name = param<string | undefined>(call, "displayName") || randomUUID();
    const place = on.places.at(name);
    if (place.relative !== name || name.includes("/")) {
      throw invalidArgument("displayName", `"${name}" is not the name of one folder`);
    }
    await call.world.datastores.files.makeFolder(place, false);
    return place.absolute;
  },
  DeleteDirectory: async (call) => {
    checkDatacenters(call);
    const { datastores } = call.world;
    const path = param<string>(call, "datastorePath");
    const place = path.startsWith("[")
      ? datastores.places.parse(path)
      : datastores.all().flatMap(({ places }) => places.fromAbsolute(path) ?? [])[0];
    if (!place || place.relative === "" || place.relative.includes("/")) {
      throw fault("InvalidDatastorePath", `"${path}" is not a folder that was made here`, {
        datastorePath: path,
      });
    }
    await datastores.files.delete(place);
  },
  ConvertNamespacePathToUuidPath: (call) => param<string>(call, "namespaceUrl"),
};
