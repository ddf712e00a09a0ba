import type { MoRef } from "../../vim25/types.ts";
import { refs } from "../inventory/refs.ts";
import { eventsMax, type Store } from "../inventory/store.ts";

/** An event as the API shows it. */
export interface HostEvent {
  _type: string;
  key: number;
  chainId: number;
  createdTime: string;
  userName: string;
  fullFormattedMessage: string;
  vm?: { name: string; vm: MoRef };
  [field: string]: unknown;
}

/** What {@link EventLog.post} is told. */
export interface NewEvent {
  type: string;
  message: string;
  userName?: string;
  vm?: { name: string; vm: MoRef };
  /** Fields that only this type has. */
  fields?: Record<string, unknown>;
}

/** Called with each new event. */
export type EventListener = (event: HostEvent) => void;

/** Every event, durable, keys only growing; the last {@link eventsMax} are kept. */
export class EventLog {
  readonly #store: Store;
  readonly #hostName: string;
  readonly #listeners = new Set<EventListener>();
  #events: HostEvent[];

  constructor(store: Store, hostName: string) {
    this.#store = store;
    this.#hostName = hostName;
    this.#events = store
      .events()
      .map(({ key, json }) => ({ ...(JSON.parse(json) as HostEvent), key, chainId: key }));
  }

  /** Oldest first. */
  get events(): readonly HostEvent[] {
    return this.#events;
  }
  get latest(): HostEvent | undefined {
    return this.#events.at(-1);
  }

  post({ type, message, userName, vm, fields }: NewEvent): void {
    const body = {
      _type: type,
      createdTime: new Date().toISOString(),
      userName: userName ?? "",
      datacenter: { name: "ha-datacenter", datacenter: refs.datacenter },
      computeResource: { name: this.#hostName, computeResource: refs.computeResource },
      host: { name: this.#hostName, host: refs.host },
      ...(vm === undefined ? {} : { vm }),
      fullFormattedMessage: message,
      ...(vm === undefined ? {} : { template: false }),
      ...fields,
    };
    const key = this.#store.appendEvent(body);
    const event: HostEvent = { ...body, key, chainId: key };
    this.#events.push(event);
    // Cut in one go now and then: shifting each time would copy the list each time.
    if (this.#events.length > eventsMax * 1.1) this.#events = this.#events.slice(-eventsMax);
    for (const listener of this.#listeners) listener(event);
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
