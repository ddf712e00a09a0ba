import type { MoRef } from "../../vim25/types.ts";

/** Longest name of an entity, characters; the limit of vSphere. */
export const nameMax = 80;

/** The properties that every ManagedEntity has. */
export function entityProperties(
  name: () => string,
  parent: () => MoRef | undefined,
): Record<string, () => unknown> {
  return {
    name: () => escapeName(name()),
    parent,
    overallStatus: () => "green",
    configStatus: () => "green",
    configIssue: () => [],
    effectiveRole: () => [-1],
    permission: () => [],
    disabledMethod: () => [],
    recentTask: () => [],
    declaredAlarmState: () => [],
    triggeredAlarmState: () => [],
    alarmActionsEnabled: () => false,
    tag: () => [],
    customValue: () => [],
    value: () => [],
    availableField: () => [],
  };
}

/** The form in which the API shows names: what would look like a path is escaped. */
export function escapeName(name: string): string {
  return name.replaceAll("%", "%25").replaceAll("/", "%2f").replaceAll("\\", "%5c");
}

/** The inverse of {@link escapeName}. */
export function unescapeName(name: string): string {
  return name.replace(/%(25|2f|5c)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
