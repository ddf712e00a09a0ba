import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inventory } from "../inventory/inventory.ts";
import { refsOf } from "../inventory/refs.ts";
import { Store } from "../inventory/store.ts";
import { Access } from "./access.ts";
import { roleIds } from "./roles.ts";

/** Can fail when everything has been written, as a full disk makes it. */
class BreakableStore extends Store {
  isFull = false;

  override transaction<T>(work: () => T): T {
    return super.transaction(() => {
      const result = work();
      if (this.isFull) throw new Error("the disk is full");
      return result;
    });
  }
}

const refs = refsOf("esx");
const root = refs.rootFolder;
const passwordHash = "unused";
let folder: string;
let store: BreakableStore;
let access: Access;

const open = () => new Access({ store, inventory: new Inventory(), refs });
const grant = (principal: string, roleId: number, group = false) =>
  access.permissions.set(root, [{ principal, group, roleId, propagate: true }]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vic-access-"));
  store = new BreakableStore(join(folder, "db"));
  access = open();
  for (const name of ["root", "ann"]) access.users.put({ name, description: "", passwordHash });
  access.ensureAdministrator("root");
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

test("a name that is given again has none of the permissions it had", () => {
  grant("ann", roleIds.admin);
  access.removeUser("ann");
  access.users.put({ name: "ann", description: "", passwordHash });
  for (const each of [access, open()]) expect(each.rolesOn("ann", root)).toEqual([]);
});

test("a removal that cannot be stored changes nothing", () => {
  grant("ann", roleIds.readOnly);
  access.users.createGroup("staff");
  access.users.assign("ann", "staff");
  const heard: string[] = [];
  access.users.subscribe((name) => heard.push(name));
  store.isFull = true;
  expect(() => access.removeUser("ann")).toThrow("full");
  expect(access.users.groupsOf("ann")).toEqual(["staff"]);
  expect(access.permissions.on(root).map((p) => p.principal)).toEqual(["root", "ann"]);
  expect(heard).toEqual([]);
  store.isFull = false;
  access.removeUser("ann");
  expect(heard).toEqual(["ann"]);
});

test("what would leave nobody an administrator is refused as a whole", () => {
  access.permissions.set(refs.host, [
    { principal: "ann", group: false, roleId: roleIds.admin, propagate: true },
  ]);
  const merge = () => access.permissions.mergeRole(roleIds.admin, roleIds.readOnly);
  expect(() => access.change(merge)).toThrow("administrator");
  const rolesOf = (each: Access) => each.permissions.all().map((p) => p.roleId);
  for (const each of [access, open()])
    expect(rolesOf(each)).toEqual([roleIds.admin, roleIds.admin]);
});

test("the last administrator stays, also as the last member of a group", () => {
  access.users.createGroup("admins");
  access.users.assign("ann", "admins");
  grant("admins", roleIds.admin, true);
  access.removeUser("root");
  expect(() => access.change(() => access.users.unassign("ann", "admins"))).toThrow(
    "administrator",
  );
  expect(() => access.removeUser("ann")).toThrow("administrator");
  expect(access.isUnlimited("ann")).toBe(true);
});
