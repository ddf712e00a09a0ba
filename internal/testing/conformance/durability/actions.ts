/** What a client does to vic-host, and what is different afterwards. */
import type { Client } from "../../../vim25/client.ts";
import { retrieveOne } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef } from "../../../vim25/types.ts";
import { digest, rootPool, vmFolder } from "./observe.ts";
import type { Random } from "./random.ts";
import { type State, type VmState, without, withVm } from "./state.ts";

const vmsMax = 4;
const runningMax = 2;
const disksMax = 3;
const filesMax = 5;
const groupsMax = 2;
const fileBytesMax = 4 * 1024 * 1024;
const datacenter: MoRef = { type: "Datacenter", value: "ha-datacenter" };

/** One change: how it is made, and the state once it is there. */
export interface Action {
  what: string;
  after: State;
  run(signal: AbortSignal): Promise<unknown>;
}

/** What an action is chosen from. */
export interface Scene {
  client: Client;
  /** Of the names this client gives, for example "a1". */
  prefix: string;
  state: State;
  random: Random;
  /** A number not used before. */
  next(): number;
  ref(kind: "vm" | "pool" | "folder", name: string): MoRef;
}

type Choice = (scene: Scene) => Action | undefined;

/** A random action that is possible now. */
export function chooseAction(scene: Scene): Action {
  for (;;) {
    const action = scene.random.pick(choices)?.(scene);
    if (action) return action;
  }
}

/** Adds the controller that disks are on, with key -1. */
export const scsiController = {
  operation: "add",
  device: { _type: "ParaVirtualSCSIController", key: -1, busNumber: 0, sharedBus: "noSharing" },
};

/** Adds a new disk of a MiB. */
export function diskChange(fileName: string, controllerKey: number): DataObject {
  return {
    operation: "add",
    fileOperation: "create",
    device: {
      _type: "VirtualDisk",
      key: -2,
      capacityInKB: 1024,
      controllerKey,
      unitNumber: -1,
      backing: { _type: "VirtualDiskFlatVer2BackingInfo", fileName, diskMode: "persistent" },
    },
  };
}

function pickVm(scene: Scene, fits: (vm: VmState) => boolean): [string, VmState] | undefined {
  return scene.random.pick(Object.entries(scene.state.vms).filter(([, vm]) => fits(vm)));
}

/** An action that is one task of a VM. */
function vmTask(
  scene: Scene,
  name: string,
  method: string,
  after: State,
  params: DataObject = {},
): Action {
  const { client } = scene;
  const ref = scene.ref("vm", name);
  return {
    what: `${method} ${name} ${JSON.stringify(params)}`,
    after,
    run: (signal) => runTask(client, ref, method, params, { signal }),
  };
}

const createVm: Choice = (scene) => {
  const { client, state, prefix, random } = scene;
  if (Object.keys(state.vms).length >= vmsMax) return undefined;
  const name = `${prefix}-vm${scene.next()}`;
  const folder = random.pick(["", ...Object.keys(state.folders)]) ?? "";
  const pool = random.pick(["", ...Object.keys(state.pools)]) ?? "";
  const vm: VmState = {
    home: name,
    isOn: false,
    annotation: "0",
    value: "0",
    folder,
    pool,
    disks: [`${name}.vmdk`],
  };
  const config = {
    name,
    memoryMB: 32,
    annotation: "0",
    files: { vmPathName: "[datastore1]" },
    extraConfig: [{ _type: "OptionValue", key: "guestinfo.value", value: "0" }],
    deviceChange: [scsiController, diskChange("[datastore1]", -1)],
  };
  const parent = folder === "" ? vmFolder : scene.ref("folder", folder);
  const poolRef = pool === "" ? rootPool : scene.ref("pool", pool);
  return {
    what: `create ${name}`,
    after: { ...state, vms: { ...state.vms, [name]: vm } },
    run: (signal) =>
      runTask(client, parent, "CreateVM_Task", { config, pool: poolRef }, { signal }),
  };
};

