import { randomBytes, randomUUID, timingSafeEqual, createHash } from "node:crypto";
import { type MoRef, sameRef } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import type { Inventory, ManagedObject } from "../inventory/inventory.ts";
import { refs } from "../inventory/refs.ts";
import { PropertyCollector } from "./property-collector.ts";
import { Tickets } from "./tickets.ts";

/** Sessions at once, objects one session may make, and how long an unused session lives. */
const sessionsMax = 500;
const objectsMax = 200;
const idleMs = 30 * 60 * 1000;
const passwordMaxBytes = 1024;
/** Password checks that may wait; each costs some 80 ms and 64 MiB. */
const checksMax = 64;

/** A logged-in client: its own property collectors, views and event collectors. */
export class Session {
  readonly token = randomBytes(32).toString("hex");
  readonly key = randomUUID();
  readonly userName: string;
  readonly userAgent: string;
  readonly loginTime = new Date().toISOString();
  readonly collector: PropertyCollector;
  lastActive = Date.now();
  /** Calls under way; a session in use is not idle. */
  calls = 0;
  callCount = 0;
  readonly #objects = new Map<string, ManagedObject & { close(): void }>();
  #count = 0;

  readonly #managers: ManagedObject[];

  constructor(
    inventory: Inventory,
    userName: string,
    userAgent: string,
    list: () => Record<string, unknown>[],
  ) {
    this.userName = userName;
    this.userAgent = userAgent;
    this.#managers = [
      sessionManagerObject(list, () => this.info()),
      { ref: refs.viewManager, properties: { viewList: () => this.#views() } },
    ];
    const resolve = (ref: MoRef) => this.find(ref) ?? inventory.find(ref);
    this.collector = new PropertyCollector(refs.propertyCollector, inventory, resolve);
  }

  /** A reference for a new object of this session. */
  newRef(type: string): MoRef {
    if (this.#objects.size >= objectsMax) {
      throw fault("LimitExceeded", `a session has at most ${objectsMax} objects: destroy some`);
    }
    return { type, value: `session[${this.key}]${type}-${++this.#count}` };
  }

  add<T extends ManagedObject & { close(): void }>(object: T): T {
    this.#objects.set(object.ref.value, object);
    return object;
  }

  remove(ref: MoRef): void {
    this.#objects.get(ref.value)?.close();
    this.#objects.delete(ref.value);
  }

  find(ref: MoRef): ManagedObject | undefined {
    if (sameRef(ref, refs.propertyCollector)) return this.collector;
    const manager = this.#managers.find((m) => sameRef(m.ref, ref));
    if (manager) return manager;
    const own = this.#objects.get(ref.value);
    if (own && sameRef(own.ref, ref)) return own;
    for (const collector of this.collectors()) {
      const filter = collector.filter(ref);
      if (filter) return filter;
    }
    return undefined;
  }

  *collectors(): Iterable<PropertyCollector> {
    yield this.collector;
    for (const object of this.#objects.values()) {
      if (object instanceof PropertyCollector) yield object;
    }
  }

  /** References of objects of one type, for ViewManager and the like. */
  ofType(type: string): MoRef[] {
    return [...this.#objects.values()].flatMap((o) => (o.ref.type === type ? [o.ref] : []));
  }

  #views(): MoRef[] {
    return [...this.ofType("ContainerView"), ...this.ofType("ListView")];
  }

  /** UserSession. */
  info(): Record<string, unknown> {
    return {
      key: this.key,
      userName: this.userName,
      fullName: this.userName,
      loginTime: this.loginTime,
      lastActiveTime: new Date(this.lastActive).toISOString(),
      locale: "en",
      messageLocale: "en",
      extensionSession: false,
      userAgent: this.userAgent,
      callCount: this.callCount,
    };
  }

  close(): void {
    for (const object of this.#objects.values()) object.close();
    this.#objects.clear();
    this.collector.close();
  }
}

/** SessionManager as one session sees it, or (without `current`) somebody who is not logged in. */
export function sessionManagerObject(
  list: () => Record<string, unknown>[],
  current?: () => Record<string, unknown>,
): ManagedObject {
  return {
    ref: refs.sessionManager,
    properties: {
      sessionList: list,
      currentSession: () => current?.(),
      messageLocaleList: () => ["en"],
      supportedLocaleList: () => ["en"],
      defaultLocale: () => "en",
    },
  };
}

/** The one user and the hash of the password. */
export interface Account {
  user: string;
  passwordHash: string;
}

/** Who is logged in, and who may be. */
export class Sessions {
  readonly tickets = new Tickets();
  readonly #inventory: Inventory;
  readonly #account: Account;
  readonly #byToken = new Map<string, Session>();
  /** Digest of the credentials that were right last, so that each HTTP request does not cost a slow hash. */
  #verified: Buffer | undefined;
  readonly #salt = randomBytes(32);
  #checking: Promise<unknown> = Promise.resolve();
  #checks = 0;

  constructor(inventory: Inventory, account: Account) {
    this.#inventory = inventory;
    this.#account = account;
  }

  all(): Session[] {
    return [...this.#byToken.values()];
  }

  find(token: string | undefined): Session | undefined {
    const session = token === undefined ? undefined : this.#byToken.get(token);
    if (!session) return undefined;
    if (session.calls === 0 && Date.now() - session.lastActive > idleMs) {
      this.end(session);
      return undefined;
    }
    session.lastActive = Date.now();
    return session;
  }

  /** A new session, or an InvalidLogin fault. */
  async login(userName: string, password: string, userAgent: string): Promise<Session> {
    if (!(await this.isRight(userName, password))) {
      throw fault("InvalidLogin", "incorrect user name or password");
    }
    return this.open(this.#account.user, userAgent);
  }

  /** A new session of a user who has proved who it is. */
  open(userName: string, userAgent: string): Session {
    this.#makeRoom();
    const session = new Session(this.#inventory, userName, userAgent, () =>
      this.all().map((s) => s.info()),
    );
    this.#byToken.set(session.token, session);
    return session;
  }

  end(session: Session): void {
    this.#byToken.delete(session.token);
    session.close();
  }

  /** Whether these are the credentials. Checks run one at a time. */
  async isRight(userName: string, password: string): Promise<boolean> {
    if (Buffer.byteLength(password) > passwordMaxBytes || password === "") return false;
    const digest = createHash("sha256")
      .update(this.#salt)
      .update(JSON.stringify([userName, password]))
      .digest();
    if (this.#verified && timingSafeEqual(this.#verified, digest)) return true;
    if (this.#checks >= checksMax) {
      throw fault("InvalidLogin", "too many logins at once: try again");
    }
    this.#checks++;
    const check = this.#checking.then(() =>
      Bun.password.verify(password, this.#account.passwordHash),
    );
    this.#checking = check.catch(() => undefined);
    const isPassword = await check.finally(() => this.#checks--);
    // The hash is computed for a wrong user name too: the time tells nothing.
    const isRight = isPassword && userName === this.#account.user;
    if (isRight) this.#verified = digest;
    return isRight;
  }

  #makeRoom(): void {
    const idle = this.all().filter((s) => s.calls === 0);
    const old = Date.now() - idleMs;
    for (const session of idle) if (session.lastActive < old) this.end(session);
    if (this.#byToken.size < sessionsMax) return;
    const [longest] = idle.sort((a, b) => a.lastActive - b.lastActive);
    if (!longest) throw fault("InvalidLogin", `${sessionsMax} sessions are in use`);
    this.end(longest);
  }
}
