/** `docker update`: restart policy, and how much a container gets. */
import { VicError } from "../../errors/errors.ts";
import type { Container, UpdateContainer } from "../../portlayer/api/types.ts";
import { Fields } from "../wire/decode.ts";
import { shownHostConfig } from "./echo.ts";
import type { Engine } from "./engine.ts";
import { attributesOf } from "./lifecycle.ts";
import { resourceLimits } from "./limits.ts";
import { findContainer } from "./lookup.ts";
import { isNothing, refused, refuseFields } from "./refused.ts";
import { pidsLimit, vmSize } from "./resources.ts";
import { restartPolicy } from "./restart-policy.ts";

/** Fields of HostConfig that can change. */
const sizeFields = [
  "CpuPeriod",
  "CpuQuota",
  "CpuShares",
  "CpusetCpus",
  "CpusetMems",
  "Memory",
  "MemoryReservation",
  "MemorySwap",
  "NanoCpus",
  "PidsLimit",
];
const MiB = 1024 * 1024;

/** POST /containers/:ref/update */
export async function updateContainer(engine: Engine, ref: string, body: Fields) {
  const container = await findContainer(engine, ref);
  const { record } = container;
  if (container.status === "removing" || container.status === "dead") {
    throw new VicError("conflict", `container ${record.id} is ${container.status}`);
  }
  const current = shownHostConfig(record.docker.hostConfig);
  refuseFields(new Fields({}), body);
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body.json)) {
    const isUnlimited = name === "PidsLimit" && value === 0;
    if (name === "RestartPolicy" || (isNothing(value) && !isUnlimited)) continue;
    // MemorySwap is shown as a multiple of the memory, which may be about to change.
    if (name !== "MemorySwap" && JSON.stringify(value) === JSON.stringify(current[name])) continue;
    if (!sizeFields.includes(name)) {
      throw refused(`updating ${name}`, "create the container anew with the other value");
    }
    changed[name] = value;
  }
  const { update, warnings } = sizeUpdate(container, changed);
  Object.assign(update, policyUpdate(container, body.object("RestartPolicy")));
  if (Object.keys(update).length > 0) await engine.portLayer.updateContainer(record.id, update);
  await engine.events.emit("container", "update", record.id, attributesOf(record));
  return { Warnings: warnings };
}

function policyUpdate({ record }: Container, given: Fields): UpdateContainer {
  if (given.string("Name") === "") return {};
  const policy = restartPolicy(given);
  if (record.autoRemove && policy.name !== "no") {
    throw new VicError(
      "invalid",
      "Restart policy cannot be updated because AutoRemove is enabled for the container",
    );
  }
  return { restartPolicy: policy };
}

function sizeUpdate(container: Container, changed: Record<string, unknown>) {
  const names = Object.keys(changed);
  if (names.length === 0) return { update: {} as UpdateContainer, warnings: [] };
  const { docker } = container.record;
  const stored = docker.hostConfig as Record<string, unknown>;
  checkConflicts(stored, changed);
  const merged = { ...withoutSwap(stored, changed), ...changed };
  const hostConfig = new Fields(merged, "HostConfig");
  const size = vmSize(hostConfig);
  const limits = resourceLimits(hostConfig);
  const update: UpdateContainer = {
    docker: { ...docker, hostConfig: merged },
    pidsLimit: pidsLimit(hostConfig),
    limits,
  };
  const isSmaller = size.cpus < container.cpus || size.memoryMiB < container.memoryMiB;
  if (container.status === "running" && isSmaller) {
    // A VM that is on does not shrink: its container gets less of it.
    update.limits = { ...limits, ...within(container, hostConfig, size) };
  }
  const fits = container.status === "running";
  update.cpus = fits ? Math.max(size.cpus, container.cpus) : size.cpus;
  update.memoryMiB = fits ? Math.max(size.memoryMiB, container.memoryMiB) : size.memoryMiB;
  // Swap that was asked for before was warned of before.
  return { update, warnings: "MemorySwap" in changed ? size.warnings : [] };
}

/** Limits that stand for a smaller VM. */
function within(
  container: Container,
  hostConfig: Fields,
  size: { cpus: number; memoryMiB: number },
) {
  const periodUs = 100_000;
  const isTimed = hostConfig.int("CpuQuota") > 0 || hostConfig.int("NanoCpus") % 1e9 !== 0;
  return {
    ...(size.cpus < container.cpus && !isTimed
      ? { cpuQuotaUs: size.cpus * periodUs, cpuPeriodUs: periodUs }
      : {}),
    ...(size.memoryMiB < container.memoryMiB
      ? { memoryBytes: hostConfig.int("Memory") || size.memoryMiB * MiB }
      : {}),
  };
}

/** Docker keeps the two ways to limit CPU time apart. */
function checkConflicts(stored: Record<string, unknown>, changed: Record<string, unknown>): void {
  const names = { NanoCpus: "Nano CPUs", CpuPeriod: "CPU Period", CpuQuota: "CPU Quota" };
  const pairs = [
    ["NanoCpus", "CpuPeriod"],
    ["NanoCpus", "CpuQuota"],
    ["CpuPeriod", "NanoCpus"],
    ["CpuQuota", "NanoCpus"],
  ] as const;
  for (const [given, before] of pairs) {
    if (!(given in changed) || isNothing(stored[before])) continue;
    throw new VicError(
      "invalid",
      `Conflicting options: ${names[given]} cannot be updated as ${names[before]} has already been set`,
    );
  }
}

/** A limit with swap was for the memory before. */
function withoutSwap(stored: Record<string, unknown>, changed: Record<string, unknown>) {
  if (!("Memory" in changed) || "MemorySwap" in changed) return stored;
  return Object.fromEntries(Object.entries(stored).filter(([name]) => name !== "MemorySwap"));
}
