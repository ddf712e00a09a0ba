import { cpus, hostname, totalmem, uptime } from "node:os";

/** What this machine is made of. */
export interface Hardware {
  hostName: string;
  /** Stable identity of this vic-host. */
  uuid: string;
  cpuCount: number;
  cpuMhz: number;
  cpuModel: string;
  memoryBytes: number;
  bootTime: string;
}

/** Speed that is told where the machine does not tell one, MHz. */
const unknownMhz = 2000;

/** Looks once: none of it changes while vic-host runs. */
export function readHardware(uuid: string): Hardware {
  const all = cpus();
  const mhz = all[0]?.speed ?? 0;
  return {
    hostName: hostname(),
    uuid,
    cpuCount: Math.max(1, all.length),
    cpuMhz: mhz > 0 ? mhz : unknownMhz,
    cpuModel: all[0]?.model.trim() ?? "unknown",
    memoryBytes: totalmem(),
    bootTime: new Date(Date.now() - uptime() * 1000).toISOString(),
  };
}
