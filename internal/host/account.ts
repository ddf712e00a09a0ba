import { randomBytes } from "node:crypto";
import { hashPassword } from "./access/users.ts";
import type { DataDir } from "./data-dir.ts";
import type { World } from "./inventory/world.ts";

const passwordFile = "password";
const passwordBytes = 18;

/**
 * Makes sure that the user of the command line may log in and is an administrator. A given password replaces the
 * stored one; without one the stored one stays, and the first time a password is made up and left in the data folder.
 * Only a hash is stored otherwise. When the command line names another user than last time, that one takes the
 * place, and unless it is given another the password, of the one before.
 */
export async function openAccount(
  dir: DataDir,
  world: World,
  user: string,
  given: string | undefined,
): Promise<void> {
  const { store, access } = world;
  const before = store.get<string>("setting", "user");
  // From when there was one user.
  const old = store.get<string>("setting", "password-hash");
  const stored = access.users.find(user) ?? access.users.find(before ?? "");
  const known = stored?.passwordHash ?? old;
  const passwordHash = await hashFor(dir, given, known);
  store.transaction(() => {
    access.users.put({ name: user, description: stored?.description ?? "", passwordHash });
    access.ensureAdministrator(user);
    if (before !== undefined && before !== user) access.removeUser(before);
    store.put("setting", "user", user);
    store.delete("setting", "password-hash");
  });
}

async function hashFor(
  dir: DataDir,
  given: string | undefined,
  known: string | undefined,
): Promise<string> {
  if (known !== undefined) {
    if (given === undefined || (await Bun.password.verify(given, known))) return known;
  }
  const password = given ?? randomBytes(passwordBytes).toString("base64url");
  const hash = await hashPassword(password);
  // The file first: a password that nobody can read must not be the one that counts.
  if (given === undefined) dir.write(passwordFile, `${password}\n`, 0o600);
  else dir.remove(passwordFile);
  return hash;
}
