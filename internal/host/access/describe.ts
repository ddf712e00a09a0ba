import type { Access } from "./access.ts";
import { privileges } from "./privileges.ts";

/** AuthorizationRoles, as AuthorizationManager.roleList shows them. */
export function roleList(access: Access): Record<string, unknown>[] {
  return access.roles.all().map((role) => ({
    roleId: role.roleId,
    system: role.isSystem,
    name: role.name,
    info: { label: role.label, summary: role.summary },
    privilege: [...role.privileges],
  }));
}

const element = (key: string, label: string) => ({ key, label, summary: label });

/** AuthorizationDescription: what privileges and their groups are called. */
export const authorizationDescription = {
  privilege: privileges.map((p) => element(p.privId, p.name)),
  privilegeGroup: [...new Set(privileges.map((p) => p.privGroupName))].map((g) => element(g, g)),
};
