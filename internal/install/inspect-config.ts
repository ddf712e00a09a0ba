/** The create options that give an equal VCH. */
import { dirname } from "node:path/posix";
import type { ApplianceConfig } from "../guest/config.ts";
import type { VchRecord } from "./record.ts";
import { parseStore } from "./values.ts";

/** Flags that say how create went, not what it made; and those that are told from what is there now. */
const leftOut = new Set([
  "target",
  "thumbprint",
  "name",
  "compute-resource",
  "image-store",
  "bridge-network",
  "public-network",
  "client-network",
  "management-network",
  "memory",
  "memory-reservation",
  "memory-shares",
  "cpu",
  "cpu-reservation",
  "cpu-shares",
  "appliance-iso",
  "bootstrap-iso",
  "timeout",
  "force",
]);

/** Values that need no flag. */
const defaults: Record<string, string> = {
  debug: "0",
  "base-image-size": "8GB",
  "bridge-network-range": "172.16.0.0/12",
  "bridge-network-width": "16",
  "endpoint-memory": "2048",
  "endpoint-cpu": "1",
  "certificate-key-size": "2048",
};

/** Part of ResourceAllocationInfo that is told. */
export interface LiveAllocation {
  limit?: number;
  reservation?: number;
  shares?: { level: string; shares: number };
}

/** What is asked of the target for it. */
export interface LiveState {
  name: string;
  /** Inventory path of the pool the VCH's pool is in. */
  computePath: string;
  /** The bridge network's name today. */
  bridgeName: string;
  memory: LiveAllocation;
  cpu: LiveAllocation;
}

/** `[ds] a/b` as `ds://ds/a/b` */
export function toStoreUrl(path: string): string {
  const match = /^\[([^\]]+)\] ?(.*)$/.exec(path);
  return match ? `ds://${match[1]}/${match[2]}`.replace(/\/$/, "") : path;
}

function allocationOptions(flag: string, live: LiveAllocation): string[][] {
  const { limit = -1, reservation = 0, shares } = live;
  return [
    ...(limit > 0 ? [[flag, String(limit)]] : []),
    ...(reservation > 0 ? [[`${flag}-reservation`, String(reservation)]] : []),
    ...(shares && shares.level !== "normal"
      ? [[`${flag}-shares`, shares.level === "custom" ? String(shares.shares) : shares.level]]
      : []),
  ];
}

/** Flags and values, in the order of the help. */
export function configOptions(
  record: VchRecord,
  config: ApplianceConfig,
  live: LiveState,
): [string, string][] {
  const given = record.options.flatMap((option): string[][] => {
    const [, name = "", value = ""] = /^--([^=]+)=([\s\S]*)$/.exec(option) ?? [];
    return leftOut.has(name) || defaults[name] === value ? [] : [[name, value]];
  });
  const { public: outer, client, management } = config.nics;
  const storeGiven = record.options.find((o) => o.startsWith("--image-store="))?.split("=")[1];
  const isFolderGiven = !!storeGiven && parseStore("image-store", storeGiven).path !== "";
  const store = toStoreUrl(record.imageStore);
  const options = [
    ["target", record.target],
    ["thumbprint", record.thumbprint],
    ["name", live.name],
    ["compute-resource", live.computePath],
    // The VCH's own folder is named after its VM, not by the flag.
    ["image-store", isFolderGiven ? dirname(store) : `ds://${store.split("/")[2]}`],
    ["bridge-network", live.bridgeName],
    ["public-network", outer.network],
    ...(client.network === outer.network ? [] : [["client-network", client.network]]),
    ...(management.network === client.network ? [] : [["management-network", management.network]]),
    ...allocationOptions("memory", live.memory),
    ...allocationOptions("cpu", live.cpu),
    ...given,
  ];
  return options.map(([name = "", value = ""]) => [name, value]);
}

/** A word as a POSIX shell reads it back. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./*-]+$/.test(text) && !text.includes("*")
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One line to put behind `create`. */
export function formatRaw(options: readonly [string, string][]): string {
  return options.map(([name, value]) => `--${name}=${shellQuote(value)}`).join(" ");
}

/** A line each, for people. */
export function formatVerbose(options: readonly [string, string][]): string[] {
  const lines = options.map(([name, value]) => `\t--${name}=${value}`);
  return ["The target VCH is configured with the following options:", "", ...lines];
}
