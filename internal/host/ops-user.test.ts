import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Client } from "../vim25/client.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refsOf } from "./inventory/refs.ts";
import { diskChange, TestHost, vmSpec } from "./testing/fakes.ts";
import { addUser, failure, userPassword } from "./testing/users.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

const refs = refsOf("vcenter");
let host: TestHost;
/** The folder and the pool of the VCH. */
let folder: MoRef;
let pool: MoRef;
let ops: Client;

const all = (group: string, names: string) => names.split(" ").map((name) => `${group}.${name}`);

// The roles that the installer makes, with their places (port-layer.md 19.8).
const datastorePrivileges = [
  ...all("Datastore", "AllocateSpace Browse Config DeleteFile FileManagement"),
  "Host.Config.SystemManagement",
];
const endpointPrivileges = [
  ...all("DVPortgroup", "Modify PolicyOp ScopeOp"),
  ...all("Resource", "AssignVMToPool ColdMigrate"),
  ...all(
    "VirtualMachine.Config",
    "AddExistingDisk AddNewDisk AddRemoveDevice AdvancedConfig EditDevice RemoveDisk Rename",
  ),
  ...all("VirtualMachine.GuestOperations", "Execute Modify Query"),
  ...all("VirtualMachine.Interact", "DeviceConnection PowerOff PowerOn"),
  ...all("VirtualMachine.Inventory", "Create Delete Register Unregister"),
];

beforeAll(async () => {
  host = await TestHost.start({ mode: "vcenter" });
  folder = await host.client.call<MoRef>(refs.vmFolder, "CreateFolder", { name: "vch" });
  pool = await host.client.call<MoRef>(refs.rootPool, "CreateResourcePool", {
    name: "vch",
    spec: { cpuAllocation: {}, memoryAllocation: {} },
  });
  const network = await host.client.call<MoRef>(refs.searchIndex, "FindByInventoryPath", {
    inventoryPath: "DC0/network/VM Network",
  });
  ops = await addUser(host, "ops", [
    {
      on: refs.rootFolder,
      privileges: ["Datastore.Config", "Global.DisableMethods", "Global.EnableMethods"],
      propagate: false,
    },
    {
      on: refs.datacenter,
      privileges: all("Datastore", "Config FileManagement"),
      propagate: true,
    },
    {
      on: refs.computeResource,
      privileges: [...datastorePrivileges, "Host.Inventory.EditCluster"],
      propagate: true,
    },
    { on: refs.datastore, privileges: datastorePrivileges, propagate: false },
    { on: network, privileges: ["Network.Assign"], propagate: true },
    { on: pool, privileges: endpointPrivileges, propagate: true },
    { on: folder, privileges: endpointPrivileges, propagate: true },
  ]);
});
afterAll(async () => {
  await ops.close();
  await host[Symbol.asyncDispose]();
});

const create = (client: Client, name: string, where: { folder: MoRef; pool: MoRef }) =>
  runTask<MoRef>(client, where.folder, "CreateVM_Task", {
    config: vmSpec(name, { extraConfig: [{ key: "guestinfo.vic.x", value: "1" }] }),
    pool: where.pool,
  });

test("the operations user of a VCH can do all that a VCH does", async () => {
  const files = refs.fileManager;
  await ops.call(files, "MakeDirectory", { name: "[datastore1] vic" });
  const url = `${host.running.url}/folder/vic/x?dcPath=DC0&dsName=datastore1`;
  const authorization = `Basic ${Buffer.from(`ops:${userPassword}`).toString("base64")}`;
  const request = (method: string, body?: string) =>
    fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { authorization },
      tls: { rejectUnauthorized: false },
    });
  expect((await request("PUT", "layer")).status).toBe(201);
  expect(await (await request("GET")).text()).toBe("layer");
  const searchSpec = { matchPattern: ["*"] };
  const search = { datastorePath: "[datastore1] vic", searchSpec };
  const found = await runTask<{ file: { path: string }[] }>(
    ops,
    refs.datastoreBrowser,
    "SearchDatastore_Task",
    search,
  );
  expect(found.file.map((f) => f.path)).toEqual(["x"]);
  const disk = { name: "[datastore1] vic/base.vmdk", includeParents: true };
  await runTask(ops, refs.virtualDiskManager, "CreateVirtualDisk_Task", {
    name: disk.name,
    spec: {
      _type: "FileBackedVirtualDiskSpec",
      diskType: "thin",
      adapterType: "lsiLogic",
      capacityKb: 1024,
    },
  });
  await runTask(ops, refs.virtualDiskManager, "QueryVirtualDiskInfo_Task", disk);
  const vm = await create(ops, "container", { folder, pool });
  const entity = [vm];
  await ops.call(refs.authorizationManager, "DisableMethods", {
    entity,
    method: [{ method: "Destroy_Task", reasonId: "VIC" }],
    sourceId: "VIC",
  });
  const controller = (
    (await retrieveOne(ops, vm, ["config.hardware.device"]))["config.hardware.device"] as {
      _type: string;
      key: number;
    }[]
  ).find((d) => d._type === "ParaVirtualSCSIController");
  const child = diskChange({
    fileOperation: "create",
    controllerKey: controller!.key,
    fileName: "[datastore1] container/child.vmdk",
    parent: disk.name,
  });
  const extraConfig = [{ key: "guestinfo.vic.y", value: "2" }];
  await runTask(ops, vm, "ReconfigVM_Task", { spec: { extraConfig, deviceChange: [child] } });
  await runTask(ops, refs.datacenter, "PowerOnMultiVM_Task", { vm: entity });
  const uuid = (await retrieveOne(ops, vm, ["config.uuid"]))["config.uuid"];
  const by = { uuid, vmSearch: true };
  expect(await ops.call(refs.searchIndex, "FindByUuid", by)).toEqual(vm);
  const filter = { entity: { entity: folder, recursion: "all" } };
  await ops.call(refs.eventManager, "CreateCollectorForEvents", { filter });
  const querySpec = [{ entity: vm, maxSample: 1, intervalId: 20 }];
  await ops.call(refs.perfManager, "QueryPerf", { querySpec });
  await runTask(ops, vm, "PowerOffVM_Task");
  await ops.call(refs.authorizationManager, "EnableMethods", {
    entity,
    method: ["Destroy_Task"],
    sourceId: "VIC",
  });
  await runTask(ops, vm, "Destroy_Task");
  await runTask(ops, refs.fileManager, "DeleteDatastoreFile_Task", { name: "[datastore1] vic" });
  const spec = { _type: "ClusterConfigSpecEx" };
  await runTask(ops, refs.computeResource, "ReconfigureComputeResource_Task", {
    spec,
    modify: true,
  });
});

