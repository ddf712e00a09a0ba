import { isA } from "../../vim25/schema/schema.ts";
import type { MoRef } from "../../vim25/types.ts";
import { invalidArgument } from "../fault.ts";
import type { ManagedObject } from "../inventory/inventory.ts";
import type { EventLog, HostEvent } from "./event-log.ts";

/** Page size at first, and the largest. */
const pageSizeDefault = 10;
const pageSizeMax = 1000;

/** Decoded EventFilterSpec, as far as it is honoured. */
export interface EventFilterSpec {
  entity?: { entity: MoRef; recursion: string };
  time?: { beginTime?: string; endTime?: string };
  userName?: { systemUser: boolean; userList?: string[] };
  eventChainId?: number;
  type?: string[];
  eventTypeId?: string[];
  maxCount?: number;
}

/** Whether an event is about `entity` itself (first) or something below it (second). */
export type Scope = (event: HostEvent, entity: MoRef) => { isSelf: boolean; isBelow: boolean };

/** Whether the event passes the filter. */
export function matches(event: HostEvent, filter: EventFilterSpec, scope: Scope): boolean {
  const types = [...(filter.eventTypeId ?? []), ...(filter.type ?? [])];
  if (types.length > 0 && !types.some((t) => isA(event._type, t.replace(/^vim\.event\./, "")))) {
    return false;
  }
  const at = Date.parse(event.createdTime);
  if (filter.time?.beginTime && at < Date.parse(filter.time.beginTime)) return false;
  if (filter.time?.endTime && at > Date.parse(filter.time.endTime)) return false;
  if (filter.eventChainId !== undefined && event.chainId !== filter.eventChainId) return false;
  const users = filter.userName;
  if (users) {
    const isListed = users.userList?.includes(event.userName) ?? false;
    if (!isListed && !(users.systemUser && event.userName === "")) return false;
  }
  if (!filter.entity) return true;
  const { isSelf, isBelow } = scope(event, filter.entity.entity);
  if (filter.entity.recursion === "self") return isSelf;
  return filter.entity.recursion === "children" ? isBelow : isSelf || isBelow;
}

/** An EventHistoryCollector: a filtered window on the log, and a position to read on from. */
export class EventCollector implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Record<string, () => unknown>;
  readonly #log: EventLog;
  readonly #filter: EventFilterSpec;
  readonly #scope: Scope;
  readonly #unsubscribe: () => void;
  #pageSize = pageSizeDefault;
  #page: HostEvent[];
  /** Key of the last event that was read; the next one read is newer. */
  #position: number;

  constructor(parts: {
    ref: MoRef;
    log: EventLog;
    filter: EventFilterSpec;
    scope: Scope;
    changed: () => void;
  }) {
    this.ref = parts.ref;
    this.#log = parts.log;
    this.#filter = parts.filter;
    this.#scope = parts.scope;
    this.#page = this.#newest();
    this.#position = this.#pageStart();
    this.properties = {
      filter: () => ({ _type: "EventFilterSpec", ...parts.filter }),
      latestPage: () => this.#page,
    };
    this.#unsubscribe = this.#log.subscribe((event) => {
      if (!matches(event, this.#filter, this.#scope)) return;
      this.#page = [event, ...this.#page].slice(0, this.#pageSize);
      parts.changed();
    });
  }

  setPageSize(size: number): void {
    if (!(size >= 1 && size <= pageSizeMax)) {
      throw invalidArgument("maxCount", `a page holds 1 to ${pageSizeMax} events`);
    }
    this.#pageSize = size;
    this.#page = this.#newest();
    this.#position = this.#pageStart();
  }

  readNext(count: number): HostEvent[] {
    const events = this.#matching()
      .filter((e) => e.key > this.#position)
      .slice(0, Math.min(count, pageSizeMax));
    this.#position = events.at(-1)?.key ?? this.#position;
    return events;
  }

  readPrevious(count: number): HostEvent[] {
    const events = this.#matching()
      .filter((e) => e.key <= this.#position)
      .slice(-Math.min(Math.max(count, 1), pageSizeMax))
      .reverse();
    const last = events.at(-1);
    if (last) this.#position = last.key - 1;
    return events;
  }

  /** Back to the oldest event. */
  rewind(): void {
    this.#position = 0;
  }

  /** Back to right before the latest page. */
  reset(): void {
    this.#position = this.#pageStart();
  }

  close(): void {
    this.#unsubscribe();
  }

  #matching(): HostEvent[] {
    return this.#log.events.filter((e) => matches(e, this.#filter, this.#scope));
  }
  #newest(): HostEvent[] {
    return this.#matching().slice(-this.#pageSize).reverse();
  }
  #pageStart(): number {
    return (this.#page.at(-1)?.key ?? (this.#log.latest?.key ?? 0) + 1) - 1;
  }
}
