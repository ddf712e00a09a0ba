import { expect } from "bun:test";
import { faultOf, hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

interface Found {
  folderPath: string;
  file?: { _type?: string; path: string; fileSize?: number; modification?: string }[];
}

/** A folder on the datastore with some files; gone with the case. */
async function stock(t: Scene): Promise<string> {
  const datastore = await t.session.datastore();
  const dir = t.name("dir");
  await datastore.mkdir(dir);
  t.defer(() => datastore.remove(dir));
  await datastore.upload("hello", `${dir}/a.txt`);
  await datastore.upload("hello world", `${dir}/b.log`);
  await datastore.mkdir(`${dir}/deep`);
  await datastore.upload("x", `${dir}/deep/c.txt`);
  return dir;
}
const browser = (t: Scene) => t.get<MoRef>(t.storeRef, "browser");
const search = async (t: Scene, dir: string, searchSpec: DataObject = all) =>
  t.task<Found>(await browser(t), "SearchDatastore_Task", {
    datastorePath: t.path(dir),
    searchSpec,
  });
const searchDeep = async (t: Scene, dir: string, searchSpec: DataObject = {}) => {
  const params = { datastorePath: t.path(dir), searchSpec };
  return t.task<Found[]>(await browser(t), "SearchDatastoreSubFolders_Task", params);
};
const all = { matchPattern: ["*"] };
const names = (found: Found) => (found.file ?? []).map((file) => file.path).toSorted();
const details = { fileType: true, fileSize: true, modification: true, fileOwner: false };

/** HostDatastoreBrowser. */
export const browserCases = topic("datastore browser", {
  "a folder's files and folders": async (t) => {
    const dir = await stock(t);
    const found = await search(t, dir, {});
    expect(names(found)).toEqual(["a.txt", "b.log", "deep"]);
    expect(found.folderPath).toStartWith(t.path(dir));
  },
  "files that match": async (t) => {
    const dir = await stock(t);
    expect(names(await search(t, dir, { matchPattern: ["*.txt"] }))).toEqual(["a.txt"]);
    expect(names(await search(t, dir, { matchPattern: ["a.*", "*.log"] }))).toEqual([
      "a.txt",
      "b.log",
    ]);
    expect(names(await search(t, dir, { matchPattern: ["?.txt"] }))).toEqual(["a.txt"]);
  },
  "nothing that matches is an empty result": async (t) => {
    const dir = await stock(t);
    expect(names(await search(t, dir, { matchPattern: ["*.none"] }))).toEqual([]);
  },
  "sizes and times when asked for": async (t) => {
    const dir = await stock(t);
    const { file } = await search(t, dir, { details, matchPattern: ["b.log"] });
    expect(file).toMatchObject([{ path: "b.log", fileSize: 11 }]);
    expect(Math.abs(Date.parse(file![0]!.modification!) - Date.now())).toBeLessThan(60_000);
  },
  "folders are told as folders": async (t) => {
    const dir = await stock(t);
    const { file } = await search(t, dir, {
      details,
      matchPattern: ["*"],
      query: [{ _type: "FolderFileQuery" }],
    });
    expect(file).toMatchObject([{ _type: "FolderFileInfo", path: "deep" }]);
  },
  "a folder and all below": async (t) => {
    const dir = await stock(t);
    const found = await searchDeep(t, dir, { matchPattern: ["*.txt"] });
    expect(found.flatMap(names).toSorted()).toEqual(["a.txt", "c.txt"]);
    expect(
      found.some((folder) => folder.folderPath.replace(/\/$/, "") === t.path(`${dir}/deep`)),
    ).toBe(true);
  },
  "a folder that is not there is FileNotFound": async (t) => {
    expect(await t.fault(search(t, "no-such-folder"))).toBe("FileNotFound");
  },
  "a path without a datastore is InvalidDatastorePath": async (t) => {
    const params = { datastorePath: "no brackets" };
    const error = await t.error(t.task(await browser(t), "SearchDatastore_Task", params));
    expect(hasFault(error, "InvalidDatastorePath", "InvalidArgument")).toBe(true);
  },
  "a datastore of another name is InvalidDatastore": async (t) => {
    const params = { datastorePath: "[no-such] x" };
    const error = await t.error(t.task(await browser(t), "SearchDatastore_Task", params));
    expect(hasFault(error, "InvalidDatastore")).toBe(true);
  },
  "case does not matter when told so": async (t) => {
    const dir = await stock(t);
    const spec = { matchPattern: ["A.TXT"], searchCaseInsensitive: true };
    expect(names(await search(t, dir, spec))).toEqual(["a.txt"]);
  },
});

const files = (t: Scene) => t.manager("fileManager");
const mkdir = (t: Scene, dir: string, createParentDirectories = false) =>
  t.call(files(t), "MakeDirectory", {
    name: t.path(dir),
    datacenter: t.datacenter,
    createParentDirectories,
  });
const fileTask = (t: Scene, method: string, from: string, to: string, force = false) =>
  t.task(files(t), method, {
    sourceName: t.path(from),
    sourceDatacenter: t.datacenter,
    destinationName: t.path(to),
    destinationDatacenter: t.datacenter,
    force,
  });
const deleteFile = (t: Scene, file: string) =>
  t.task(files(t), "DeleteDatastoreFile_Task", { name: t.path(file), datacenter: t.datacenter });
const text = async (t: Scene, file: string) =>
  Buffer.from(await (await t.session.datastore()).read(file)).toString();
const exists = async (t: Scene, file: string) =>
  (await (await t.session.datastore()).stat(file)) !== undefined;

/** FileManager and /folder. */
export const fileCases = topic("files", {
  "a folder that is there is FileAlreadyExists": async (t) => {
    const dir = await stock(t);
    expect(await t.fault(mkdir(t, dir))).toBe("FileAlreadyExists");
  },
  "a folder in one that is not there is FileNotFound": async (t) => {
    expect(await t.fault(mkdir(t, `${t.name("none")}/x/y`))).toBe("FileNotFound");
  },
  "folders on the way are made when told so": async (t) => {
    const dir = await stock(t);
    await mkdir(t, `${dir}/x/y/z`, true);
    const datastore = await t.session.datastore();
    await datastore.upload("there", `${dir}/x/y/z/f.txt`);
    expect(await text(t, `${dir}/x/y/z/f.txt`)).toBe("there");
  },
  "a file is moved": async (t) => {
    const dir = await stock(t);
    await fileTask(t, "MoveDatastoreFile_Task", `${dir}/a.txt`, `${dir}/deep/moved.txt`);
    expect(await exists(t, `${dir}/a.txt`)).toBe(false);
    expect(await text(t, `${dir}/deep/moved.txt`)).toBe("hello");
  },
  "a file is not moved over another": async (t) => {
    const dir = await stock(t);
    const moved = fileTask(t, "MoveDatastoreFile_Task", `${dir}/a.txt`, `${dir}/b.log`);
    expect(await t.fault(moved)).toBe("FileAlreadyExists");
    expect(await text(t, `${dir}/b.log`)).toBe("hello world");
  },
  "a file is moved over another when forced": async (t) => {
    const dir = await stock(t);
    await fileTask(t, "MoveDatastoreFile_Task", `${dir}/a.txt`, `${dir}/b.log`, true);
    expect(await text(t, `${dir}/b.log`)).toBe("hello");
  },
  "a folder is moved with what is in it": async (t) => {
    const dir = await stock(t);
    await fileTask(t, "MoveDatastoreFile_Task", `${dir}/deep`, `${dir}/deeper`);
    expect(await text(t, `${dir}/deeper/c.txt`)).toBe("x");
  },
  "a file is copied": async (t) => {
    const dir = await stock(t);
    await fileTask(t, "CopyDatastoreFile_Task", `${dir}/a.txt`, `${dir}/copy.txt`);
    expect(await text(t, `${dir}/a.txt`)).toBe("hello");
    expect(await text(t, `${dir}/copy.txt`)).toBe("hello");
  },
  "a file is not copied over another": async (t) => {
    const dir = await stock(t);
    const copied = fileTask(t, "CopyDatastoreFile_Task", `${dir}/a.txt`, `${dir}/b.log`);
    expect(await t.fault(copied)).toBe("FileAlreadyExists");
  },
  "a file that is not there is neither moved nor copied": async (t) => {
    const dir = await stock(t);
    for (const method of ["MoveDatastoreFile_Task", "CopyDatastoreFile_Task"]) {
      expect(await t.fault(fileTask(t, method, `${dir}/none`, `${dir}/to`))).toBe("FileNotFound");
    }
  },
  "a file is deleted": async (t) => {
    const dir = await stock(t);
    await deleteFile(t, `${dir}/a.txt`);
    expect(await exists(t, `${dir}/a.txt`)).toBe(false);
  },
  "a folder is deleted with what is in it": async (t) => {
    const dir = await stock(t);
    await deleteFile(t, `${dir}/deep`);
    expect(await exists(t, `${dir}/deep/c.txt`)).toBe(false);
    expect(await exists(t, `${dir}/a.txt`)).toBe(true);
  },
  "a file that is not there is FileNotFound": async (t) => {
    const dir = await stock(t);
    expect(await t.fault(deleteFile(t, `${dir}/none`))).toBe("FileNotFound");
  },
  "a path with dots does not leave the datastore": async (t) => {
    const error = await t.error(search(t, "../.."));
    expect(hasFault(error, "InvalidDatastorePath", "InvalidArgument", "FileFault")).toBe(true);
  },
  "a part of a file is read": async (t) => {
    const dir = await stock(t);
    const datastore = await t.session.datastore();
    const { body } = await datastore.download(`${dir}/b.log`, { start: 6, end: 8 });
    expect(await new Response(body).text()).toBe("wor");
  },
  "a file is written again": async (t) => {
    const dir = await stock(t);
    const datastore = await t.session.datastore();
    await datastore.upload("other", `${dir}/a.txt`);
    expect(await text(t, `${dir}/a.txt`)).toBe("other");
  },
  "a name of a file may hold what people write": async (t) => {
    const dir = await stock(t);
    const name = `${dir}/ü & a+b%20 #1.txt`;
    const datastore = await t.session.datastore();
    await datastore.upload("odd", name);
    expect(await text(t, name)).toBe("odd");
    expect(names(await search(t, dir))).toContain("ü & a+b%20 #1.txt");
  },
  "a file that is not there is not read": async (t) => {
    const dir = await stock(t);
    expect(await t.error(text(t, `${dir}/none`))).toMatchObject({ code: "not-found" });
  },
});

const disks = (t: Scene) => t.manager("virtualDiskManager");
const makeDisk = async (t: Scene, file: string, capacityKb = 1024) => {
  const spec = {
    _type: "FileBackedVirtualDiskSpec",
    diskType: "thin",
    adapterType: "lsiLogic",
    capacityKb,
  };
  await t.task(disks(t), "CreateVirtualDisk_Task", {
    name: t.path(file),
    datacenter: t.datacenter,
    spec,
  });
};
const diskTask = (t: Scene, method: string, file: string, params: DataObject = {}) =>
  t.task<DataObject>(disks(t), method, { name: t.path(file), datacenter: t.datacenter, ...params });
const copyDisk = (t: Scene, method: string, from: string, to: string) =>
  t.task(disks(t), method, {
    sourceName: t.path(from),
    sourceDatacenter: t.datacenter,
    destName: t.path(to),
    destDatacenter: t.datacenter,
  });

/** VirtualDiskManager. */
export const diskCases = topic("virtual disks", {
  "a disk is made and deleted": async (t) => {
    const file = `${await stock(t)}/disk.vmdk`;
    await makeDisk(t, file);
    expect(await exists(t, file)).toBe(true);
    await diskTask(t, "DeleteVirtualDisk_Task", file);
    expect(await exists(t, file)).toBe(false);
  },
  "a disk is a descriptor with its extent": async (t) => {
    const dir = await stock(t);
    await makeDisk(t, `${dir}/disk.vmdk`);
    const found = await search(t, dir, { matchPattern: ["disk*"] });
    expect(names(found)).toContain("disk.vmdk");
  },
  "a second disk of the name is FileAlreadyExists": async (t) => {
    const file = `${await stock(t)}/disk.vmdk`;
    await makeDisk(t, file);
    expect(await t.fault(makeDisk(t, file))).toBe("FileAlreadyExists");
  },
  "a disk in a folder that is not there is FileNotFound": async (t) => {
    expect(await t.fault(makeDisk(t, `${t.name("none")}/disk.vmdk`))).toBe("FileNotFound");
  },
  "a disk that is not there is not deleted": async (t) => {
    const file = `${await stock(t)}/none.vmdk`;
    const error = await t.error(diskTask(t, "DeleteVirtualDisk_Task", file));
    expect(faultOf(error)).toBe("FileNotFound");
  },
  "a disk is copied": async (t) => {
    const dir = await stock(t);
    await makeDisk(t, `${dir}/disk.vmdk`);
    await copyDisk(t, "CopyVirtualDisk_Task", `${dir}/disk.vmdk`, `${dir}/copy.vmdk`);
    expect([await exists(t, `${dir}/disk.vmdk`), await exists(t, `${dir}/copy.vmdk`)]).toEqual([
      true,
      true,
    ]);
  },
  "a disk is moved": async (t) => {
    const dir = await stock(t);
    await makeDisk(t, `${dir}/disk.vmdk`);
    await copyDisk(t, "MoveVirtualDisk_Task", `${dir}/disk.vmdk`, `${dir}/moved.vmdk`);
    expect([await exists(t, `${dir}/disk.vmdk`), await exists(t, `${dir}/moved.vmdk`)]).toEqual([
      false,
      true,
    ]);
  },
  "a disk is not copied over another": async (t) => {
    const dir = await stock(t);
    await makeDisk(t, `${dir}/disk.vmdk`);
    await makeDisk(t, `${dir}/other.vmdk`);
    const copied = copyDisk(t, "CopyVirtualDisk_Task", `${dir}/disk.vmdk`, `${dir}/other.vmdk`);
    expect(await t.fault(copied)).toBe("FileAlreadyExists");
  },
  "a disk grows": async (t) => {
    const file = `${await stock(t)}/disk.vmdk`;
    await makeDisk(t, file, 1024);
    await diskTask(t, "ExtendVirtualDisk_Task", file, { newCapacityKb: 4096 });
    const vm = await t.vm();
    const [scsi] = await t.device(vm, "ParaVirtualSCSIController");
    const backing = {
      _type: "VirtualDiskFlatVer2BackingInfo",
      fileName: t.path(file),
      diskMode: "persistent",
    };
    const device = {
      _type: "VirtualDisk",
      key: -1,
      controllerKey: scsi!.key,
      capacityInKB: 0,
      backing,
    };
    await t.change(vm, { operation: "add", device });
    const [disk] = await t.device(vm, "VirtualDisk");
    expect(disk!["capacityInKB"]).toBe(4096);
    await t.change(vm, { operation: "remove", device: disk! });
  },
  "a disk does not shrink": async (t) => {
    const file = `${await stock(t)}/disk.vmdk`;
    await makeDisk(t, file, 4096);
    const shrunk = diskTask(t, "ExtendVirtualDisk_Task", file, { newCapacityKb: 1024 });
    expect(hasFault(await t.error(shrunk), "InvalidArgument", "SystemError")).toBe(true);
  },
  "a disk has a uuid": async (t) => {
    const file = `${await stock(t)}/disk.vmdk`;
    await makeDisk(t, file);
    const params = { name: t.path(file), datacenter: t.datacenter };
    const uuid = await t.call<string>(disks(t), "QueryVirtualDiskUuid", params);
    expect(uuid.replace(/[\s-]/g, "")).toMatch(/^[0-9a-f]{32}$/i);
    expect(await t.call<string>(disks(t), "QueryVirtualDiskUuid", params)).toBe(uuid);
  },
  "the chain of a disk is told": async (t) => {
    const file = `${await stock(t)}/disk.vmdk`;
    await makeDisk(t, file);
    const info = await diskTask(t, "QueryVirtualDiskInfo_Task", file, { includeParents: true });
    expect(info).toMatchObject([{ unit: { name: t.path(file) } }]);
  },
});
