import { fault, invalidArgument } from "../fault.ts";
import type { Store } from "../inventory/store.ts";

const usersMax = 1000;
const groupsMax = 200;
const descriptionMax = 256;
/** Longest password, bytes: hashing must stay cheap. */
export const passwordMaxBytes = 1024;

/** What OWASP recommends at least for argon2id: 19 MiB and two passes. */
export const hashOptions = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/** An account that may log in. Only a hash of its password is kept. */
export interface User {
  name: string;
  description: string;
  passwordHash: string;
}

/** Users that get the same permissions. */
export interface Group {
  name: string;
  description: string;
  members: string[];
}

/** What happened to an account, for those who hold something of it. */
export type AccountListener = (name: string, what: "removed" | "password") => void;

/** The accounts of this vic-host. */
export class Users {
  readonly #store: Store;
  readonly #users = new Map<string, User>();
  readonly #groups = new Map<string, Group>();
  readonly #listeners = new Set<AccountListener>();

  constructor(store: Store) {
    this.#store = store;
    this.load();
  }

  /** Takes what is stored for what there is. */
  load(): void {
    this.#users.clear();
    this.#groups.clear();
    for (const { value } of this.#store.all<User>("user")) this.#users.set(value.name, value);
    for (const { value } of this.#store.all<Group>("group")) this.#groups.set(value.name, value);
  }

  all(): User[] {
    return [...this.#users.values()];
  }

  groups(): Group[] {
    return [...this.#groups.values()];
  }

  find(name: string): User | undefined {
    return this.#users.get(name);
  }

  findGroup(name: string): Group | undefined {
    return this.#groups.get(name);
  }

  /** Names of the groups that a user is in. */
  groupsOf(user: string): string[] {
    return this.groups()
      .filter((group) => group.members.includes(user))
      .map((group) => group.name);
  }

  /** Called when an account goes or gets another password. */
  subscribe(listener: AccountListener): void {
    this.#listeners.add(listener);
  }

  /** Adds an account; the name must be free. */
  async create(name: string, password: string, description = ""): Promise<void> {
    this.#checkNew(name);
    const passwordHash = await hashPassword(password);
    this.#checkNew(name);
    this.put({ name, description: checkedDescription(description), passwordHash });
  }

  /** Changes the password, the description or both. */
  async update(name: string, changes: { password?: string; description?: string }): Promise<void> {
    const { password, description } = changes;
    this.get(name);
    const hash = password === undefined ? undefined : await hashPassword(password);
    const user = this.get(name);
    this.put({
      ...user,
      ...(description === undefined ? {} : { description: checkedDescription(description) }),
      ...(hash === undefined ? {} : { passwordHash: hash }),
    });
    if (hash !== undefined) this.tell(name, "password");
  }

  /** Stores an account as it is. */
  put(user: User): void {
    this.#store.put("user", user.name, user);
    this.#users.set(user.name, user);
  }

  /** Removes the account; its permissions are the caller's affair, as is {@link tell}. */
  remove(name: string): void {
    this.get(name);
    for (const group of this.groupsOf(name)) this.unassign(name, group);
    this.#store.delete("user", name);
    this.#users.delete(name);
  }

  createGroup(name: string, description = ""): void {
    this.#checkNew(name);
    if (this.#groups.size >= groupsMax) throw fault("LimitExceeded", `at most ${groupsMax} groups`);
    this.#putGroup({ name, description: checkedDescription(description), members: [] });
  }

  removeGroup(name: string): void {
    const group = this.getGroup(name);
    if (group.members.length > 0) {
      throw fault("ResourceInUse", `the group "${name}" has members: take them out first`, {
        type: "Group",
        name,
      });
    }
    this.#store.delete("group", name);
    this.#groups.delete(name);
  }

  assign(user: string, group: string): void {
    this.get(user);
    const { members, ...rest } = this.getGroup(group);
    if (members.includes(user)) {
      throw fault("AlreadyExists", `"${user}" is in "${group}" already`, { name: user });
    }
    this.#putGroup({ ...rest, members: [...members, user] });
  }

  unassign(user: string, group: string): void {
    const { members, ...rest } = this.getGroup(group);
    if (!members.includes(user)) throw userNotFound(user);
    this.#putGroup({ ...rest, members: members.filter((name) => name !== user) });
  }

  /** The account, or a UserNotFound fault. */
  get(name: string): User {
    const user = this.#users.get(name);
    if (!user) throw userNotFound(name);
    return user;
  }

  getGroup(name: string): Group {
    const group = this.#groups.get(name);
    if (!group) throw userNotFound(name);
    return group;
  }

  #putGroup(group: Group): void {
    this.#store.put("group", group.name, group);
    this.#groups.set(group.name, group);
  }

  #checkNew(name: string): void {
    checkName(name);
    if (this.#users.has(name) || this.#groups.has(name)) {
      throw fault("AlreadyExists", `the name "${name}" is taken`, { name });
    }
    if (this.#users.size >= usersMax) throw fault("LimitExceeded", `at most ${usersMax} users`);
  }

  /** Has those who hold something of an account give it up. */
  tell(name: string, what: "removed" | "password"): void {
    for (const listener of this.#listeners) listener(name, what);
  }
}

/** The fault for a name that is neither a user nor a group. */
export function userNotFound(name: string): Error {
  return fault("UserNotFound", `there is no user or group "${name}"`, {
    principal: name,
    unresolved: true,
  });
}

/** An argon2id hash of a password of 1 to 1024 bytes. */
export function hashPassword(password: string): Promise<string> {
  if (password === "" || Buffer.byteLength(password) > passwordMaxBytes) {
    throw invalidArgument("password", `a password has 1 to ${passwordMaxBytes} bytes`);
  }
  return Bun.password.hash(password, hashOptions);
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.@\\-]{0,63}$/.test(name)) return;
  const text = 'a name has 1 to 64 letters, digits, "_", ".", "-", "@" or "\\"';
  throw invalidArgument("id", text);
}

function checkedDescription(text: string): string {
  if (text.length <= descriptionMax) return text;
  throw invalidArgument("description", `a description has at most ${descriptionMax} characters`);
}
