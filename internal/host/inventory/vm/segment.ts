import { isA } from "../../../vim25/schema/schema.ts";
import type { Backing, Device } from "./record.ts";

/**
 * The segment that a backing of a NIC is on: the name of a port group of the host, or the key of a distributed one;
 * undefined: none.
 */
export function segmentOf(backing: Backing | undefined): string | undefined {
  const port = backing?.["port"] as { portgroupKey?: string } | undefined;
  return port?.portgroupKey ?? backing?.deviceName;
}

/** Segments that the NICs among these devices are on. */
export function segmentsOf(devices: Device[]): string[] {
  const segments = devices.flatMap((device) =>
    isA(device._type, "VirtualEthernetCard") ? (segmentOf(device.backing) ?? []) : [],
  );
  return [...new Set(segments)];
}
