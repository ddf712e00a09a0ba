import { randomBytes } from "node:crypto";
import type { DataDir } from "./data-dir.ts";
import type { Account } from "./soap/session.ts";
import type { Store } from "./inventory/store.ts";

const passwordFile = "password";
const passwordBytes = 18;

/**
 * The account that may log in. A given password replaces the stored one; without one the stored one stays, and the
 * first time a password is made up and left in the data folder. Only a hash is stored otherwise.
 */
export async function openAccount(
  dir: DataDir,
  store: Store,
  user: string,
  given: string | undefined,
): Promise<Account> {
  const stored = store.get<string>("setting", "password-hash");
  if (given === undefined && stored !== undefined) return { user, passwordHash: stored };
  if (given !== undefined && stored !== undefined && (await Bun.password.verify(given, stored))) {
    return { user, passwordHash: stored };
  }
  const password = given ?? randomBytes(passwordBytes).toString("base64url");
  const passwordHash = await Bun.password.hash(password, { algorithm: "argon2id" });
  // The file first: a password that nobody can read must not be the one that counts.
  if (given === undefined) dir.write(passwordFile, `${password}\n`, 0o600);
  else dir.remove(passwordFile);
  store.put("setting", "password-hash", passwordHash);
  return { user, passwordHash };
}
