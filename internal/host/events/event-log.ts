import { isA } from "../../vim25/schema/schema.ts";
import type { MoRef } from "../../vim25/types.ts";
import { eventsMax, type Store } from "../inventory/store.ts";
import { currentChain } from "./chain.ts";
import type { HistorySource } from "./history.ts";

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
export class EventLog implements HistorySource<HostEvent> {
  readonly #store: Store;
  readonly #where: object;
  readonly #listeners = new Set<EventListener>();
  #events: HostEvent[];

  /** `where`: the arguments that say on which host of which datacenter it all happens. */
  constructor(store: Store, where: object) {
    this.#store = store;
    this.#where = where;
    this.#events = store.events().map(({ key, json }) => {
      const event = JSON.parse(json) as HostEvent;
      return { ...event, key, chainId: event.chainId ?? key };
    });
  }

  /** Oldest first. */
  get events(): readonly HostEvent[] {
    return this.#events;
  }
  get latest(): HostEvent | undefined {
    return this.#events.at(-1);
  }

  items(): readonly HostEvent[] {
    return this.#events;
  }
  keyOf(event: HostEvent): number {
    return event.key;
  }

  /** Stores an event and tells it. What the task under way posts is part of that task's chain. */
  post({ type, message, userName, vm, fields }: NewEvent): HostEvent {
    const chain = currentChain();
    const body = {
      _type: type,
      createdTime: new Date().toISOString(),
      userName: userName || (chain?.userName ?? ""),
      ...this.#where,
      ...(vm === undefined ? {} : { vm }),
      fullFormattedMessage: message,
      ...(isA(type, "VmEvent") ? { template: false } : {}),
      ...(chain?.id === undefined ? {} : { chainId: chain.id }),
      ...fields,
    };
    const key = this.#store.appendEvent(body);
    const event: HostEvent = { chainId: key, ...body, key };
    this.#events.push(event);
    // Cut in one go now and then: shifting each time would copy the list each time.
    if (this.#events.length > eventsMax * 1.1) this.#events = this.#events.slice(-eventsMax);
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