const destroyVm: Choice = (scene) => {
  const picked = pickVm(scene, (vm) => !vm.isOn);
  if (!picked || Object.keys(scene.state.vms).length < 2) return undefined;
  const after = { ...scene.state, vms: without(scene.state.vms, picked[0]) };
  return vmTask(scene, picked[0], "Destroy_Task", after);
};

const powerOn: Choice = (scene) => {
  const running = Object.values(scene.state.vms).filter((vm) => vm.isOn);
  const picked = pickVm(scene, (vm) => !vm.isOn);
  if (!picked || running.length >= runningMax) return undefined;
  return vmTask(scene, picked[0], "PowerOnVM_Task", withVm(scene.state, picked[0], { isOn: true }));
};

const powerOff: Choice = (scene) => {
  const picked = pickVm(scene, (vm) => vm.isOn);
  if (!picked) return undefined;
  const after = withVm(scene.state, picked[0], { isOn: false });
  return vmTask(scene, picked[0], "PowerOffVM_Task", after);
};

const change: Choice = (scene) => {
  const picked = pickVm(scene, () => true);
  if (!picked) return undefined;
  const value = String(scene.next());
  const extraConfig = [{ _type: "OptionValue", key: "guestinfo.value", value }];
  const after = withVm(scene.state, picked[0], { annotation: value, value });
  const spec = { annotation: value, extraConfig };
  return vmTask(scene, picked[0], "ReconfigVM_Task", after, { spec });
};

const addDisk: Choice = (scene) => {
  const picked = pickVm(scene, (vm) => vm.disks.length < disksMax);
  if (!picked) return undefined;
  const [name, vm] = picked;
  const file = `more${scene.next()}.vmdk`;
  const value = String(scene.next());
  const disks = [...vm.disks, file].toSorted();
  const spec = {
    annotation: value,
    deviceChange: [diskChange(`[datastore1] ${vm.home}/${file}`, 1000)],
  };
  const after = withVm(scene.state, name, { disks, annotation: value });
  return vmTask(scene, name, "ReconfigVM_Task", after, { spec });
};

const removeDisk: Choice = (scene) => {
  const picked = pickVm(scene, (vm) => vm.disks.length > 1);
  if (!picked) return undefined;
  const [name, vm] = picked;
  const ref = scene.ref("vm", name);
  const file = vm.disks.find((each) => each.startsWith("more"))!;
  const after = withVm(scene.state, name, { disks: vm.disks.filter((each) => each !== file) });
  const { client } = scene;
  return {
    what: `remove ${file} of ${name}`,
    after,
    run: async (signal) => {
      const found = await devicesOf(client, ref, signal);
      const device = found.find((d) => String(d.backing?.fileName).endsWith(`/${file}`))!;
      const spec = { deviceChange: [{ operation: "remove", fileOperation: "destroy", device }] };
      await runTask(client, ref, "ReconfigVM_Task", { spec }, { signal });
    },
  };
};

interface DiskDevice extends DataObject {
  backing?: { fileName?: string };
}

async function devicesOf(client: Client, vm: MoRef, signal: AbortSignal): Promise<DiskDevice[]> {
  const path = "config.hardware.device";
  return (await retrieveOne(client, vm, [path], signal))[path] as DiskDevice[];
}

const rename: Choice = (scene) => {
  const picked = pickVm(scene, () => true);
  if (!picked) return undefined;
  const [name, vm] = picked;
  const newName = `${scene.prefix}-vm${scene.next()}`;
  const vms = { ...without(scene.state.vms, name), [newName]: vm };
  return vmTask(scene, name, "Rename_Task", { ...scene.state, vms }, { newName });
};

