/** PATCH /containers/:id: names, policies, and the size of a container. */
import { findCode, VicError } from "../../errors/errors.ts";
import { hasFault } from "../../vim25/fault.ts";
import type { UpdateContainer } from "../api/types.ts";
import { cpuShares } from "./cpu-shares.ts";
import { edit, type Edit } from "./edit.ts";
import type { Entry } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { publish, type ExecParts } from "./parts.ts";
import { runningMux } from "./pause.ts";
import { settle } from "./start.ts";
import { isHeld } from "./status.ts";
import { isContainerName, vmNameOf } from "./vm-name.ts";
import { roundMemory } from "./vm-spec.ts";

/** What changes how much a container gets. */
const sizes = ["cpus", "memoryMiB", "pidsLimit", "limits"] as const;

/** Applies what is given; everything or nothing is stored. */
export async function updateContainer(
  parts: ExecParts,
  entry: Entry,
  update: UpdateContainer,
): Promise<void> {
  await entry.lock.run(async () => {
    if (entry.isGone) throw new VicError("not-found", `No such container: ${entry.id}`);
    if (update.name === undefined) return change(parts, entry, update);
    const { name } = update;
    if (!isContainerName(name)) throw new VicError("invalid", `Invalid container name (${name})`);
    const oldName = entry.name;
    const release = parts.cache.reserveName(name, entry.id);
    try {
      await change(parts, entry, update);
    } finally {
      release();
    }
    publish(parts, entry, "rename", { oldName: `/${oldName}` });
  });
}

async function change(parts: ExecParts, entry: Entry, update: UpdateContainer): Promise<void> {
  const isSize = update.cpus !== undefined || update.memoryMiB !== undefined;
  // Nothing runs in it yet, and all is prepared as it was: rather a boot later than a refusal now.
  const isSized = sizes.some((field) => update[field] !== undefined);
  if (isSized && isHeld(entry.facts)) await settle(parts, entry);
  try {
    await edit(parts, entry, (facts) => planned(facts, entry, update));
  } catch (error) {
    if (findCode(error, "concurrent"))
      throw new VicError("conflict", `container ${entry.name} changes all the time`, {
        hint: "try again",
        cause: error,
      });
    if (!isSize || !coldFaults.some((name) => hasFault(error, name))) throw error;
    throw new VicError("conflict", `the size of ${entry.name}'s VM cannot change while it is on`, {
      hint: "stop the container, update it, and start it again",
      cause: error,
    });
  }
  if (update.pidsLimit === undefined && update.limits === undefined) return;
  if (!entry.isRunning) return;
  const mux = await runningMux(parts, entry);
  const { pidsLimit, limits = {} } = entry.facts.config.sandbox;
  await mux.call("limit", { pidsLimit, limits }).result;
}

/** What vSphere says to a change that needs the VM off. */
const coldFaults = ["InvalidPowerState", "CpuHotPlugNotSupported", "MemoryHotPlugNotSupported"];

function planned(facts: Facts, entry: Entry, update: UpdateContainer): Edit {
  const { record, config } = facts;
  const { name, restartPolicy, docker } = update;
  const isSized = sizes.some((field) => update[field] !== undefined);
  const limits = update.limits ?? config.sandbox.limits;
  const cpus = update.cpus ?? facts.cpus;
  return {
    record: {
      ...record,
      ...(name === undefined ? {} : { name }),
      ...(restartPolicy === undefined ? {} : { restartPolicy }),
      ...(docker === undefined ? {} : { docker }),
    },
    ...(name === undefined ? {} : { vmName: vmNameOf(name, entry.id) }),
    ...(name === undefined && !isSized
      ? {}
      : {
          config: {
            ...config,
            name: name ?? config.name,
            sandbox: {
              ...config.sandbox,
              pidsLimit: update.pidsLimit ?? config.sandbox.pidsLimit,
              ...(limits === undefined ? {} : { limits }),
            },
          },
        }),
    ...(isSized
      ? {
          hardware: {
            ...(cpus === facts.cpus ? {} : { numCPUs: cpus }),
            ...memory(facts, update),
            ...(update.limits === undefined ? {} : cpuShares(limits?.cpuShares, cpus)),
          },
        }
      : {}),
  };
}

function memory(facts: Facts, { memoryMiB }: UpdateContainer): { memoryMB?: number } {
  if (memoryMiB === undefined) return {};
  const memoryMB = roundMemory(memoryMiB);
  return memoryMB === facts.memoryMiB ? {} : { memoryMB };
}
