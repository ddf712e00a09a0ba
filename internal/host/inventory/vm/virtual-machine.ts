import type { MoRef } from "../../../vim25/types.ts";
import type { Machine } from "../../vm/machine.ts";
import { entityProperties } from "../entity.ts";
import type { ManagedObject } from "../inventory.ts";
import { Mutex } from "../mutex.ts";
import { folderRef, networkRef, poolRef, refs, vmRef } from "../refs.ts";
import type { VmRecord } from "./record.ts";
import {
  configInfo,
  guestInfo,
  type LiveState,
  type OutsideAddress,
  runtimeInfo,
  storageSummary,
  vmSummary,
} from "./views.ts";

/** What a VM needs from the host to show itself. */
export interface VmSurroundings {
  hostMhz: number;
  outside: OutsideAddress;
}

/** Live state of a VM that is off. */
export function offState(): LiveState {
  return {
    nics: [],
    areToolsRunning: false,
    cpuMhz: 0,
    memoryMiB: 0,
    uptimeSeconds: 0,
    storageBytes: 0,
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

  constructor(record: VmRecord, surroundings: VmSurroundings) {
    this.record = record;
    this.ref = vmRef(record.id);
    const { hostMhz, outside } = surroundings;
    const runtime = () => runtimeInfo(this.record, hostMhz);
    const guest = () => guestInfo(this.record, this.live, outside);
    this.properties = {
      ...entityProperties(
        () => this.record.name,
        () => folderRef(this.record.folder),
      ),
      disabledMethod: () => Object.keys(this.record.disabledMethods),
      config: () => configInfo(this.record),
      runtime,
      guest,
      guestHeartbeatStatus: () => (this.live.areToolsRunning ? "green" : "gray"),
      summary: () => vmSummary(this.record, this.live, { runtime: runtime(), guest: guest() }),
      storage: () => {
        const { committed, uncommitted, unshared, timestamp } = storageSummary(this.live);
        const usage = { datastore: refs.datastore, committed, uncommitted, unshared };
        return { perDatastoreUsage: [usage], timestamp };
      },
      resourcePool: () => poolRef(this.record.pool),
      datastore: () => [refs.datastore],
      network: () => this.portGroups.map(networkRef),
      rootSnapshot: () => [],
      environmentBrowser: () => refs.environmentBrowser,
      resourceConfig: () => ({
        entity: this.ref,
        changeVersion: this.record.config.changeVersion,
        cpuAllocation: this.record.config.kept["cpuAllocation"] ?? unlimited(),
        memoryAllocation: this.record.config.kept["memoryAllocation"] ?? unlimited(),
      }),
    };
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

function unlimited(): Record<string, unknown> {
  return {
    reservation: 0,
    expandableReservation: false,
    limit: -1,
    shares: { shares: 1000, level: "normal" },
  };
}
