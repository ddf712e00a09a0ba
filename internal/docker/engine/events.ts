/** `docker events`: the port layer's events, filtered, in Docker's form. */
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

/** Which events. */
export interface EventQuery {
  sinceNs: bigint | undefined;
  untilNs: bigint | undefined;
  filters: Filters;
}

/**
 * JSON lines, until `until` or until the client goes. Once this has resolved nothing is missed. The port layer keeps the
 * events; a client that reads so slowly that it is thousands behind misses the oldest.
 */
export async function eventStream(
  engine: Engine,
  query: EventQuery,
  outer: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const { sinceNs, untilNs } = query;
  // As in dockerd an end without a beginning means everything that is known.
  const since = sinceNs ?? (untilNs === undefined ? undefined : 0n);
  const events = await engine.portLayer.events({ since, until: untilNs }, signal);
  const leave = engine.events.join();
  const end = (): void => {
    leave();
    stop.abort();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const { done, value } = await events.next();
            if (done) break;
            if (!isWanted(value, query.filters)) continue;
            return controller.enqueue(Buffer.from(`${JSON.stringify(dockerEvent(value))}\n`));
          }
        } catch (error) {
          end();
          if (!signal.aborted) return controller.error(error);
        }
        end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0, size: (chunk) => chunk?.length ?? 0 },
  );
}

/** As dockerd has it, these look at the beginning of the actor's id and name, whatever the actor is. */
const actorFilters = [
  "config",
  "container",
  "daemon",
  "network",
  "node",
  "plugin",
  "secret",
  "service",
  "volume",
];
/** Actions with something behind them; who asks for one of these asks for beginnings. */
const openActions = ["exec_create", "exec_start", "health_status"];

function isWanted(event: Event, filters: Filters): boolean {
  const { name = "" } = event.attributes;
  const action = actionText(event);
  const isOpen = filters.get("event").some((value) => openActions.includes(value));
  return (
    filters.is("type", event.type) &&
    filters.some("event", (value) => (isOpen ? action.startsWith(value) : action === value)) &&
    actorFilters.every((key) =>
      filters.some(key, (value) => event.id.startsWith(value) || name.startsWith(value)),
    ) &&
    isOfImage(event, filters) &&
    filters.labels(event.attributes) &&
    filters.is("scope", "local")
  );
}

/** With its command, where there is one. */
function actionText({ action, attributes: { command } }: Event): string {
  const isExec = action === "exec_create" || action === "exec_start";
  return isExec && command !== undefined ? `${action}: ${command}` : action;
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
  const { command: _, ...attributes } = event.attributes;
  const action = actionText(event);
  const isExec = action !== event.action;
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
