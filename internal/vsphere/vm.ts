import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { faultOf, hasFault } from "../vim25/fault.ts";
import { retrieveOne, waitFor } from "../vim25/properties.ts";
import { retryBusy } from "../vim25/retry.ts";
import { isA } from "../vim25/schema/schema.ts";
import { invokeTask, type Params, type TaskMethod, type TaskResult } from "../vim25/typed.ts";
import { type DataObject, type MoRef, refKey } from "../vim25/types.ts";
import type { VirtualMachineConfigSpec } from "../vim25/vim.ts";
import type { Device, DeviceChange } from "./device.ts";

/** States of a VM's power. */
export type PowerState = "poweredOn" | "poweredOff" | "suspended";

/** Where a new VM goes. */
export interface Home {
  folder: MoRef;
  /** A ResourcePool or a VirtualApp. */
  pool: MoRef;
  host?: MoRef;
}

/** A VirtualMachineConfigSpec; the most used fields are named. */
export interface ConfigSpec extends DataObject {
  name?: string;
  numCPUs?: number;
  memoryMB?: number;
  guestId?: string;
  files?: DataObject;
  deviceChange?: DeviceChange[];
  extraConfig?: { key: string; value: string }[];
}

/** What is in it is checked where it is written to the wire: devices are kept as they came. */
const wire = (spec: DataObject) => spec as VirtualMachineConfigSpec;

/** A map as extraConfig; an empty value removes the key. */
export function extraConfigOf(
  values: Iterable<readonly [string, string]>,
): { key: string; value: string }[] {
  return [...values].map(([key, value]) => ({ key, value }));
}

/** A virtual machine. Methods wait for their task; tasks refused because the VM is busy are tried again. */
export class VirtualMachine {
  readonly client: Client;
  readonly ref: MoRef;

  constructor(client: Client, ref: MoRef) {
    this.client = client;
    this.ref = ref;
  }

  /** Makes a VM; in a vApp as its child. */
  static async create(
    client: Client,
    home: Home,
    spec: ConfigSpec,
    signal?: AbortSignal,
  ): Promise<VirtualMachine> {
    const host = home.host === undefined ? {} : { host: home.host };
    const isChild = isA(home.pool.type, "VirtualApp");
    const ref = isChild
      ? await invokeTask(
          client,
          home.pool,
          "CreateChildVM_Task",
          { config: wire(spec), ...host },
          { signal },
        )
      : await invokeTask(
          client,
          home.folder,
          "CreateVM_Task",
          { config: wire(spec), pool: home.pool, ...host },
          { signal },
        );
    return new VirtualMachine(client, ref);
  }

  #task<M extends TaskMethod>(
    method: M,
    params: Params<M>,
    signal?: AbortSignal,
  ): Promise<TaskResult<M>> {
    return retryBusy(() => invokeTask(this.client, this.ref, method, params, { signal }), {
      signal,
    });
  }

  /** Properties by path. */
  properties(paths: readonly string[], signal?: AbortSignal): Promise<Record<string, unknown>> {
    return retrieveOne(this.client, this.ref, paths, signal);
  }

  /**
   * Changes the configuration. With `changeVersion` only if nobody else has since it was read: `concurrent` otherwise.
   *
   * @example await vm.reconfigure({ deviceChange: [add(disk("[ds] a.vmdk", place))] });
   */
  async reconfigure(spec: ConfigSpec, changeVersion?: string, signal?: AbortSignal): Promise<void> {
    const full = changeVersion === undefined ? spec : { ...spec, changeVersion };
    await this.#task("ReconfigVM_Task", { spec: wire(full) }, signal);
  }

  /** Powers on; a VM that runs already is fine. */
  async powerOn(signal?: AbortSignal): Promise<void> {
    await this.#unlessPowered("poweredOn", () => this.#task("PowerOnVM_Task", {}, signal));
  }

  /** Pulls the plug; a VM that is off already is fine. */
  async powerOff(signal?: AbortSignal): Promise<void> {
    await this.#unlessPowered("poweredOff", () => this.#task("PowerOffVM_Task", {}, signal));
  }

  async #unlessPowered(state: PowerState, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!hasFault(error, "InvalidPowerState") || (await this.powerState()) !== state) throw error;
    }
  }

  /** Asks the guest to shut down and waits until the VM is off; `unavailable` when the guest has no tools running. */
  async shutdownGuest(signal?: AbortSignal): Promise<void> {
    try {
      await retryBusy(() => this.client.call(this.ref, "ShutdownGuest", {}, { signal }), {
        signal,
      });
    } catch (error) {
      if (!hasFault(error, "InvalidPowerState")) throw error;
    }
    await this.waitPower("poweredOff", signal);
  }

  /** Present power state. */
  async powerState(signal?: AbortSignal): Promise<PowerState> {
    const path = "runtime.powerState";
    return (await this.properties([path], signal))[path] as PowerState;
  }

  /** Waits until the VM is in a power state. */
  async waitPower(state: PowerState, signal?: AbortSignal): Promise<void> {
    const path = "runtime.powerState";
    await waitFor(this.client, this.ref, [path], (props) => props[path] === state, signal);
  }

  /** Removes the VM with its files; one that is gone is fine. It must be off. */
  async destroy(signal?: AbortSignal): Promise<void> {
    try {
      await this.#task("Destroy_Task", {}, signal);
    } catch (error) {
      if (faultOf(error) !== "ManagedObjectNotFound") throw error;
    }
  }

  /** extraConfig with the version it was read at. */
  async extraConfig(
    signal?: AbortSignal,
  ): Promise<{ values: Map<string, string>; changeVersion: string }> {
    const paths = ["config.extraConfig", "config.changeVersion"];
    const props = await this.properties(paths, signal);
    return {
      values: extraConfigMap(props["config.extraConfig"]),
      changeVersion: String(props["config.changeVersion"] ?? ""),
    };
  }

  /** Sets extraConfig keys; an empty value removes one. */
  async setExtraConfig(
    values: Iterable<readonly [string, string]>,
    changeVersion?: string,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.reconfigure({ extraConfig: extraConfigOf(values) }, changeVersion, signal);
  }

  /** Its virtual devices. */
  async devices(signal?: AbortSignal): Promise<Device[]> {
    const path = "config.hardware.device";
    const props = await this.properties([path], signal);
    return (props[path] ?? []) as Device[];
  }

  toString(): string {
    return refKey(this.ref);
  }
}

/** A config.extraConfig value as a map. */
export function extraConfigMap(value: unknown): Map<string, string> {
  if (value === undefined) return new Map();
  if (!Array.isArray(value)) throw new VicError("damaged", "extraConfig is not a list");
  return new Map(
    (value as { key: string; value?: unknown }[]).map((o) => [o.key, String(o.value ?? "")]),
  );
}
