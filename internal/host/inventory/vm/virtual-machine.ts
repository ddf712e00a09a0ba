import type { MoRef } from "../../../vim25/types.ts";
import type { Machine } from "../../vm/machine.ts";
import { entityProperties } from "../entity.ts";
import { vmAllocations } from "../pool-config.ts";
import type { ManagedObject } from "../inventory.ts";
import { Mutex } from "../mutex.ts";
import { folderRef, poolRef, refs, vmRef } from "../refs.ts";
import type { Datastores } from "../../storage/datastores.ts";
import { type PowerState, powerStateOf, type VmRecord } from "./record.ts";
import { segmentsOf } from "./segment.ts";
import { vmCapability } from "./capability.ts";
import { disabledMethods } from "./disabled-methods.ts";
import { layerSteps } from "./snapshot/layers.ts";
import { childrenOf, snapshotInfo, snapshotRef } from "./snapshot/tree.ts";
import { datastoresOf, fileLayout, perDatastoreUsage } from "./storage-use.ts";
import {
  configInfo,
  guestInfo,
  type LiveState,
  type NetworkName,
  type OutsideAddress,
  runtimeInfo,
  vmSummary,
} from "./views.ts";

/** What a VM needs from the host to show itself. */
export interface VmSurroundings {
  hostMhz: number;
  host: MoRef;
  /** The network of a segment. */
  network: (segment: string) => NetworkName | undefined;
  datastores: Datastores;
  outside: OutsideAddress;
  /** The vApp around a pool. */
  vappOf: (pool: string) => { id: string } | undefined;
  /** The newest tasks about an entity. */
  recentTasks: (entity: MoRef) => MoRef[];
}

/** Live state of a VM that is off. */
export function offState(): LiveState {
  return {
    nics: [],
    areToolsRunning: false,
    areOperationsReady: false,
    cpuMhz: 0,
    memoryMiB: 0,
    memory: undefined,
    uptimeSeconds: 0,
    storageBytes: {},
    storageAt: new Date(0).toISOString(),
  };
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
  /** Set when the VM was destroyed or unregistered while others waited for {@link lock}. */
  isGone = false;

  readonly #datastores: Datastores;

  constructor(record: VmRecord, surroundings: VmSurroundings) {
    this.record = record;
    this.#datastores = surroundings.datastores;
    this.ref = vmRef(record.id);
    const { datastores } = surroundings;
    const vapp = () => {
      const around = surroundings.vappOf(this.record.pool);
      return around && poolRef(around.id);
    };
    const runtime = () => ({
      ...runtimeInfo(this.record, surroundings),
      consolidationNeeded: layerSteps(this.record, datastores).length > 0,
    });
    const guest = () => guestInfo(this.record, this.live, surroundings);
    this.properties = {
      ...entityProperties(
        () => this.record.name,
        // What is in a vApp has that instead of a folder around it.
        () => (vapp() ? undefined : folderRef(this.record.folder)),
      ),
      parentVApp: vapp,
      disabledMethod: () => disabledMethods(this.record),
      recentTask: () => surroundings.recentTasks(this.ref),
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
      network: () => this.segments.flatMap((s) => surroundings.network(s)?.ref ?? []),
      snapshot: () => snapshotInfo(this.record),
      rootSnapshot: () => childrenOf(this.record, undefined).map(({ id }) => snapshotRef(id)),
      capability: () => vmCapability,
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
    return datastoresOf(this.record, this.#datastores);
  }

  /** Segments its NICs are on. */
  get segments(): string[] {
    return segmentsOf(this.record.config.devices);
  }

  get powerState(): PowerState {
    return powerStateOf(this.record);
  }
}
