import type { MoRef } from "../../vim25/types.ts";
import type { TaskEntry, TaskInfo } from "../inventory/task-history.ts";
import { isByUser, isInScope, isWithin } from "./event-filter.ts";
import type { Scope } from "./scope.ts";

/** Decoded TaskFilterSpec. */
export interface TaskFilterSpec {
  entity?: { entity: MoRef; recursion: string };
  time?: { timeType: string; beginTime?: string; endTime?: string };
  userName?: { systemUser: boolean; userList?: string[] };
  activationId?: string[];
  state?: string[];
  eventChainId?: number[];
  tag?: string[];
  parentTaskKey?: string[];
  rootTaskKey?: string[];
}

/** Lists of a filter, and the field of TaskInfo whose value must be among them. */
const lists = {
  activationId: "activationId",
  state: "state",
  eventChainId: "eventChainId",
  tag: "changeTag",
  parentTaskKey: "parentTaskKey",
  rootTaskKey: "rootTaskKey",
} as const;

const times: Record<string, keyof TaskInfo> = {
  queuedTime: "queueTime",
  startedTime: "startTime",
  completedTime: "completeTime",
};

/** Whether the task passes every part of the filter. */
export function matchesTask({ info }: TaskEntry, filter: TaskFilterSpec, scope: Scope): boolean {
  for (const [name, field] of Object.entries(lists)) {
    const wanted = filter[name as keyof typeof lists] as unknown[] | undefined;
    if (wanted?.length && !wanted.includes(info[field])) return false;
  }
  const { time, userName, entity } = filter;
  if (time) {
    const at = info[times[time.timeType] ?? "queueTime"] as string | undefined;
    if (!isWithin(at, time)) return false;
  }
  if (userName && !isByUser(info.reason.userName ?? "", userName)) return false;
  return !entity || isInScope(scope({ info }, entity.entity), entity.recursion);
}
