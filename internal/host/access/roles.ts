import { fault, invalidArgument } from "../fault.ts";
import type { Store } from "../inventory/store.ts";
import { isPrivilege, privileges, systemPrivileges } from "./privileges.ts";

/** Ids of the roles that vSphere always has. */
export const roleIds = { admin: -1, readOnly: -2, view: -3, anonymous: -4, noAccess: -5 } as const;

const nameMax = 80;
const rolesMax = 1000;

/** A set of privileges with a name. */
export interface Role {
  roleId: number;
  name: string;
  label: string;
  summary: string;
  /** Neither changed nor removed. */
  isSystem: boolean;
  privileges: ReadonlySet<string>;
}

/** What the store keeps of a role. */
interface RoleRecord {
  roleId: number;
  name: string;
  privileges: string[];
}

const all = privileges.map((p) => p.privId);
const interact = ["DeviceConnection", "PowerOff", "PowerOn", "Reset", "SetCDMedia", "Suspend"];
const virtualMachine = all.filter((id) => id.startsWith("VirtualMachine."));

const system: Role[] = [
  builtIn(roleIds.noAccess, "NoAccess", "No access", "Used for restricting granted access", []),
  builtIn(roleIds.anonymous, "Anonymous", "Anonymous", "Not logged-in user (cannot be granted)", [
    "System.Anonymous",
  ]),
  builtIn(roleIds.view, "View", "View", "Visibility access (cannot be granted)", [
    "System.Anonymous",
    "System.View",
  ]),
  builtIn(
    roleIds.readOnly,
    "ReadOnly",
    "Read-only",
    "See details of objects, but not make changes",
    [...systemPrivileges],
  ),
  builtIn(roleIds.admin, "Admin", "Administrator", "Full access rights", all),
];

/** Roles that a new vic-host has besides; they can be changed and removed. */
const samples: RoleRecord[] = [
  {
    roleId: 1,
    name: "VirtualMachineUser",
    privileges: interact.map((name) => `VirtualMachine.Interact.${name}`),
  },
  { roleId: 2, name: "VirtualMachinePowerUser", privileges: virtualMachine },
  {
    roleId: 3,
    name: "DatastoreConsumer",
    privileges: ["Datastore.AllocateSpace", "Datastore.Browse"],
  },
  { roleId: 4, name: "NetworkAdministrator", privileges: ["Network.Assign"] },
];

function builtIn(
  roleId: number,
  name: string,
  label: string,
  summary: string,
  granted: string[],
): Role {
  return { roleId, name, label, summary, isSystem: true, privileges: new Set(granted) };
}

const fromRecord = ({ roleId, name, privileges: granted }: RoleRecord): Role => ({
  roleId,
  name,
  label: name,
  summary: name,
  isSystem: false,
  privileges: new Set([...systemPrivileges, ...granted]),
});

/** The roles: those of vSphere, which are fixed, and those that somebody made, which are stored. */
export class Roles {
  readonly #store: Store;
  readonly #roles = new Map<number, Role>();

  constructor(store: Store) {
    this.#store = store;
    if (store.get("setting", "roles-made") === undefined) {
      store.transaction(() => {
        for (const record of samples) store.put("role", String(record.roleId), record);
        store.put("setting", "next-role", samples.length);
        store.put("setting", "roles-made", true);
      });
    }
    this.load();
  }

  /** Takes what is stored for what there is. */
  load(): void {
    const stored = this.#store.all<RoleRecord>("role").map(({ value }) => fromRecord(value));
    stored.sort((a, b) => a.roleId - b.roleId);
    this.#roles.clear();
    for (const role of [...system, ...stored]) this.#roles.set(role.roleId, role);
  }

  all(): Role[] {
    return [...this.#roles.values()];
  }

  has(roleId: number): boolean {
    return this.#roles.has(roleId);
  }

  /** The role, or a NotFound fault. */
  get(roleId: number): Role {
    const role = this.#roles.get(roleId);
    if (!role) throw fault("NotFound", `there is no role ${roleId}`);
    return role;
  }

  /** Whether the role holds the privilege; an administrator's holds whatever there is. */
  grants(roleId: number, privilege: string): boolean {
    if (roleId === roleIds.admin) return true;
    return this.#roles.get(roleId)?.privileges.has(privilege) === true;
  }

  /** Returns the new role's id. */
  add(name: string, granted: string[]): number {
    this.#checkName(name, undefined);
    checkPrivileges(granted);
    if (this.#roles.size >= rolesMax) throw fault("LimitExceeded", `at most ${rolesMax} roles`);
    const roleId = this.#store.nextNumber("role");
    this.#write({ roleId, name, privileges: granted });
    return roleId;
  }

  update(roleId: number, name: string, granted: string[]): void {
    this.changeable(roleId);
    this.#checkName(name, roleId);
    checkPrivileges(granted);
    this.#write({ roleId, name, privileges: granted });
  }

  remove(roleId: number): void {
    this.changeable(roleId);
    this.#store.delete("role", String(roleId));
    this.#roles.delete(roleId);
  }

  /** The role if it is no fixed one, which is an InvalidArgument fault. */
  changeable(roleId: number): Role {
    const role = this.get(roleId);
    if (role.isSystem) throw invalidArgument("roleId", `the role ${role.name} is fixed`);
    return role;
  }

  #checkName(name: string, roleId: number | undefined): void {
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (name === "" || name.length > nameMax || /[\x00-\x1f]/.test(name)) {
      throw fault("InvalidName", `a role's name has 1 to ${nameMax} characters`, { name });
    }
    const same = this.all().find((r) => r.name === name && r.roleId !== roleId);
    if (same) throw fault("AlreadyExists", `there is a role "${name}" already`, { name });
  }

  #write(record: RoleRecord): void {
    const unique = [...new Set(record.privileges)];
    this.#store.put("role", String(record.roleId), { ...record, privileges: unique });
    this.#roles.set(record.roleId, fromRecord({ ...record, privileges: unique }));
  }
}

function checkPrivileges(granted: string[]): void {
  const unknown = granted.find((id) => !isPrivilege(id));
  if (unknown !== undefined) throw invalidArgument("privIds", `no privilege "${unknown}"`);
}
