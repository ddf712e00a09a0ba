/** Who a process runs as, from Docker's `user` text and the container's own passwd and group files. */
import { VicError } from "../../internal/errors/errors.ts";

/** A resolved user. */
export interface ResolvedUser {
  uid: number;
  gid: number;
  /** Supplementary groups. */
  groups: number[];
  home: string;
}

interface Passwd {
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

const idMax = 0x7fff_ffff;

/**
 * Resolves "", "user", "uid", "user:group" and so on as Docker does: a name must exist, a number need not. Supplementary
 * groups come from the group file unless a group was given; `groupAdd` always counts.
 */
export function resolveUser(
  spec: string,
  passwdText: string,
  groupText: string,
  groupAdd: string[] = [],
): ResolvedUser {
  const users = parsePasswd(passwdText);
  const groups = parseGroup(groupText);
  const colon = spec.indexOf(":");
  const userText = colon < 0 ? spec : spec.slice(0, colon);
  const groupSpec = colon < 0 ? "" : spec.slice(colon + 1);
  const user = findUser(userText, users);
  const gid = groupSpec === "" ? user.gid : findGroup(groupSpec, groups);
  const inherited =
    groupSpec === "" ? groups.filter((g) => g.members.includes(user.name)).map((g) => g.gid) : [];
  const added = groupAdd.map((text) => findGroup(text, groups));
  return { uid: user.uid, gid, groups: [...new Set([...inherited, ...added])], home: user.home };
}

function findUser(text: string, users: Passwd[]): Passwd {
  const wanted = text === "" ? "0" : text;
  const named = users.find((u) => u.name === wanted);
  if (named !== undefined) return named;
  const uid = parseId(wanted);
  if (uid === undefined)
    throw new VicError(
      "invalid",
      `unable to find user ${wanted}: no matching entries in passwd file`,
    );
  return users.find((u) => u.uid === uid) ?? { name: "", uid, gid: 0, home: "/" };
}

function findGroup(text: string, groups: Group[]): number {
  const gid = groups.find((g) => g.name === text)?.gid ?? parseId(text);
  if (gid === undefined)
    throw new VicError(
      "invalid",
      `unable to find group ${text}: no matching entries in group file`,
    );
  return gid;
}

function parseId(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text) || Number(text) > idMax) return undefined;
  return Number(text);
}

/** Lines that are no entries are skipped, as libc does. */
function parsePasswd(text: string): Passwd[] {
  return text.split("\n").flatMap((line) => {
    const [name, , uidText, gidText, , home] = line.split(":");
    const [uid, gid] = [parseId(uidText ?? ""), parseId(gidText ?? "")];
    if (!name || uid === undefined || gid === undefined) return [];
    return [{ name, uid, gid, home: home === undefined || home === "" ? "/" : home }];
  });
}

function parseGroup(text: string): Group[] {
  return text.split("\n").flatMap((line) => {
    const [name, , gidText, members] = line.split(":");
    const gid = parseId(gidText ?? "");
    if (!name || gid === undefined) return [];
    return [{ name, gid, members: (members ?? "").split(",").filter(Boolean) }];
  });
}
