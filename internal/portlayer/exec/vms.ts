/** What the exec layer does to virtual machines, in vim25 calls. */
import { VicError } from "../../errors/errors.ts";
import type { ApplianceConfig } from "../../guest/config.ts";
import type { Client } from "../../vim25/client.ts";
import { hasFault } from "../../vim25/fault.ts";
import {
  retrieve,
  retrieveOne,
  retrieveSpec,
  sharedWatcher,
  waitFor,
} from "../../vim25/properties.ts";
import { retryBusy } from "../../vim25/retry.ts";
import { poolVmsSpec } from "../../vim25/specs.ts";
import { runTask, waitTask } from "../../vim25/task.ts";
import type { DataObject, MoRef } from "../../vim25/types.ts";
import type { ChangeListener, Subscription } from "../../vim25/watcher.ts";
import type { Device } from "../../vsphere/device.ts";
import { networkBacking } from "../../vsphere/network.ts";
import { VirtualMachine, type ConfigSpec } from "../../vsphere/vm.ts";
import { factPaths } from "./facts.ts";
import { detachDisks, optionValues } from "./vm-spec.ts";

/** Not known to every vSphere that the rest works with: never read together with other properties. */
const frozenPaths = ["runtime.instantCloneFrozen", "runtime.powerState"];

function isFrozen(props: Record<string, unknown>): boolean {
  return (
    props["runtime.instantCloneFrozen"] === true && props["runtime.powerState"] === "poweredOn"
  );
}

/** Operations on container VMs; a seam for tests. */
export interface Vms {
  create(spec: ConfigSpec, signal?: AbortSignal): Promise<MoRef>;
  /** Properties {@link factPaths}; `not-found` when the VM is gone. */
  read(vm: MoRef): Promise<Record<string, unknown>>;
  /** `concurrent` when the VM changed since `changeVersion`. */
  reconfigure(vm: MoRef, spec: DataObject, changeVersion?: string): Promise<void>;
  powerOn(vm: MoRef, signal?: AbortSignal): Promise<void>;
  /** Pulls the plug; fine when it is off already. */
  powerOff(vm: MoRef): Promise<void>;
  /** Asks the guest to go off; does not wait for it. */
  shutdownGuest(vm: MoRef): Promise<void>;
  /** Removes VM and folder, but no disk outside of the folder. */
  destroy(vm: MoRef, folder: string): Promise<void>;
  /** Runs at once, with everything of its source but what `extraConfig` says. */
  clone(source: MoRef, name: string, extraConfig: Record<string, string>): Promise<MoRef>;
  /** Whether the VM runs and stands still, to be cloned. */
  isFrozen(vm: MoRef): Promise<boolean>;
  /** Waits for that; `conflict` when the VM goes off instead. */
  untilFrozen(vm: MoRef, signal: AbortSignal): Promise<void>;
  makeFolder(folder: string): Promise<void>;
  removeFolder(folder: string): Promise<void>;
  /** Backing of NICs on the bridge port group. */
  networkBacking(): Promise<DataObject>;
  /** All VMs of the VCH's pool with {@link factPaths}. */
  list(): Promise<{ ref: MoRef; props: Record<string, unknown> }[]>;
  /** Follows them. */
  watch(listener: ChangeListener): Subscription;
}

/** References of what a VCH lives in; their types follow from how vSphere forms ids. */
export function inventoryRefs(config: ApplianceConfig) {
  const { datacenter, folder, pool, bridgeNetwork } = config.inventory;
  return {
    datacenter: { type: "Datacenter", value: datacenter },
    folder: { type: "Folder", value: folder },
    pool: { type: pool.startsWith("resgroup-v") ? "VirtualApp" : "ResourcePool", value: pool },
    bridge: {
      type: bridgeNetwork.startsWith("dvportgroup-") ? "DistributedVirtualPortgroup" : "Network",
      value: bridgeNetwork,
    },
  };
}

/** {@link Vms} over a vSphere session. */
export class VsphereVms implements Vms {
  readonly #client: Client;
  readonly #refs: ReturnType<typeof inventoryRefs>;
  #backing: Promise<DataObject> | undefined;

  constructor(client: Client, config: ApplianceConfig) {
    this.#client = client;
    this.#refs = inventoryRefs(config);
  }

