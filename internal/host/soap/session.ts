import { randomBytes, randomUUID } from "node:crypto";
import { type MoRef, sameRef } from "../../vim25/types.ts";
import type { Access } from "../access/access.ts";
import { fault } from "../fault.ts";
import type { Inventory, ManagedObject } from "../inventory/inventory.ts";
import { refs } from "../inventory/refs.ts";
import { PropertyCollector } from "./property-collector.ts";

/** Objects one session may make. */
const objectsMax = 200;

/** Who a session is for, as its client says and as the connection shows. */
export interface Client {
  userName: string;
  userAgent: string;
  /** Address of the other end; "" when it is not known. */
  address: string;
}

/** A logged-in client: its own property collectors, views and event collectors. */
export class Session {
  readonly token = randomBytes(32).toString("hex");
  readonly key = randomUUID();
  readonly userName: string;
  readonly userAgent: string;
  readonly address: string;
  locale = "en";
  readonly loginTime = new Date().toISOString();
  readonly collector: PropertyCollector;
  lastActive = Date.now();
  /** Calls under way; a session in use is not idle. */
  calls = 0;
  callCount = 0;
  readonly #objects = new Map<string, ManagedObject & { close(): void }>();
  #count = 0;

  readonly #managers: ManagedObject[];
  readonly #access: Access;
  readonly #inventory: Inventory;

  constructor(parts: {
    inventory: Inventory;
    access: Access;
    client: Client;
    facts: SessionFacts;
  }) {
    const { inventory, access, client, facts } = parts;
    this.#inventory = inventory;
    this.#access = access;
    this.userName = client.userName;
    this.userAgent = client.userAgent;
    this.address = client.address;
    this.#managers = [
      sessionManagerObject({
        list: () => facts.list(this),
        message: facts.message,
        current: () => this.info(),
      }),
      { ref: refs.viewManager, properties: { viewList: () => this.#views() } },
    ];
    this.collector = new PropertyCollector(refs.propertyCollector, inventory, this.see);
  }

  /** An object as this session sees it; undefined: not there, or not for this user. */
  readonly see = (ref: MoRef): ManagedObject | undefined =>
    this.find(ref) ?? this.#access.view(this.userName, this.#inventory.find(ref));

  /** Whether an object is of this session alone. */
  owns(ref: MoRef): boolean {
    return this.find(ref) !== undefined;
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
      locale: this.locale,
      messageLocale: "en",
      extensionSession: false,
      ipAddress: this.address,
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

/** What the sessions have in common, as one of them may see it. */
export interface SessionFacts {
  list: (asking: Session) => Record<string, unknown>[];
  /** The text that every session shows; "": none. */
  message: () => string;
}

/** SessionManager as one session sees it, or (without `current`) somebody who is not logged in. */
export function sessionManagerObject(parts: {
  list: () => Record<string, unknown>[];
  message: () => string;
  current?: () => Record<string, unknown>;
}): ManagedObject {
  return {
    ref: refs.sessionManager,
    properties: {
      sessionList: parts.list,
      currentSession: () => parts.current?.(),
      message: parts.message,
      messageLocaleList: () => ["en"],
      supportedLocaleList: () => ["en"],
      defaultLocale: () => "en",
    },
  };
}
