import type { QmpEvent } from "./qmp.ts";

/** Why a QEMU is gone, from its last SHUTDOWN event and whether vic-host pulled the plug. */
export function exitReason(
  shutdown: QmpEvent["data"] | undefined,
  isAsked: boolean,
): "guest" | "host" | "crash" {
  if (isAsked) return "host";
  const isByGuest = shutdown?.["guest"] === true && shutdown["reason"] === "guest-shutdown";
  return isByGuest ? "guest" : "crash";
}
