import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Client } from "../vim25/client.ts";
import { retrieveOne, retrieveSpec } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { hasNeeds } from "./soap/allow.ts";
import { allMethods } from "./soap/methods.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";
import { addAccount, addUser, connectAs, failure, userPassword } from "./testing/users.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const manager = refs.authorizationManager;
const admin = <T = unknown>(ref: MoRef, method: string, params: Record<string, unknown> = {}) =>
  host.client.call<T>(ref, method, params);
const create = (client: Client, name: string, folder: MoRef = refs.vmFolder) =>
  runTask<MoRef>(client, folder, "CreateVM_Task", { config: vmSpec(name), pool: refs.rootPool });
/** Names of all VMs that a client sees. */
async function vmNames(client: Client): Promise<string[]> {
  const view = await client.call<MoRef>(client.content.viewManager!, "CreateContainerView", {
    container: client.content.rootFolder,
    type: ["VirtualMachine"],
    recursive: true,
  });
  const path = { _type: "TraversalSpec", type: "ContainerView", path: "view", skip: false };
  const found = await retrieveSpec(client, {
    objectSet: [{ obj: view, skip: true, selectSet: [path] }],
    propSet: [{ type: "VirtualMachine", pathSet: ["name"] }],
  });
  return found.map((o) => String(o.props["name"])).sort();
}

test("every method says which privileges it asks for", () => {
  const silent = [...allMethods()].filter(({ type, method }) => !hasNeeds(type, method));
  expect(silent).toEqual([]);
});

describe("accounts", () => {
  const accounts = refs.accountManager;

  test("are made, changed and removed, and only a hash is kept", async () => {
    const user = { id: "ann", password: "first password", description: "Ann" };
    await admin(accounts, "CreateUser", { user });
    expect(await failure(admin(accounts, "CreateUser", { user }))).toBe("AlreadyExists");
    const before = await connectAs(host, "ann", "first password");
    await admin(accounts, "UpdateUser", { user: { id: "ann", password: "second password" } });
    // Whoever had the old password is out.
    expect(await failure(before.call(refs.sessionManager, "AcquireCloneTicket"))).toBe(
      "InvalidLogin",
    );
    expect(await failure(connectAs(host, "ann", "first password"))).toBe("InvalidLogin");
    await using again = await connectAs(host, "ann", "second password");
    expect(again.content.about.apiType).toBe("HostAgent");
    const stored = JSON.stringify(host.world.store.all("user"));
    expect(stored).toContain("$argon2id$");
    expect(stored).not.toContain('password"');
    expect(stored).not.toContain("second");
    await admin(accounts, "RemoveUser", { userName: "ann" });
    expect(await failure(connectAs(host, "ann", "second password"))).toBe("InvalidLogin");
    expect(await failure(admin(accounts, "RemoveUser", { userName: "ann" }))).toBe("UserNotFound");
    expect(await failure(admin(accounts, "RemoveUser", { userName: "root" }))).toBe(
      "SecurityError",
    );
  });

  test("are refused with bad names and passwords", async () => {
    const made = (id: string, password: string) =>
      failure(admin(accounts, "CreateUser", { user: { id, password } }));
    expect(await made("", "x")).toBe("InvalidArgument");
    expect(await made("a b", "x")).toBe("InvalidArgument");
    expect(await made("../x", "x")).toBe("InvalidArgument");
    expect(await made("bob", "")).toBe("InvalidArgument");
    expect(await made("bob", "x".repeat(2000))).toBe("InvalidArgument");
  });

  test("are found in the directory, alone and in groups", async () => {
    await addAccount(host, "carl");
    await admin(accounts, "CreateGroup", { group: { id: "crew" } });
    await admin(accounts, "AssignUserToGroup", { user: "carl", group: "crew" });
    const search = (more: Record<string, unknown>) =>
      admin<{ principal: string }[]>(refs.userDirectory, "RetrieveUserGroups", {
        searchStr: "",
        exactMatch: false,
        findUsers: true,
        findGroups: true,
        ...more,
      }).then((found) => found.map((f) => f.principal));
    expect(await search({ searchStr: "CAR" })).toEqual(["carl"]);
    expect(await search({ searchStr: "cr", findUsers: false })).toEqual(["crew"]);
    expect(await search({ belongsToGroup: "crew" })).toEqual(["carl"]);
    expect(await search({ belongsToUser: "carl", findUsers: false })).toEqual(["crew"]);
    expect(await search({ searchStr: "ca", exactMatch: true })).toEqual([]);
    expect(await failure(search({ domain: "elsewhere" }))).toBe("NotFound");
  });
});

