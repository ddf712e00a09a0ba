import { any, type MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { notFound } from "../../inventory/inventory.ts";
import type { Datastore } from "../../storage/datastore.ts";
import { search, type SearchResult, type SearchSpec } from "../../storage/search.ts";
import { type Call, type Methods, param, startTask } from "../call.ts";

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
  return (await search(datastores.files, place, spec, isRecursive)).map(withDatastore);
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
    const { places, files } = call.world.datastores;
    const place = places.parse(param<string>(call, "name"));
    await files.makeFolder(
      place,
      param<boolean | undefined>(call, "createParentDirectories") === true,
    );
  },
  MoveDatastoreFile_Task: (call) =>
    startTask(call, async () => {
      const { from, to, force } = fromTo(call);
      await call.world.datastores.files.move(from, to, force);
    }),
  CopyDatastoreFile_Task: (call) =>
    startTask(call, async () => {
      const { from, to, force } = fromTo(call);
      await call.world.datastores.files.copy(from, to, force);
    }),
  DeleteDatastoreFile_Task: (call) =>
    startTask(call, async () => {
      const { places, files } = call.world.datastores;
      await files.delete(places.parse(param<string>(call, "name")));
    }),
};

function fromTo(call: Call) {
  const { places } = call.world.datastores;
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
      const { places, files, disks } = call.world.datastores;
      const place = places.parse(param<string>(call, "name"));
      const { capacityKb } = param<{ capacityKb?: number }>(call, "spec");
      if (capacityKb === undefined) throw invalidArgument("spec", "say how large the disk is");
      await files.assertParent(place);
      await disks.create(place, capacityKb * 1024);
      return place.text;
    }),
  DeleteVirtualDisk_Task: (call) =>
    startTask(call, async () => {
      const { places, disks } = call.world.datastores;
      await disks.delete(places.parse(param<string>(call, "name")));
    }),
  QueryVirtualDiskInfo_Task: (call) =>
    startTask(call, async () => {
      const { places, disks } = call.world.datastores;
      const place = places.parse(param<string>(call, "name"));
      await disks.info(place);
      const isWhole = param<boolean>(call, "includeParents");
      const chain = isWhole ? disks.chain(place) : [place];
      return any(
        "ArrayOfVirtualDiskInfo",
        chain.map((each) => ({
          unit: { name: each.text },
          diskType: "thin",
          parent: disks.parentOf(each)?.text,
        })),
      );
    }),
};
