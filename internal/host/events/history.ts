import type { MoRef } from "../../vim25/types.ts";
import { invalidArgument } from "../fault.ts";
import type { ManagedObject } from "../inventory/inventory.ts";

/** Page size at first, and the largest; also the most that one read returns. */
const pageSizeDefault = 10;
const pageSizeMax = 1000;
/** Collectors of each kind that one session may have. */
export const collectorsMax = 32;

/** Where a {@link HistoryCollector} reads: items by key, oldest first, and news of items that are new or changed. */
export interface HistorySource<T> {
  items(): readonly T[];
  keyOf(item: T): number;
  subscribe(listener: (item: T) => void): () => void;
}

/** Parts of a {@link HistoryCollector}. */
export interface HistoryParts<T> {
  ref: MoRef;
  source: HistorySource<T>;
  /** Shown as the property `filter`, with its type. */
  filter: object;
  /** An item as the API shows it. */
  show: (item: T) => unknown;
  matches: (item: T) => boolean;
  /** The latest page is a different one. */
  changed: () => void;
}

/**
 * An EventHistoryCollector or TaskHistoryCollector: a filtered window on a history, and a position to read on from,
 * at first before the oldest item, as vSphere has it.
 */
export class HistoryCollector<T> implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Record<string, () => unknown>;
  readonly #parts: HistoryParts<T>;
  readonly #unsubscribe: () => void;
  #pageSize = pageSizeDefault;
  /** Newest first. */
  #page: T[];
  /** The page as it is shown: the same list for as long as it has not changed. */
  #shown: { page: T[]; list: unknown[] } | undefined;
  /** Key of the last item before the position. */
  #position = 0;

  constructor(parts: HistoryParts<T>) {
    this.ref = parts.ref;
    this.#parts = parts;
    this.#page = this.#newest();
    this.properties = {
      filter: () => parts.filter,
      latestPage: () => this.#shownPage(),
    };
    this.#unsubscribe = parts.source.subscribe((item) => this.#hear(item));
  }

  setPageSize(size: number): void {
    if (!(size >= 1 && size <= pageSizeMax)) {
      throw invalidArgument("maxCount", `a page holds 1 to ${pageSizeMax} items`);
    }
    this.#pageSize = size;
    this.#page = this.#newest();
  }

  /** The next newer items, oldest first; none at the end. */
  readNext(count: number): unknown[] {
    const found = this.#matching()
      .filter((item) => this.#keyOf(item) > this.#position)
      .slice(0, checkedCount(count));
    const last = found.at(-1);
    if (last !== undefined) this.#position = this.#keyOf(last);
    return found.map((item) => this.#parts.show(item));
  }

  /** The next older items, newest first; none at the head. */
  readPrevious(count: number): unknown[] {
    const found = this.#matching()
      .filter((item) => this.#keyOf(item) <= this.#position)
      .slice(-checkedCount(count))
      .reverse();
    const last = found.at(-1);
    if (last !== undefined) this.#position = this.#keyOf(last) - 1;
    return found.map((item) => this.#parts.show(item));
  }

  /** Back to before the oldest item. */
  rewind(): void {
    this.#position = 0;
  }

  /** To right before the latest page. */
  reset(): void {
    const first = this.#page.at(-1);
    this.#position = first === undefined ? Number.MAX_SAFE_INTEGER : this.#keyOf(first) - 1;
  }

  close(): void {
    this.#unsubscribe();
  }

  #shownPage(): unknown[] {
    if (this.#shown?.page !== this.#page) {
      this.#shown = { page: this.#page, list: this.#page.map((item) => this.#parts.show(item)) };
    }
    return this.#shown.list;
  }

  #hear(item: T): void {
    const key = this.#keyOf(item);
    const wasShown = this.#page.some((shown) => this.#keyOf(shown) === key);
    const isMatch = this.#parts.matches(item);
    if (!wasShown && !isMatch) return;
    const others = this.#page.filter((shown) => this.#keyOf(shown) !== key);
    // One that fits the filter no longer leaves a gap: the page is made anew.
    this.#page = isMatch
      ? [...others, item].sort((a, b) => this.#keyOf(b) - this.#keyOf(a)).slice(0, this.#pageSize)
      : this.#newest();
    this.#parts.changed();
  }

  #keyOf(item: T): number {
    return this.#parts.source.keyOf(item);
  }
  #matching(): T[] {
    return this.#parts.source.items().filter((item) => this.#parts.matches(item));
  }
  #newest(): T[] {
    return this.#matching().slice(-this.#pageSize).reverse();
  }
}

function checkedCount(count: number): number {
  if (!(count >= 1)) throw invalidArgument("maxCount", "read at least one item");
  return Math.min(count, pageSizeMax);
}
