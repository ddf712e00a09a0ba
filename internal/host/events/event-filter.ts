import { isA } from "../../vim25/schema/schema.ts";
import type { MoRef } from "../../vim25/types.ts";
import { categoryOf } from "./event-catalogue.ts";
import type { HostEvent } from "./event-log.ts";
import type { Scope } from "./scope.ts";

/** Decoded EventFilterSpec. */
export interface EventFilterSpec {
  entity?: { entity: MoRef; recursion: string };
  time?: { beginTime?: string; endTime?: string };
  userName?: { systemUser: boolean; userList?: string[] };
  eventChainId?: number;
  category?: string[];
  type?: string[];
  tag?: string[];
  eventTypeId?: string[];
  maxCount?: number;
}

/** Whether the event passes every part of the filter. */
export function matchesEvent(event: HostEvent, filter: EventFilterSpec, scope: Scope): boolean {
  if (!isOfType(event, filter)) return false;
  const { time, eventChainId, category, tag, userName, entity } = filter;
  if (time && !isWithin(event.createdTime, time)) return false;
  if (eventChainId !== undefined && event.chainId !== eventChainId) return false;
  if (category?.length && !category.includes(categoryOf(event))) return false;
  if (tag?.length && !tag.includes(String(event["changeTag"] ?? ""))) return false;
  if (userName && !isByUser(event.userName, userName)) return false;
  return !entity || isInScope(scope(event, entity.entity), entity.recursion);
}

/** Whether a time lies between two others, each of which may be missing; both ends count. */
export function isWithin(
  time: string | undefined,
  { beginTime, endTime }: { beginTime?: string; endTime?: string },
): boolean {
  if (time === undefined) return false;
  const at = Date.parse(time);
  if (beginTime !== undefined && at < Date.parse(beginTime)) return false;
  return endTime === undefined || at <= Date.parse(endTime);
}

/** Whether a user is meant by a list; the system has no name. */
export function isByUser(
  userName: string,
  { systemUser, userList }: { systemUser: boolean; userList?: string[] },
): boolean {
  return (systemUser && userName === "") || (userList?.includes(userName) ?? false);
}

/** Whether something at this distance is meant by a recursion option. */
export function isInScope(
  { isSelf, isBelow }: { isSelf: boolean; isBelow: boolean },
  recursion: string,
): boolean {
  if (recursion === "self") return isSelf;
  return recursion === "children" ? isBelow : isSelf || isBelow;
}

function isOfType(event: HostEvent, { type, eventTypeId }: EventFilterSpec): boolean {
  const wanted = [...(type ?? []), ...(eventTypeId ?? [])];
  if (wanted.length === 0) return true;
  return wanted.some((name) => {
    const plain = name.replace(/^vim\.event\./, "");
    return event["eventTypeId"] === name || isA(event._type, plain);
  });
}