describe("roles", () => {
  test("are added, changed, merged and removed", async () => {
    const privIds = ["Datastore.Browse", "Network.Assign"];
    const roleId = await admin<number>(manager, "AddAuthorizationRole", { name: "r1", privIds });
    const named = async (id: number) => {
      const { roleList } = await retrieveOne(host.client, manager, ["roleList"]);
      return (roleList as { roleId: number; name: string; privilege: string[] }[]).find(
        (r) => r.roleId === id,
      );
    };
    expect((await named(roleId))?.privilege).toEqual([
      "System.Anonymous",
      "System.Read",
      "System.View",
      ...privIds,
    ]);
    const add = (params: Record<string, unknown>) =>
      failure(admin(manager, "AddAuthorizationRole", params));
    expect(await add({ name: "r1", privIds })).toBe("AlreadyExists");
    expect(await add({ name: "", privIds })).toBe("InvalidName");
    expect(await add({ name: "r9", privIds: ["No.Such"] })).toBe("InvalidArgument");
    const changed = { roleId, newName: "r2", privIds: ["Datastore.Config"] };
    await admin(manager, "UpdateAuthorizationRole", changed);
    expect((await named(roleId))?.name).toBe("r2");
    const system = { roleId: -1, newName: "x", privIds: [] };
    expect(await failure(admin(manager, "UpdateAuthorizationRole", system))).toBe(
      "InvalidArgument",
    );
    await addAccount(host, "dora");
    await admin(manager, "SetEntityPermissions", {
      entity: refs.vmFolder,
      permission: [{ principal: "dora", group: false, roleId, propagate: true }],
    });
    const remove = (failIfUsed: boolean) =>
      admin(manager, "RemoveAuthorizationRole", { roleId, failIfUsed });
    expect(await failure(remove(true))).toBe("RemoveFailed");
    await admin(manager, "MergePermissions", { srcRoleId: roleId, dstRoleId: -2 });
    await remove(true);
    const left = await admin(manager, "RetrieveRolePermissions", { roleId: -2 });
    expect(left).toMatchObject([{ entity: refs.vmFolder, principal: "dora", roleId: -2 }]);
    expect(await failure(remove(false))).toBe("NotFound");
  });

  test("and permissions are there after a restart", async () => {
    const roleId = host.world.access.roles.add("kept", ["Network.Assign"]);
    await addAccount(host, "kim");
    const permission = { principal: "kim", group: false, roleId, propagate: false };
    host.world.access.permissions.set(refs.vmFolder, [permission]);
    await host.halt();
    await host.boot();
    expect(host.world.access.roles.get(roleId).name).toBe("kept");
    expect(host.world.access.permissions.on(refs.vmFolder)).toContainEqual({
      entity: refs.vmFolder,
      ...permission,
    });
  });
});

