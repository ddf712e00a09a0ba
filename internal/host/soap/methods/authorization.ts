import type { MoRef } from "../../../vim25/types.ts";
import { isEntity, parentsOf } from "../../access/owner.ts";
import type { Permission } from "../../access/permissions.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { type Call, type Methods, param, sessionOf, userOf } from "../call.ts";

/** Entities and privileges one question may be about. */
const askedMax = 10_000;

/** AuthorizationManager: roles and permissions. */
export const authorizationManager: Methods = {
  AddAuthorizationRole: (call) => {
    const roleId = call.world.access.roles.add(param<string>(call, "name"), privilegesIn(call));
    changedRoles(call);
    return roleId;
  },
  UpdateAuthorizationRole: (call) => {
    const { roles, permissions } = call.world.access;
    const roleId = param<number>(call, "roleId");
    roles.update(roleId, param<string>(call, "newName"), privilegesIn(call));
    permissions.touch();
    changedRoles(call);
  },
  RemoveAuthorizationRole: (call) => {
    const { access } = call.world;
    const { roles, permissions } = access;
    const role = roles.changeable(param<number>(call, "roleId"));
    const used = permissions.withRole(role.roleId);
    if (used.length > 0 && param<boolean>(call, "failIfUsed")) {
      throw fault("RemoveFailed", `the role "${role.name}" is used by ${used.length} permissions`);
    }
    access.change(() => {
      for (const p of used) permissions.remove(p.entity, p.principal, p.group);
      roles.remove(role.roleId);
    });
    changedRoles(call);
  },
  MergePermissions: (call) => {
    const { roles, permissions } = call.world.access;
    const from = roles.get(param<number>(call, "srcRoleId")).roleId;
    const to = roles.get(param<number>(call, "dstRoleId")).roleId;
    call.world.access.change(() => permissions.mergeRole(from, to));
  },
  SetEntityPermissions: (call) => {
    const entity = entityOf(call);
    const { access } = call.world;
    access.change(() => access.permissions.set(entity, permissionsIn(call)));
  },
  ResetEntityPermissions: (call) => {
    const entity = entityOf(call);
    const { access } = call.world;
    access.change(() => access.permissions.replace(entity, permissionsIn(call)));
  },
  RemoveEntityPermission: (call) => {
    const entity = entityOf(call);
    const { access } = call.world;
    const user = param<string>(call, "user");
    const isGroup = param<boolean>(call, "isGroup");
    access.change(() => access.permissions.remove(entity, user, isGroup));
  },
  RetrieveEntityPermissions: (call) => {
    const entity = entityOf(call);
    const { permissions } = call.world.access;
    const own = permissions.on(entity);
    return param<boolean>(call, "inherited")
      ? [...new Set([...own, ...inherited(call, entity)])]
      : own;
  },
  RetrieveAllPermissions: (call) => visible(call, call.world.access.permissions.all()),
  RetrieveRolePermissions: (call) => {
    const { roles, permissions } = call.world.access;
    const { roleId } = roles.get(param<number>(call, "roleId"));
    return visible(call, permissions.withRole(roleId));
  },
  HasPrivilegeOnEntity: (call) => {
    const user = userOfSession(call);
    const entity = entityOf(call);
    return asked(call).map((id) => call.world.access.has(user, id, entity));
  },
  HasPrivilegeOnEntities: (call) =>
    availability(call, userOfSession(call), param<MoRef[]>(call, "entity")),
  HasUserPrivilegeOnEntities: (call) =>
    availability(call, knownUser(call), param<MoRef[]>(call, "entities")),
  FetchUserPrivilegeOnEntities: (call) => {
    const user = knownUser(call);
    return param<MoRef[]>(call, "entities").map((entity) => {
      assertEntity(call, entity);
      return { entity, privileges: call.world.access.privilegesOn(user, entity) };
    });
  },
  DisableMethods: (call) => {
    const methods = param<{ method: string }[]>(call, "method").map((m) => m.method);
    const source = param<string>(call, "sourceId");
    for (const ref of param<MoRef[]>(call, "entity")) {
      const vm = call.world.vms.get(ref);
      const added = Object.fromEntries(methods.map((method) => [method, source]));
      call.world.vms.update(vm, { disabledMethods: { ...vm.record.disabledMethods, ...added } });
    }
  },
  EnableMethods: (call) => {
    const methods = param<string[]>(call, "method");
    const source = param<string>(call, "sourceId");
    for (const ref of param<MoRef[]>(call, "entity")) {
      const vm = call.world.vms.get(ref);
      const left = Object.entries(vm.record.disabledMethods).filter(
        ([method, by]) => !methods.includes(method) || by !== source,
      );
      call.world.vms.update(vm, { disabledMethods: Object.fromEntries(left) });
    }
  },
};

const privilegesIn = (call: Call): string[] => param<string[] | undefined>(call, "privIds") ?? [];

const changedRoles = (call: Call): void =>
  call.world.inventory.changed(call.world.refs.authorizationManager);

function permissionsIn(call: Call): Omit<Permission, "entity">[] {
  return param<Partial<Permission>[]>(call, "permission").map((p) => {
    const { principal, group, roleId, propagate } = p;
    if (principal === undefined || roleId === undefined) {
      throw invalidArgument("permission", "say the principal and the role");
    }
    return { principal, roleId, group: group === true, propagate: propagate === true };
  });
}

function entityOf(call: Call): MoRef {
  const entity = param<MoRef>(call, "entity");
  assertEntity(call, entity);
  return entity;
}

function assertEntity(call: Call, entity: MoRef): void {
  call.world.inventory.get(entity);
  if (isEntity(entity)) return;
  throw invalidArgument("entity", `permissions are on entities, not on a ${entity.type}`);
}

/** Permissions that come down from above, of all levels. */
function inherited(call: Call, entity: MoRef): Permission[] {
  const object = call.world.inventory.find(entity);
  if (!object) return [];
  return parentsOf(object).flatMap((parent) => [
    ...call.world.access.permissions.on(parent).filter((p) => p.propagate),
    ...inherited(call, parent),
  ]);
}

const visible = (call: Call, permissions: Permission[]): Permission[] =>
  permissions.filter((p) => sessionOf(call).see(p.entity) !== undefined);

function userOfSession(call: Call): string {
  const key = param<string>(call, "sessionId");
  const session = call.sessions.withKey(key);
  // Another user's rights are told to those who may manage rights.
  const { access, refs } = call.world;
  const isOwn = session?.userName === userOf(call);
  const may = "Authorization.ModifyPermissions";
  if (session && (isOwn || access.has(userOf(call), may, refs.rootFolder))) return session.userName;
  throw invalidArgument("sessionId", "there is no such session");
}

function knownUser(call: Call): string {
  return call.world.access.users.get(param<string>(call, "userName")).name;
}

function asked(call: Call): string[] {
  const ids = param<string[] | undefined>(call, "privId") ?? [];
  if (ids.length > askedMax) throw invalidArgument("privId", `at most ${askedMax} at once`);
  return ids;
}

function availability(call: Call, user: string, entities: MoRef[]) {
  const ids = asked(call);
  if (ids.length * entities.length > askedMax) {
    throw invalidArgument("entity", `at most ${askedMax} answers at once`);
  }
  return entities.map((entity) => {
    assertEntity(call, entity);
    const grants = (privId: string) => call.world.access.has(user, privId, entity);
    return {
      entity,
      privAvailability: ids.map((privId) => ({ privId, isGranted: grants(privId) })),
    };
  });
}
