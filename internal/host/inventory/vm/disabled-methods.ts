import { powerStateOf, type PowerState, type VmRecord } from "./record.ts";

/** What makes no sense in a state of power: clients grey it out. */
const senseless: Record<PowerState, readonly string[]> = {
  poweredOff: [
    "PowerOffVM_Task",
    "SuspendVM_Task",
    "ResetVM_Task",
    "ShutdownGuest",
    "RebootGuest",
    "StandbyGuest",
    "AnswerVM",
  ],
  poweredOn: ["PowerOnVM_Task", "Destroy_Task", "UnregisterVM", "MarkAsTemplate"],
  suspended: [
    "SuspendVM_Task",
    "ResetVM_Task",
    "ShutdownGuest",
    "RebootGuest",
    "StandbyGuest",
    "AnswerVM",
    "MarkAsTemplate",
  ],
};

/** ManagedEntity.disabledMethod of a VM: what its state rules out, and what somebody has switched off. */
export function disabledMethods(record: VmRecord): string[] {
  return [...new Set([...senseless[powerStateOf(record)], ...Object.keys(record.disabledMethods)])];
}