describe("permissions", () => {
  test("come down, and what is nearer or the user's own wins", async () => {
    const folder = await admin<MoRef>(refs.vmFolder, "CreateFolder", { name: "inner" });
    const vm = await create(host.client, "seen", folder);
    await addAccount(host, "eve");
    const set = (entity: MoRef, roleId: number, propagate = true) =>
      admin(manager, "SetEntityPermissions", {
        entity,
        permission: [{ principal: "eve", group: false, roleId, propagate }],
      });
    await using eve = await connectAs(host, "eve");
    expect(await failure(vmNames(eve))).toBe("NoPermission System.View ha-folder-root");
    await set(refs.datacenter, -2);
    // What is above can be viewed, but not read.
    const root = await retrieveOne(eve, refs.rootFolder, ["name", "effectiveRole", "permission"]);
    expect(root).toEqual({ name: "ha-folder-root", effectiveRole: [-3] });
    expect(await vmNames(eve)).toEqual(["seen"]);
    expect((await retrieveOne(eve, vm, ["effectiveRole"]))["effectiveRole"]).toEqual([-2]);
    await set(folder, -5);
    // From the pool the VM still has what comes down there.
    expect(await vmNames(eve)).toEqual(["seen"]);
    await set(vm, -5);
    expect(await vmNames(eve)).toEqual([]);
    expect(await failure(retrieveOne(eve, vm, ["name"]))).toBe("ManagedObjectNotFound");
    const path = { inventoryPath: "ha-datacenter/vm/inner/seen" };
    expect(await eve.call(refs.searchIndex, "FindByInventoryPath", path)).toBeUndefined();
    expect(await failure(runTask(eve, vm, "PowerOnVM_Task"))).toBe(
      `NoPermission System.View ${vm.value}`,
    );
    const all = { entity: vm, inherited: true };
    expect(await admin(manager, "RetrieveEntityPermissions", all)).toMatchObject([
      { entity: vm, roleId: -5 },
      { entity: folder, roleId: -5 },
      { entity: refs.vmFolder, principal: "dora" },
      { entity: refs.datacenter, roleId: -2 },
      { entity: refs.rootFolder, principal: "root", roleId: -1 },
    ]);
  });

  test("of a role that changes change at once, and groups have them too", async () => {
    const vm = await create(host.client, "grouped");
    const { users, roles, permissions } = host.world.access;
    await addAccount(host, "finn");
    users.createGroup("operators");
    const roleId = roles.add("operator", []);
    permissions.set(refs.datacenter, [
      { principal: "operators", group: true, roleId, propagate: true },
    ]);
    await using finn = await connectAs(host, "finn");
    expect(await failure(runTask(finn, vm, "PowerOnVM_Task"))).toStartWith("NoPermission");
    await admin(refs.accountManager, "AssignUserToGroup", { user: "finn", group: "operators" });
    const lacking = `NoPermission VirtualMachine.Interact.PowerOn ${vm.value}`;
    expect(await failure(runTask(finn, vm, "PowerOnVM_Task"))).toBe(lacking);
    const privIds = ["VirtualMachine.Interact.PowerOn"];
    await admin(manager, "UpdateAuthorizationRole", { roleId, newName: "operator", privIds });
    await runTask(finn, vm, "PowerOnVM_Task");
    const asked = { userName: "finn", entities: [vm], privId: [...privIds, "Global.Settings"] };
    expect(await admin(manager, "HasUserPrivilegeOnEntities", asked)).toMatchObject([
      {
        privAvailability: [
          { privId: privIds[0], isGranted: true },
          { privId: "Global.Settings", isGranted: false },
        ],
      },
    ]);
    await runTask(host.client, vm, "PowerOffVM_Task");
  });

  test("cannot be taken from the last administrator, and not be granted without right", async () => {
    const remove = { entity: refs.rootFolder, user: "root", isGroup: false };
    expect(await failure(admin(manager, "RemoveEntityPermission", remove))).toBe(
      "AuthMinimumAdminPermission",
    );
    const set = (entity: MoRef, principal: string, roleId: number) => ({
      entity,
      permission: [{ principal, group: false, roleId, propagate: true }],
    });
    const call = (params: Record<string, unknown>) =>
      failure(admin(manager, "SetEntityPermissions", params));
    expect(await call(set(refs.rootFolder, "root", -5))).toBe("AuthMinimumAdminPermission");
    expect(await call(set(refs.rootFolder, "nobody", -1))).toBe("UserNotFound");
    expect(await call(set(refs.rootFolder, "root", 12_345))).toBe("NotFound");
    expect(await call(set(refs.rootFolder, "root", -4))).toBe("InvalidArgument");
    expect(await call(set(refs.sessionManager, "root", -1))).toBe("InvalidArgument");
    await using gil = await addUser(host, "gil", [
      { on: refs.rootFolder, privileges: ["VirtualMachine.Config.Rename"], propagate: true },
    ]);
    expect(
      await failure(gil.call(manager, "SetEntityPermissions", set(refs.rootFolder, "gil", -1))),
    ).toBe("NoPermission Authorization.ModifyPermissions ha-folder-root");
    expect(await failure(gil.call(manager, "AddAuthorizationRole", { name: "x" }))).toBe(
      "NoPermission Authorization.ModifyRoles ha-folder-root",
    );
    await runTask(host.client, refs.vmFolder, "CreateVM_Task", {
      config: vmSpec("for gil"),
      pool: refs.rootPool,
    });
    expect(await vmNames(gil)).toContain("for gil");
  });

  test("of an object that is gone are gone, and those of a user too", async () => {
    const folder = await admin<MoRef>(refs.vmFolder, "CreateFolder", { name: "short" });
    await using hal = await addUser(host, "hal", [{ on: folder, privileges: [], propagate: true }]);
    expect((await retrieveOne(hal, folder, ["name"]))["name"]).toBe("short");
    await runTask(host.client, folder, "Destroy_Task");
    expect(host.world.access.permissions.on(folder)).toEqual([]);
    host.world.access.permissions.set(refs.host, [
      { principal: "hal", group: false, roleId: -2, propagate: true },
    ]);
    await admin(refs.accountManager, "RemoveUser", { userName: "hal" });
    expect(host.world.access.permissions.on(refs.host)).toEqual([]);
    expect(await failure(hal.call(refs.sessionManager, "AcquireCloneTicket"))).toBe("InvalidLogin");
  });

  test("decide about files", async () => {
    await using ida = await addUser(host, "ida", [
      { on: refs.datastore, privileges: ["Datastore.Browse"], propagate: true },
    ]);
    const request = (method: string) =>
      fetch(`${host.running.url}/folder/by-ida?dcPath=ha-datacenter&dsName=datastore1`, {
        method,
        ...(method === "PUT" ? { body: "x" } : {}),
        headers: {
          authorization: `Basic ${Buffer.from(`ida:${userPassword}`).toString("base64")}`,
        },
        tls: { rejectUnauthorized: false },
      }).then((answer) => answer.status);
    expect(await request("PUT")).toBe(403);
    expect(await request("DELETE")).toBe(403);
    expect((await host.fetch("by-ida", { method: "PUT", body: "x" })).status).toBe(201);
    expect(await request("GET")).toBe(200);
    expect(
      await failure(ida.call(refs.fileManager, "MakeDirectory", { name: "[datastore1] x" })),
    ).toBe("NoPermission Datastore.FileManagement datastore1");
    host.world.access.permissions.set(refs.datastore, [
      { principal: "ida", group: false, roleId: -5, propagate: true },
    ]);
    expect(await request("GET")).toBe(403);
  });
});

