import type { MoRef } from "../../../vim25/types.ts";
import type { Machine } from "../../vm/machine.ts";
import { entityProperties } from "../entity.ts";
import { vmAllocations } from "../pool-config.ts";
import type { ManagedObject } from "../inventory.ts";
import { Mutex } from "../mutex.ts";
import { folderRef, networkRef, poolRef, refs, vmRef } from "../refs.ts";
import type { Datastores } from "../../storage/datastores.ts";
import type { VmRecord } from "./record.ts";
import { datastoresOf, fileLayout, perDatastoreUsage } from "./storage-use.ts";
import {
  configInfo,
  guestInfo,
  type LiveState,
  type OutsideAddress,
  runtimeInfo,
  vmSummary,
} from "./views.ts";

/** What a VM needs from the host to show itself. */
export interface VmSurroundings {
  hostMhz: number;
  datastores: Datastores;
  outside: OutsideAddress;
  /** The vApp around a pool. */
  vappOf: (pool: string) => { id: string } | undefined;
}

/** Live state of a VM that is off. */
export function offState(): LiveState {
  return {
    nics: [],
    areToolsRunning: false,
    cpuMhz: 0,
    memoryMiB: 0,
    uptimeSeconds: 0,
    storageBytes: {},
    storageAt: new Date(0).toISOString(),
  };
}

/** Figures of a running VM at one time. */
export interface Sample {
  at: number;
  cpuMhz: number;
  memoryKiB: number;
}

/** A VirtualMachine: its record, the machine while it runs, and the properties made from both. */
export class VirtualMachine implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Readonly<Record<string, () => unknown>>;
  /** Operations on one VM happen one after the other. */
  readonly lock = new Mutex();
  record: VmRecord;
  live = offState();
  machine: Machine | undefined;
  /** Oldest first, bounded. */
  samples: readonly Sample[] = [];
  /** Set when the VM was destroyed or unregistered while others waited for {@link lock}. */
  isGone = false;

  readonly #datastores: Datastores;

  constructor(record: VmRecord, surroundings: VmSurroundings) {
    this.record = record;
    this.#datastores = surroundings.datastores;
    this.ref = vmRef(record.id);
    const { hostMhz, outside, datastores } = surroundings;
    const vapp = () => {
      const around = surroundings.vappOf(this.record.pool);
      return around && poolRef(around.id);
    };
    const runtime = () => runtimeInfo(this.record, hostMhz);
    const guest = () => guestInfo(this.record, this.live, outside);
    this.properties = {
      ...entityProperties(
        () => this.record.name,
        // What is in a vApp has that instead of a folder around it.
        () => (vapp() ? undefined : folderRef(this.record.folder)),
      ),
      parentVApp: vapp,
      disabledMethod: () => Object.keys(this.record.disabledMethods),
      config: () => configInfo(this.record),
      runtime,
      guest,
      guestHeartbeatStatus: () => (this.live.areToolsRunning ? "green" : "gray"),
      summary: () => vmSummary(this.record, this.live, { runtime: runtime(), guest: guest() }),
      storage: () => {
        const { storageBytes, storageAt } = this.live;
        return {
          perDatastoreUsage: perDatastoreUsage(this.datastores, storageBytes),
          timestamp: storageAt,
        };
      },
      resourcePool: () => poolRef(this.record.pool),
      datastore: () => this.datastores,
      layoutEx: () => fileLayout(this.record, datastores),
      network: () => this.portGroups.map(networkRef),
      rootSnapshot: () => [],
      environmentBrowser: () => refs.environmentBrowser,
      resourceConfig: () => ({
        entity: this.ref,
        changeVersion: this.record.config.changeVersion,
        ...vmAllocations(this.record.config),
      }),
    };
  }

  /** The datastores that its files are on, that of its home first. */
  get datastores(): MoRef[] {
    return datastoresOf(this.record.config, this.#datastores);
  }

  /** Names of the port groups its NICs are on. */
  get portGroups(): string[] {
    const names = this.record.config.devices.flatMap((device) =>
      device.macAddress === undefined ? [] : [device.backing?.deviceName ?? ""],
    );
    return [...new Set(names)];
  }

  get powerState(): "poweredOn" | "poweredOff" {
    return this.record.isPoweredOn ? "poweredOn" : "poweredOff";
  }
}
