import { type MoRef, refKey } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import type { Inventory, ManagedObject } from "../inventory/inventory.ts";
import type { Refs } from "../inventory/refs.ts";
import type { Store } from "../inventory/store.ts";
import { isEntity, ownersOf, parentsOf, taskInfo } from "./owner.ts";
import { type Permission, Permissions } from "./permissions.ts";
import { roleIds, Roles } from "./roles.ts";
import { Users } from "./users.ts";

/** Longest way from an entity to the root that is followed. */
const depthMax = 100;

/** Accounts, roles and permissions, and the one place that says whether somebody may do something. */
export class Access {
  readonly users: Users;
  readonly roles: Roles;
  readonly permissions: Permissions;
  readonly #store: Store;
  readonly #inventory: Inventory;
  readonly #refs: Refs;
  /** Users who may do everything everywhere, as of one version of the permissions. */
  readonly #unlimited = new Map<string, boolean>();
  #unlimitedAt = -1;

  constructor(parts: { store: Store; inventory: Inventory; refs: Refs }) {
    const { store, inventory } = parts;
    this.#store = store;
    this.#inventory = inventory;
    this.#refs = parts.refs;
    this.users = new Users(store);
    this.roles = new Roles(store);
    this.permissions = new Permissions({ store, inventory, roles: this.roles, users: this.users });
    inventory.subscribe((keys) => this.#forgetRemoved(keys));
  }

  /** Makes sure that this user is an administrator. */
  ensureAdministrator(user: string): void {
    const isAdmin = this.permissions
      .on(this.#refs.rootFolder)
      .some((p) => p.principal === user && !p.group && p.roleId === roleIds.admin && p.propagate);
    if (isAdmin) return;
    const admin = { principal: user, group: false, roleId: roleIds.admin, propagate: true };
    this.permissions.set(this.#refs.rootFolder, [admin]);
  }

  /** Whether a user has a privilege on an object; for an object that is no entity, on the one it belongs to. */
  has(user: string, privilege: string, ref: MoRef): boolean {
    if (this.isUnlimited(user)) return true;
    const object = this.#inventory.find(ref);
    if (!object) return false;
    const owners = ownersOf(this.#inventory, this.#refs, object);
    if (owners === "open") return true;
    return owners.some((owner) =>
      this.rolesOn(user, owner).some((roleId) => this.roles.grants(roleId, privilege)),
    );
  }

  /** Whether a user may see an object at all. */
  sees(user: string, object: ManagedObject): boolean {
    if (this.isUnlimited(user)) return true;
    // Who starts a task may follow it, also when what it was about is gone at its end.
    if (object.ref.type === "Task" && taskInfo(object).reason?.userName === user) return true;
    return this.has(user, isEntity(object.ref) ? "System.View" : "System.Read", object.ref);
  }

  /** The object as a user sees it: undefined when not at all. */
  view(user: string, object: ManagedObject | undefined): ManagedObject | undefined {
    if (!object || !this.sees(user, object)) return undefined;
    const { ref, properties } = object;
    if (ref.type === "EventManager") return this.#eventManager(user, object);
    if (!isEntity(ref)) return object;
    const own = this.permissions.on(ref);
    if (own.length === 0 && this.isUnlimited(user)) return object;
    const roles = this.rolesOn(user, ref);
    const effectiveRole = () => roles;
    const isReadable = roles.some((id) => this.roles.grants(id, "System.Read"));
    if (!isReadable) return { ref, properties: { ...outlineOf(properties), effectiveRole } };
    return { ref, properties: { ...properties, effectiveRole, permission: () => own } };
  }

  /**
   * Roles of a user on an entity: those given there, else those that come down from above. What is above something
   * that a user may see can be viewed, so that there is a way to it.
   */
  rolesOn(user: string, ref: MoRef): number[] {
    const own = this.#rolesOf(user, this.permissions.on(ref));
    const roles = [...new Set(own ?? this.#inherited(user, ref, 0))];
    return roles.length === 0 && this.#isAboveVisible(user, ref) ? [roleIds.view] : roles;
  }

  /** All that a user may do on an entity. */
  privilegesOn(user: string, ref: MoRef): string[] {
    const granted = this.rolesOn(user, ref).flatMap((id) => [...this.roles.get(id).privileges]);
    return [...new Set(granted)];
  }

  /** Whether a user is an administrator of everything and nothing says otherwise anywhere. */
  isUnlimited(user: string): boolean {
    if (this.#unlimitedAt !== this.permissions.version) {
      this.#unlimited.clear();
      this.#unlimitedAt = this.permissions.version;
    }
    const known = this.#unlimited.get(user);
    if (known !== undefined) return known;
    const groups = this.users.groupsOf(user);
    const own = this.permissions.all().filter((p) => concerns(p, user, groups));
    const isUnlimited =
      own.every((p) => p.roleId === roleIds.admin) &&
      own.some((p) => p.propagate && refKey(p.entity) === refKey(this.#refs.rootFolder));
    this.#unlimited.set(user, isUnlimited);
    return isUnlimited;
  }

  /** Removes an account with its permissions: the next one of that name must not have them. */
  removeUser(name: string): void {
    this.change(() => {
      this.users.remove(name);
      this.permissions.removePrincipal(name, false);
    });
    this.users.tell(name, "removed");
  }

  /** The same of a group, which must be empty. */
  removeGroup(name: string): void {
    this.change(() => {
      this.users.removeGroup(name);
      this.permissions.removePrincipal(name, true);
    });
  }

  /**
   * Changes accounts, roles and permissions: all of it or nothing, and nothing when nobody would be an administrator of
   * everything then.
   */
  change(work: () => void): void {
    try {
      this.#store.transaction(() => {
        work();
        if (this.#isAdministered()) return;
        throw fault("AuthMinimumAdminPermission", "somebody has to stay an administrator");
      });
    } catch (error) {
      // A transaction can fail at its very end, when all is changed here.
      for (const part of [this.users, this.roles, this.permissions]) part.load();
      throw error;
    }
  }

  #isAdministered(): boolean {
    const rights = this.permissions.on(this.#refs.rootFolder);
    const admins = rights.filter((p) => p.roleId === roleIds.admin && p.propagate);
    return admins.some(
      (p) => !p.group || (this.users.findGroup(p.principal)?.members ?? []).length > 0,
    );
  }

  /** The newest event is for those who may know of all. */
  #eventManager(user: string, { ref, properties }: ManagedObject): ManagedObject {
    if (this.has(user, "System.Read", this.#refs.rootFolder)) return { ref, properties };
    return { ref, properties: { ...properties, latestEvent: () => undefined } };
  }

  #isAboveVisible(user: string, ref: MoRef): boolean {
    if (!containerTypes.has(ref.type)) return false;
    const groups = this.users.groupsOf(user);
    const key = refKey(ref);
    return this.permissions
      .all()
      .some(
        (p) =>
          concerns(p, user, groups) &&
          p.roleId !== roleIds.noAccess &&
          this.#isBelow(p.entity, key, 0),
      );
  }

  #isBelow(ref: MoRef, key: string, depth: number): boolean {
    const object = this.#inventory.find(ref);
    if (!object || depth > depthMax) return false;
    return parentsOf(object).some(
      (parent) => refKey(parent) === key || this.#isBelow(parent, key, depth + 1),
    );
  }

  #inherited(user: string, ref: MoRef, depth: number): number[] {
    const object = this.#inventory.find(ref);
    if (!object || depth > depthMax) return [];
    return parentsOf(object).flatMap((parent) => {
      const down = this.permissions.on(parent).filter((p) => p.propagate);
      return this.#rolesOf(user, down) ?? this.#inherited(user, parent, depth + 1);
    });
  }

  /** What the user's own permission says, else those of all groups; undefined: nothing. */
  #rolesOf(user: string, permissions: readonly Permission[]): number[] | undefined {
    if (permissions.length === 0) return undefined;
    const own = permissions.find((p) => !p.group && p.principal === user);
    if (own) return [own.roleId];
    const groups = this.users.groupsOf(user);
    const byGroup = permissions.filter((p) => p.group && groups.includes(p.principal));
    return byGroup.length === 0 ? undefined : byGroup.map((p) => p.roleId);
  }

  #forgetRemoved(keys: ReadonlySet<string>): void {
    // Until everything has been loaded, what is missing is not gone.
    if (!this.#inventory.has(refKey(this.#refs.rootFolder))) return;
    for (const key of this.permissions.entities()) {
      if (keys.has(key) && !this.#inventory.has(key)) this.permissions.removeEntity(key);
    }
  }
}

/** Entities that have others below them. */
const containerTypes = new Set([
  "ClusterComputeResource",
  "ComputeResource",
  "Datacenter",
  "Folder",
  "ResourcePool",
  "StoragePod",
  "VirtualApp",
]);

/** Properties that may be seen of what can only be viewed: what it is called and how to get on from it. */
const outline = [
  "name",
  "parent",
  "childType",
  "childEntity",
  "vmFolder",
  "hostFolder",
  "datastoreFolder",
  "networkFolder",
  "host",
  "resourcePool",
  "vm",
];

function outlineOf(properties: ManagedObject["properties"]): ManagedObject["properties"] {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => outline.includes(name)));
}

const concerns = (p: Permission, user: string, groups: string[]): boolean =>
  p.group ? groups.includes(p.principal) : p.principal === user;