const upload: Choice = (scene) => {
  const { client, state, random, prefix } = scene;
  const path = `${prefix}-files/f${random.below(filesMax)}`;
  const bytes = new Uint8Array(1 + random.below(fileBytesMax)).fill(random.below(256));
  return {
    what: `PUT ${path} ${bytes.length}`,
    after: { ...state, files: { ...state.files, [path]: digest(bytes) } },
    run: async (signal) => {
      const url = `/folder/${path}?dcPath=ha-datacenter&dsName=datastore1`;
      const response = await client.fetch(url, { method: "PUT", body: bytes, signal });
      if (!response.ok) throw new Error(`PUT: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    },
  };
};

const deleteFile: Choice = (scene) => {
  const { client, state } = scene;
  const path = scene.random.pick(Object.keys(state.files));
  if (path === undefined) return undefined;
  const params = { name: `[datastore1] ${path}`, datacenter };
  const manager = client.content.fileManager!;
  return {
    what: `delete ${path}`,
    after: { ...state, files: without(state.files, path) },
    run: (signal) => runTask(client, manager, "DeleteDatastoreFile_Task", params, { signal }),
  };
};

const createPool: Choice = (scene) => {
  const { client, state, prefix } = scene;
  if (Object.keys(state.pools).length >= groupsMax) return undefined;
  const name = `${prefix}-pool${scene.next()}`;
  const allocation = {
    reservation: 0,
    expandableReservation: true,
    limit: -1,
    shares: { shares: 4000, level: "normal" },
  };
  const spec = { cpuAllocation: allocation, memoryAllocation: allocation };
  return {
    what: `create ${name}`,
    after: { ...state, pools: { ...state.pools, [name]: true } },
    run: (signal) => client.call(rootPool, "CreateResourcePool", { name, spec }, { signal }),
  };
};

const destroyPool: Choice = (scene) => {
  const { client, state, random } = scene;
  const isEmpty = (name: string) => !Object.values(state.vms).some((vm) => vm.pool === name);
  const name = random.pick(Object.keys(state.pools).filter(isEmpty));
  if (name === undefined) return undefined;
  const ref = scene.ref("pool", name);
  return {
    what: `destroy ${name}`,
    after: { ...state, pools: without(state.pools, name) },
    run: (signal) => runTask(client, ref, "Destroy_Task", {}, { signal }),
  };
};

const createFolder: Choice = (scene) => {
  const { client, state, prefix } = scene;
  if (Object.keys(state.folders).length >= groupsMax) return undefined;
  const name = `${prefix}-folder${scene.next()}`;
  return {
    what: `create ${name}`,
    after: { ...state, folders: { ...state.folders, [name]: true } },
    run: (signal) => client.call(vmFolder, "CreateFolder", { name }, { signal }),
  };
};

const destroyFolder: Choice = (scene) => {
  const { client, state, random } = scene;
  const isEmpty = (name: string) => !Object.values(state.vms).some((vm) => vm.folder === name);
  const name = random.pick(Object.keys(state.folders).filter(isEmpty));
  if (name === undefined) return undefined;
  const ref = scene.ref("folder", name);
  return {
    what: `destroy ${name}`,
    after: { ...state, folders: without(state.folders, name) },
    run: (signal) => runTask(client, ref, "Destroy_Task", {}, { signal }),
  };
};

const moveVm: Choice = (scene) => {
  const { client, state, random } = scene;
  const picked = pickVm(scene, () => true);
  if (!picked) return undefined;
  const [name, vm] = picked;
  const to = random.pick(["", ...Object.keys(state.folders)].filter((f) => f !== vm.folder));
  if (to === undefined) return undefined;
  const target = to === "" ? vmFolder : scene.ref("folder", to);
  const params = { list: [scene.ref("vm", name)] };
  return {
    what: `move ${name} to "${to}"`,
    after: withVm(state, name, { folder: to }),
    run: (signal) => runTask(client, target, "MoveIntoFolder_Task", params, { signal }),
  };
};

/** Those that do more to files and processes more often. */
const choices: Choice[] = [
  createVm,
  createVm,
  destroyVm,
  powerOn,
  powerOn,
  powerOff,
  change,
  change,
  addDisk,
  addDisk,
  removeDisk,
  removeDisk,
  rename,
  upload,
  upload,
  deleteFile,
  createPool,
  destroyPool,
  createFolder,
  destroyFolder,
  moveVm,
];