  async create(config: ConfigSpec, signal?: AbortSignal): Promise<MoRef> {
    const { folder, pool } = this.#refs;
    const create = () => VirtualMachine.create(this.#client, { folder, pool }, config, signal);
    return (await retryBusy(create, { signal })).ref;
  }

  read(vm: MoRef): Promise<Record<string, unknown>> {
    return retrieveOne(this.#client, vm, factPaths);
  }

  async reconfigure(vm: MoRef, spec: DataObject, changeVersion?: string): Promise<void> {
    const gated = changeVersion ? { ...spec, changeVersion } : spec;
    await retryBusy(() => runTask(this.#client, vm, "ReconfigVM_Task", { spec: gated }));
  }

  async powerOn(vm: MoRef, signal?: AbortSignal): Promise<void> {
    const powerOn = () =>
      this.#client.isVCenter
        ? this.#powerOnPlaced(vm, signal)
        : runTask(this.#client, vm, "PowerOnVM_Task", {}, { signal });
    await retryBusy(powerOn, { signal }).catch((error: unknown) => {
      if (!isPowerState(error, "poweredOn")) throw error;
    });
  }

  /** vCenter chooses the host (DRS) only with this call. */
  async #powerOnPlaced(vm: MoRef, signal?: AbortSignal): Promise<void> {
    const option = [{ key: "OverrideAutomationLevel", value: "fullyAutomated" }];
    const params = { vm: [vm], option };
    const result = await runTask<{
      attempted?: { task?: MoRef }[];
      notAttempted?: { fault?: { localizedMessage?: string } }[];
    }>(this.#client, this.#refs.datacenter, "PowerOnMultiVM_Task", params, { signal });
    const refused = result?.notAttempted?.[0]?.fault?.localizedMessage;
    if (refused !== undefined) throw new VicError("exhausted", `cannot power on: ${refused}`);
    const task = result?.attempted?.[0]?.task;
    if (!task) return;
    await waitTask(this.#client, task, { signal });
  }

  async powerOff(vm: MoRef): Promise<void> {
    await retryBusy(() => runTask(this.#client, vm, "PowerOffVM_Task")).catch((error: unknown) => {
      if (!isPowerState(error, "poweredOff")) throw error;
    });
  }

  async shutdownGuest(vm: MoRef): Promise<void> {
    await this.#client.call(vm, "ShutdownGuest");
  }

  /** Disks are taken off first: Destroy_Task would follow a child to its parents on some servers. */
  async destroy(vm: MoRef, folder: string): Promise<void> {
    try {
      const path = "config.hardware.device";
      const [found] = await retrieve(this.#client, [vm], [path]);
      const deviceChange = detachDisks((found?.props[path] ?? []) as Device[]);
      if (deviceChange.length > 0) await this.reconfigure(vm, { deviceChange });
      await retryBusy(() => runTask(this.#client, vm, "Destroy_Task"));
    } catch (error) {
      if (hasFault(error, "InvalidState")) await this.#client.call(vm, "UnregisterVM");
      else if (!hasFault(error, "ManagedObjectNotFound")) throw error;
    }
    await this.removeFolder(folder);
  }

  async clone(source: MoRef, name: string, extraConfig: Record<string, string>): Promise<MoRef> {
    const { folder, pool } = this.#refs;
    const spec = { name, location: { folder, pool }, config: optionValues(extraConfig) };
    const clone = () => runTask<MoRef>(this.#client, source, "InstantClone_Task", { spec });
    return retryBusy(clone);
  }

  async isFrozen(vm: MoRef): Promise<boolean> {
    return isFrozen(await retrieveOne(this.#client, vm, frozenPaths));
  }

  async untilFrozen(vm: MoRef, signal: AbortSignal): Promise<void> {
    const props = await waitFor(
      this.#client,
      vm,
      frozenPaths,
      (seen) => isFrozen(seen) || seen["runtime.powerState"] === "poweredOff",
      signal,
    );
    if (!isFrozen(props)) throw new VicError("conflict", "the VM went off");
  }

  async makeFolder(folder: string): Promise<void> {
    const { datacenter } = this.#refs;
    const params = { name: folder, datacenter, createParentDirectories: true };
    await this.#client.call(this.#fileManager(), "MakeDirectory", params);
  }

  #fileManager(): MoRef {
    const manager = this.#client.content.fileManager;
    if (!manager) throw new VicError("unsupported", "this vSphere has no file manager");
    return manager;
  }

  async removeFolder(folder: string): Promise<void> {
    const manager = this.#fileManager();
    const params = { name: folder, datacenter: this.#refs.datacenter };
    await runTask(this.#client, manager, "DeleteDatastoreFile_Task", params).catch(
      (error: unknown) => {
        if (!hasFault(error, "FileNotFound")) throw error;
      },
    );
  }

  networkBacking(): Promise<DataObject> {
    this.#backing ??= networkBacking(this.#client, this.#refs.bridge).catch((error: unknown) => {
      this.#backing = undefined;
      throw error;
    });
    return this.#backing;
  }

  list() {
    return retrieveSpec(this.#client, poolVmsSpec(this.#refs.pool, factPaths));
  }

  watch(listener: ChangeListener): Subscription {
    return sharedWatcher(this.#client).watch(poolVmsSpec(this.#refs.pool, factPaths), listener);
  }
}

/** Whether the VM was in the wanted state before: vSphere says so in two ways. */
function isPowerState(error: unknown, state: "poweredOn" | "poweredOff"): boolean {
  if (!(error instanceof VicError)) return false;
  if (hasFault(error, "InvalidPowerState")) {
    const data = error.detail["data"] as { existingState?: unknown } | undefined;
    return data?.existingState === state;
  }
  if (state === "poweredOn" || !hasFault(error, "GenericVmConfigFault")) return false;
  const keys = /msg\.(suspend\.powerOff\.notsuspended|rpc\.error\.poweringoff)/;
  return keys.test(JSON.stringify(error.detail));
}
