/** `docker events`: the port layer's events and our own, filtered, in Docker's form. */
import { VicError } from "../../errors/errors.ts";
import type { Event } from "../../portlayer/api/types.ts";
import type { Filters } from "../wire/filters.ts";
import type { Engine } from "./engine.ts";

/** Filter keys `docker events` knows. */
export const eventFilters = [
  "config",
  "container",
  "daemon",
  "event",
  "image",
  "label",
  "network",
  "node",
  "plugin",
  "scope",
  "secret",
  "service",
  "type",
  "volume",
];
/** A client that reads so slowly is cut off. */
const backlogMaxBytes = 8 * 1024 * 1024;

/** Which events. */
export interface EventQuery {
  sinceNs: bigint | undefined;
  untilNs: bigint | undefined;
  filters: Filters;
}

/** JSON lines, until `until` or until the client goes. */
export function eventStream(
  engine: Engine,
  query: EventQuery,
  outer: AbortSignal,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  let leave: () => void = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let merging: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    clearTimeout(merging);
    leave();
    stop.abort();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isOpen = true;
        const close = (error?: unknown) => {
          if (!isOpen) return;
          isOpen = false;
          end();
          if (error === undefined) controller.close();
          else controller.error(error);
        };
        const send = (event: Event) => {
          if (!isOpen || !isWanted(event, query)) return;
          controller.enqueue(Buffer.from(`${JSON.stringify(dockerEvent(event))}\n`));
          if (-(controller.desiredSize ?? 0) > backlogMaxBytes) {
            close(new VicError("exhausted", "the client reads events too slowly"));
          }
        };
        const order = new Merge(query.sinceNs !== undefined, send);
        leave = engine.events.subscribe(query.sinceNs, (event) => order.own(event));
        outer.addEventListener("abort", () => close(), { once: true });
        timer = untilTimer(query.untilNs, close);
        merging = setTimeout(() => order.flush(), mergeMs);
        void forward(engine, query, signal, (event) => order.portLayers(event)).then(
          () => {
            order.flush();
            close();
          },
          (error: unknown) => close(signal.aborted ? undefined : error),
        );
      },
      cancel: end,
    },
    { highWaterMark: 0, size: (chunk) => chunk?.length ?? 0 },
  );
}

async function forward(
  engine: Engine,
  query: EventQuery,
  signal: AbortSignal,
  send: (event: Event) => void,
): Promise<void> {
  const isPast = query.untilNs !== undefined && msUntil(query.untilNs) <= 0;
  for await (const event of engine.portLayer.events(query.sinceNs?.toString(), signal, isPast)) {
    send(event);
  }
}

/** Longest delay of a timer. */
const timerMaxMs = 2 ** 31 - 1;
/** The port layer's past has arrived by then. */
const mergeMs = 250;

/** Puts our own past events between the port layer's, which come a little later, by their time. */
class Merge {
  readonly #send: (event: Event) => void;
  #held: Event[] | undefined;

  constructor(isPast: boolean, send: (event: Event) => void) {
    this.#send = send;
    this.#held = isPast ? [] : undefined;
  }

  own(event: Event): void {
    if (this.#held) this.#held.push(event);
    else this.#send(event);
  }

  portLayers(event: Event): void {
    const at = BigInt(event.timeNs);
    while (this.#held?.[0] && BigInt(this.#held[0].timeNs) < at) this.#send(this.#held.shift()!);
    this.#send(event);
  }

  flush(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#send(event);
  }
}

function untilTimer(untilNs: bigint | undefined, close: () => void) {
  if (untilNs === undefined) return undefined;
  const ms = msUntil(untilNs);
  // Of the past the port layer tells the end itself, however long the telling takes.
  if (ms > timerMaxMs || ms <= 0) return undefined;
  return setTimeout(close, ms);
}

function msUntil(ns: bigint): number {
  return Number(ns / 1_000_000n) - Date.now();
}

function isWanted(event: Event, { sinceNs, untilNs, filters }: EventQuery): boolean {
  const at = BigInt(event.timeNs);
  if (untilNs !== undefined && at > untilNs) return false;
  if (sinceNs !== undefined && at < sinceNs) return false;
  const { name = "" } = event.attributes;
  const ofType = (type: Event["type"], key: string) =>
    filters.some(key, (value) => {
      if (event.type !== type) return false;
      return event.id === value || name === value || (value !== "" && event.id.startsWith(value));
    });
  return (
    filters.is("type", event.type) &&
    filters.some(
      "event",
      (value) =>
        [event.action, event.action.split(":")[0]].includes(value) ||
        value.split(":")[0] === event.action,
    ) &&
    ofType("container", "container") &&
    ofType("network", "network") &&
    isOfImage(event, filters) &&
    filters.labels(event.attributes) &&
    filters.is("scope", "local") &&
    !["config", "daemon", "node", "plugin", "secret", "service", "volume"].some((k) =>
      filters.has(k),
    )
  );
}

/** `image=` matches events of the image and of containers made from it; without a tag every tag. */
function isOfImage(event: Event, filters: Filters): boolean {
  const { name = "", image = "" } = event.attributes;
  return filters.some("image", (value) => {
    const names = event.type === "image" ? [event.id, name] : [image];
    return names.some((n) => n === value || n.replace(/:[^:/]+$/, "") === value);
  });
}

/** Docker's Message; the older flat fields stand beside the newer ones. */
function dockerEvent(event: Event): Record<string, unknown> {
  const { command, ...attributes } = event.attributes;
  const isExec = event.action === "exec_create" || event.action === "exec_start";
  const action = isExec && command !== undefined ? `${event.action}: ${command}` : event.action;
  const timeNano = BigInt(event.timeNs);
  const { image } = attributes;
  return {
    ...(event.type === "network" ? {} : { status: action, id: event.id }),
    ...(event.type === "container" && image !== undefined ? { from: image } : {}),
    Type: event.type,
    Action: action,
    Actor: { ID: event.id, Attributes: isExec ? attributes : event.attributes },
    scope: "local",
    time: Number(timeNano / 1_000_000_000n),
    // Beyond 2^53: JSON.rawJSON keeps every digit.
    timeNano: rawJson(event.timeNs),
  };
}

function rawJson(digits: string): unknown {
  const json = JSON as unknown as { rawJSON?(text: string): unknown };
  return json.rawJSON?.(digits) ?? Number(digits);
}
