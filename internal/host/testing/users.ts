import { hashPassword } from "../access/users.ts";
import { Client } from "../../vim25/client.ts";
import { hasFault } from "../../vim25/fault.ts";
import type { VicError } from "../../errors/errors.ts";
import type { MoRef } from "../../vim25/types.ts";
import type { TestHost } from "./fakes.ts";

/** Password of every user that {@link addUser} makes. */
export const userPassword = "the password of a user";

let hash: Promise<string> | undefined;

/** Makes an account with {@link userPassword}; the slow hash is computed once. */
export async function addAccount(host: TestHost, name: string): Promise<void> {
  hash ??= hashPassword(userPassword);
  host.world.access.users.put({ name, description: "", passwordHash: await hash });
}

/** Makes an account with a role on an entity, and logs it in. */
export async function addUser(
  host: TestHost,
  name: string,
  grants: { on: MoRef; privileges: string[]; propagate: boolean }[] = [],
): Promise<Client> {
  await addAccount(host, name);
  for (const [index, { on, privileges, propagate }] of grants.entries()) {
    const roleId = host.world.access.roles.add(`${name}-${index}`, privileges);
    host.world.access.permissions.set(on, [{ principal: name, group: false, roleId, propagate }]);
  }
  return connectAs(host, name);
}

/** Logs in. */
export function connectAs(
  host: TestHost,
  username: string,
  password = userPassword,
): Promise<Client> {
  const { url, sha256 } = host.running;
  return Client.connect({ url, username, password, thumbprint: sha256 });
}

/** What a call fails with: the fault's name, and for NoPermission the privilege and the object's id. */
export async function failure(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const { fault, data } = (error as VicError).detail as {
      fault?: string;
      data?: { object?: MoRef; privilegeId?: string };
    };
    if (!hasFault(error, "NoPermission")) return fault ?? String(error);
    return `${fault} ${data?.privilegeId} ${data?.object?.value}`;
  }
}