test("events, tasks and settings of what one may not see are not told", async () => {
  const hidden = await create(host.client, "hidden");
  const open = await create(host.client, "open");
  await using joy = await addUser(host, "joy", [{ on: open, privileges: [], propagate: true }]);
  await runTask(host.client, hidden, "PowerOnVM_Task");
  await runTask(host.client, open, "PowerOnVM_Task");
  const filter = (entity: MoRef) => ({ filter: { entity: { entity, recursion: "all" } } });
  const events = async (ref: MoRef) =>
    (
      await joy.call<{ vm?: { name: string } }[]>(refs.eventManager, "QueryEvents", filter(ref))
    ).map((e) => e.vm?.name);
  expect(new Set(await events(open))).toEqual(new Set(["open"]));
  const folder = await admin<MoRef>(refs.vmFolder, "CreateFolder", { name: "for joy" });
  const [dark, light] = [
    await create(host.client, "dark", folder),
    await create(host.client, "light", folder),
  ];
  for (const [on, roleId] of [
    [folder, -2],
    [dark, -5],
  ] as const) {
    const permission = [{ principal: "joy", group: false, roleId, propagate: true }];
    await admin(manager, "SetEntityPermissions", { entity: on, permission });
  }
  for (const vm of [dark, light]) await runTask(host.client, vm, "PowerOnVM_Task");
  expect(new Set(await events(folder))).toEqual(new Set(["light"]));
  const collector = await joy.call<MoRef>(
    refs.eventManager,
    "CreateCollectorForEvents",
    filter(folder),
  );
  const { latestPage } = await retrieveOne(joy, collector, ["latestPage"]);
  const told = (latestPage as { vm?: { name: string } }[]).map((e) => e.vm?.name);
  expect(new Set(told)).toEqual(new Set(["light"]));
  expect(await failure(events(hidden))).toBe(`NoPermission System.Read ${hidden.value}`);
  expect(await failure(events(refs.rootFolder))).toBe("NoPermission System.Read ha-folder-root");
  expect((await retrieveOne(joy, refs.eventManager, ["latestEvent"]))["latestEvent"]).toBe(
    undefined,
  );
  expect(await failure(retrieveOne(joy, refs.licenseManager, ["licenses"]))).toBe(
    "ManagedObjectNotFound",
  );
  expect(await failure(joy.call(refs.setting, "QueryOptions", {}))).toStartWith("NoPermission");
  await runTask(host.client, hidden, "PowerOffVM_Task");
  const { recentTask } = await retrieveOne(joy, refs.taskManager, ["recentTask"]);
  const read = (recentTask as MoRef[]).map((task) => failure(retrieveOne(joy, task, ["info"])));
  // Only tasks about VMs and folders that may be seen: one of "open", one of "light", two of the folder.
  expect((await Promise.all(read)).filter((f) => f === undefined)).toHaveLength(4);
});
