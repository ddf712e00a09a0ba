/**
 * What vSphere knows of a container's VM, decoded. It is the only truth (design D9): everything else in memory is made
 * from it or dies with the process.
 */
import { keys, type ContainerConfig, type GuestState } from "../../guest/config.ts";
import type { MoRef } from "../../vim25/types.ts";
import type { ContainerRecord, PortBinding } from "../api/types.ts";

/** extraConfig key of {@link OwnRecord}. */
export const ownKey = "vic.portlayer";

/** What only the port layer keeps of a container. */
export interface OwnRecord {
  /** As asked for; 0 as host port: chosen at each start. */
  ports: PortBinding[];
  /** With the host ports of the current run. */
  boundPorts: PortBinding[];
  /** Starts by the restart policy since a user started it. */
  restartCount: number;
  /** Of the runs before the current one; "" for never. */
  startedAt: string;
  finishedAt: string;
  /** Of the run before the current one; absent before the second. */
  exitCode?: number;
  /** The container asks the name servers that the appliance asks. */
  usesApplianceDns: boolean;
}

/** Power state of a VM. */
export type Power = "poweredOn" | "poweredOff" | "suspended";

/** See the file's head. */
export interface Facts {
  vm: MoRef;
  vmName: string;
  power: Power;
  /** Of the VM's configuration when this was read. */
  changeVersion: string;
  record: ContainerRecord;
  own: OwnRecord;
  config: ContainerConfig;
  /** Of the current run; undefined while the tether has said nothing. */
  state: GuestState | undefined;
  cpus: number;
  memoryMiB: number;
}

/** Properties of a VM that {@link parseFacts} reads. */
export const factPaths = [
  "name",
  "runtime.powerState",
  "config.changeVersion",
  "config.extraConfig",
  "config.hardware.numCPU",
  "config.hardware.memoryMB",
];

/** Facts of a VM, or undefined when it is no container of ours (or not whole: it is being made or removed). */
export function parseFacts(vm: MoRef, props: Record<string, unknown>): Facts | undefined {
  const extra = new Map<string, string>();
  const options = (props["config.extraConfig"] ?? []) as { key?: unknown; value?: unknown }[];
  for (const { key, value } of options) extra.set(String(key), String(value ?? ""));
  const record = json(extra.get(keys.record)) as ContainerRecord | undefined;
  const config = json(extra.get(keys.config)) as ContainerConfig | undefined;
  const own = json(extra.get(ownKey)) as OwnRecord | undefined;
  if (!record || !config || !own || !isContainerId(record.id) || config.id !== record.id) return;
  const state = json(extra.get(keys.state)) as GuestState | undefined;
  return {
    vm,
    vmName: String(props["name"] ?? ""),
    power: (props["runtime.powerState"] as Power | undefined) ?? "poweredOff",
    changeVersion: String(props["config.changeVersion"] ?? ""),
    record,
    own,
    config,
    state: state && state.run === config.run ? state : undefined,
    cpus: Number(props["config.hardware.numCPU"] ?? 1),
    memoryMiB: Number(props["config.hardware.memoryMB"] ?? 0),
  };
}

/** Whether it is 64 hex digits. */
export function isContainerId(id: unknown): id is string {
  return typeof id === "string" && /^[0-9a-f]{64}$/.test(id);
}

function json(text: string | undefined): object | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
