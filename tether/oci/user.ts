import { VicError } from "../../internal/errors/errors.ts";

/** Who a process runs as. */
export interface ResolvedUser {
  uid: number;
  gid: number;
  /** Supplementary groups. */
  groups: number[];
  home: string;
}

const idMax = 2 ** 31 - 1;

interface Account {
  name: string;
  uid: number;
  gid: number;
  home: string;
}
interface Group {
  name: string;
  gid: number;
  members: string[];
}

function rows(text: string): string[][] {
  return text.split("\n").flatMap((line) => {
    const trimmed = line.trim();
    return trimmed === "" || trimmed.startsWith("#") ? [] : [trimmed.split(":")];
  });
}

function number(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  const n = Number(text);
  return n <= idMax ? n : undefined;
}

function parseAccounts(passwd: string): Account[] {
  return rows(passwd).flatMap(([name, , uid, gid, , home]) => {
    const [u, g] = [number(uid), number(gid)];
    if (!name || u === undefined || g === undefined) return [];
    return [{ name, uid: u, gid: g, home: home || "/" }];
  });
}

function parseGroups(group: string): Group[] {
  return rows(group).flatMap(([name, , gid, members]) => {
    const g = number(gid);
    if (!name || g === undefined) return [];
    return [{ name, gid: g, members: (members ?? "").split(",").filter((m) => m !== "") }];
  });
}

function findGroup(groups: Group[], text: string): number {
  const found = groups.find((g) => g.name === text)?.gid ?? number(text);
  if (found !== undefined) return found;
  throw new VicError("invalid", `unable to find group ${text}: no matching entries in group file`);
}

/**
 * Resolves Docker's user notation (`user`, `uid`, `user:group`, `uid:gid`, or nothing for root) against the text of the
 * container's /etc/passwd and /etc/group, as `docker run -u` does: numbers need no entry, names do; supplementary groups
 * come from the group file only when no group is given. `groupAdd` are further names or numbers.
 */
export function resolveUser(
  user: string,
  passwd: string,
  group: string,
  groupAdd: string[] = [],
): ResolvedUser {
  const [userPart = "", groupPart] = user.split(":", 2);
  const accounts = parseAccounts(passwd);
  const groups = parseGroups(group);
  const uidGiven = userPart === "" ? 0 : number(userPart);
  const account =
    accounts.find((a) => a.name === userPart) ?? accounts.find((a) => a.uid === uidGiven);
  if (!account && uidGiven === undefined) {
    const why = "no matching entries in passwd file";
    throw new VicError("invalid", `unable to find user ${userPart}: ${why}`);
  }
  const name = account?.name;
  const hasGroup = groupPart !== undefined && groupPart !== "";
  const members = hasGroup ? [] : groups.filter((g) => name && g.members.includes(name));
  const extra = [...members.map((g) => g.gid), ...groupAdd.map((g) => findGroup(groups, g))];
  return {
    uid: account?.uid ?? uidGiven!,
    gid: hasGroup ? findGroup(groups, groupPart) : (account?.gid ?? 0),
    groups: [...new Set(extra)],
    home: account?.home ?? "/",
  };
}
