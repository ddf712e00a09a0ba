import { type MoRef, refKey } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Store } from "../inventory/store.ts";
import { roleIds, type Roles } from "./roles.ts";
import { userNotFound, type Users } from "./users.ts";

/** Permissions on one entity. */
const permissionsMax = 500;

/** A user or group has a role on an entity and, when it propagates, on all below. */
export interface Permission {
  entity: MoRef;
  principal: string;
  group: boolean;
  roleId: number;
  propagate: boolean;
}

/** Who may do what where, stored entity by entity. */
export class Permissions {
  readonly #store: Store;
  readonly #inventory: Inventory;
  readonly #roles: Roles;
  readonly #users: Users;
  readonly #byEntity = new Map<string, Permission[]>();
  #version = 0;

  constructor(parts: { store: Store; inventory: Inventory; roles: Roles; users: Users }) {
    this.#store = parts.store;
    this.#inventory = parts.inventory;
    this.#roles = parts.roles;
    this.#users = parts.users;
    this.load();
  }

  /** Takes what is stored for what there is. */
  load(): void {
    const before = this.all();
    this.#byEntity.clear();
    for (const { id, value } of this.#store.all<Permission[]>("permission")) {
      this.#byEntity.set(id, value);
    }
    this.#version++;
    this.#inventory.changed(...[...before, ...this.all()].map((p) => p.entity));
  }

  /** Grows with every change; whoever keeps something derived compares it. */
  get version(): number {
    return this.#version;
  }

  all(): Permission[] {
    return [...this.#byEntity.values()].flat();
  }

  on(entity: MoRef): readonly Permission[] {
    return this.#byEntity.get(refKey(entity)) ?? [];
  }

  withRole(roleId: number): Permission[] {
    return this.all().filter((p) => p.roleId === roleId);
  }

  /** Adds permissions to an entity; one for the same user or group is replaced. */
  set(entity: MoRef, added: Omit<Permission, "entity">[]): void {
    const kept = this.on(entity).filter((old) => !added.some((p) => isSamePrincipal(old, p)));
    this.replace(entity, [...kept, ...added]);
  }

  /** Makes these the permissions of an entity. */
  replace(entity: MoRef, wanted: Omit<Permission, "entity">[]): void {
    for (const p of wanted) this.#check(p);
    if (wanted.length > permissionsMax) {
      throw fault("LimitExceeded", `an entity has at most ${permissionsMax} permissions`);
    }
    const unique = wanted.filter((p, i) => wanted.findIndex((o) => isSamePrincipal(o, p)) === i);
    this.#write(
      entity,
      unique.map(({ principal, group, roleId, propagate }) => ({
        entity,
        principal,
        group,
        roleId,
        propagate,
      })),
    );
  }

  remove(entity: MoRef, principal: string, group: boolean): void {
    const before = this.on(entity);
    const left = before.filter((p) => !isSamePrincipal(p, { principal, group }));
    if (left.length === before.length) {
      throw fault("NotFound", `"${principal}" has no permission on this object`);
    }
    this.#write(entity, left);
  }

  /** Gives everybody with one role another one. */
  mergeRole(from: number, to: number): void {
    for (const permissions of this.#byEntity.values()) {
      const entity = permissions[0]?.entity;
      if (!entity || permissions.every((p) => p.roleId !== from)) continue;
      this.#write(
        entity,
        permissions.map((p) => (p.roleId === from ? { ...p, roleId: to } : p)),
      );
    }
  }

  /** Forgets the permissions of those who are gone. */
  removePrincipal(principal: string, group: boolean): void {
    for (const permissions of this.#byEntity.values()) {
      const entity = permissions[0]?.entity;
      const left = permissions.filter((p) => !isSamePrincipal(p, { principal, group }));
      if (entity && left.length < permissions.length) this.#write(entity, left);
    }
  }

  /** Forgets the permissions of an entity that is no more. */
  removeEntity(key: string): void {
    if (!this.#byEntity.delete(key)) return;
    this.#version++;
    this.#store.delete("permission", key);
  }

  /** Keys (see refKey) of the entities that have permissions. */
  entities(): string[] {
    return [...this.#byEntity.keys()];
  }

  /** Tells that what roles or groups mean has changed. */
  touch(): void {
    this.#version++;
    this.#inventory.changed(...this.all().map((p) => p.entity));
  }

  #check(p: Omit<Permission, "entity">): void {
    const isThere = p.group ? this.#users.findGroup(p.principal) : this.#users.find(p.principal);
    if (!isThere) throw userNotFound(p.principal);
    this.#roles.get(p.roleId);
    if (p.roleId === roleIds.view || p.roleId === roleIds.anonymous) {
      throw invalidArgument("permission", "the roles View and Anonymous cannot be granted");
    }
  }

  #write(entity: MoRef, permissions: Permission[]): void {
    const key = refKey(entity);
    if (permissions.length === 0) {
      this.#store.delete("permission", key);
      this.#byEntity.delete(key);
    } else {
      this.#store.put("permission", key, permissions);
      this.#byEntity.set(key, permissions);
    }
    this.#version++;
    this.#inventory.changed(entity);
  }
}

type Principal = Pick<Permission, "principal" | "group">;

const isSamePrincipal = (a: Principal, b: Principal): boolean =>
  a.principal === b.principal && a.group === b.group;