test("and nothing else", async () => {
  const other = await create(host.client, "other", { folder: refs.vmFolder, pool: refs.rootPool });
  const on = (ref: MoRef) => ` ${ref.value}`;
  const lacks = async (work: Promise<unknown>, privilege: string, ref: MoRef) =>
    expect(await failure(work)).toBe(`NoPermission ${privilege}${on(ref)}`);
  const vmPrivilege = (name: string) => `VirtualMachine.${name}`;
  await lacks(
    create(ops, "outside", { folder: refs.vmFolder, pool }),
    vmPrivilege("Inventory.Create"),
    refs.vmFolder,
  );
  await lacks(
    create(ops, "outside", { folder, pool: refs.rootPool }),
    "Resource.AssignVMToPool",
    refs.rootPool,
  );
  await lacks(runTask(ops, other, "PowerOnVM_Task"), vmPrivilege("Interact.PowerOn"), other);
  await lacks(
    runTask(ops, refs.datacenter, "PowerOnMultiVM_Task", { vm: [other] }),
    vmPrivilege("Interact.PowerOn"),
    other,
  );
  await lacks(runTask(ops, other, "Destroy_Task"), vmPrivilege("Inventory.Delete"), other);
  await lacks(ops.call(other, "UnregisterVM"), vmPrivilege("Inventory.Unregister"), other);
  const extraConfig = [{ key: "a", value: "b" }];
  await lacks(
    runTask(ops, other, "ReconfigVM_Task", { spec: { extraConfig } }),
    vmPrivilege("Config.AdvancedConfig"),
    other,
  );
  const own = await create(ops, "own", { folder, pool });
  await lacks(
    runTask(ops, own, "ReconfigVM_Task", { spec: { memoryMB: 128 } }),
    vmPrivilege("Config.Memory"),
    own,
  );
  await lacks(
    runTask(ops, own, "CreateSnapshot_Task", { name: "s", memory: false, quiesce: false }),
    vmPrivilege("State.CreateSnapshot"),
    own,
  );
  await lacks(
    ops.call(refs.rootPool, "CreateResourcePool", {
      name: "p",
      spec: { cpuAllocation: {}, memoryAllocation: {} },
    }),
    "Resource.CreatePool",
    refs.rootPool,
  );
  await lacks(ops.call(folder, "CreateFolder", { name: "f" }), "Folder.Create", folder);
  await lacks(
    ops.call(refs.networkSystem, "RemovePortGroup", { pgName: "VM Network" }),
    "Host.Config.Network",
    refs.host,
  );
  await lacks(
    ops.call(refs.firewallSystem, "EnableRuleset", { id: "sshServer" }),
    "Host.Config.NetService",
    refs.host,
  );
  const permission = [{ principal: "ops", group: false, roleId: -1, propagate: true }];
  await lacks(
    ops.call(refs.authorizationManager, "SetEntityPermissions", { entity: folder, permission }),
    "Authorization.ModifyPermissions",
    folder,
  );
  await lacks(
    ops.call(refs.sessionManager, "TerminateSession", { sessionId: ["x"] }),
    "Sessions.TerminateSession",
    refs.rootFolder,
  );
  await lacks(
    ops.call(refs.diagnosticManager, "BrowseDiagnosticLog", { key: "hostd" }),
    "Global.Diagnostics",
    refs.rootFolder,
  );
  const { sessionList } = await retrieveOne(ops, refs.sessionManager, ["sessionList"]);
  expect((sessionList as { userName: string }[]).map((s) => s.userName)).toEqual(["ops"]);
});
