import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { VicError } from "../errors/errors.ts";
import { Access } from "./access/access.ts";
import { DataDir } from "./data-dir.ts";
import { faultOf } from "./fault.ts";
import { Inventory } from "./inventory/inventory.ts";
import { openMode } from "./inventory/mode.ts";
import { refsOf } from "./inventory/refs.ts";
import { Store } from "./inventory/store.ts";

/** A change to the accounts of a vic-host that does not run. */
export type UserChange =
  | { what: "add"; name: string; password: string; role: string | undefined }
  | { what: "password"; name: string; password: string }
  | { what: "remove"; name: string }
  | { what: "list" };

/**
 * Changes or lists the accounts in a data folder, which no vic-host may be using. Returns lines to print: of `list` the
 * names and their roles on everything.
 */
export async function changeUsers(dataDir: string, change: UserChange): Promise<string[]> {
  const path = resolve(dataDir);
  if (!existsSync(join(path, "vic-host.db"))) {
    throw new VicError("not-found", `${path} is not the data folder of a vic-host`, {
      hint: "start vic-host serve with it once",
    });
  }
  using dir = new DataDir(path);
  using store = new Store(dir.file("vic-host.db"));
  const refs = refsOf(openMode(store, undefined));
  const access = new Access({ store, inventory: new Inventory(), refs });
  try {
    return await apply(access, refs.rootFolder, store.get<string>("setting", "user"), change);
  } catch (error) {
    const { message } = faultOf(error);
    throw new VicError(VicError.from(error).code, message, { cause: error });
  }
}

async function apply(
  access: Access,
  root: { type: string; value: string },
  own: string | undefined,
  change: UserChange,
): Promise<string[]> {
  const { users, roles, permissions } = access;
  switch (change.what) {
    case "add": {
      const { name, password, role: wanted } = change;
      const role = roles.all().find((r) => r.name === wanted);
      if (wanted !== undefined && !role) {
        const names = roles.all().map((r) => r.name);
        throw new VicError("invalid", `there is no role "${wanted}": take ${names.join(", ")}`);
      }
      await users.create(name, password);
      const permission = { principal: name, group: false, propagate: true };
      if (role) permissions.set(root, [{ ...permission, roleId: role.roleId }]);
      return [];
    }
    case "password":
      await users.update(change.name, { password: change.password });
      return [];
    case "remove":
      if (change.name === own) {
        throw new VicError("conflict", `${own} is the user that vic-host serve was started with`, {
          hint: "start it with another --user",
        });
      }
      access.removeUser(change.name);
      return [];
    case "list":
      return users.all().map(({ name }) => {
        const own = permissions.on(root).find((p) => p.principal === name && !p.group);
        return own ? `${name}\t${roles.get(own.roleId).name}` : name;
      });
  }
}
