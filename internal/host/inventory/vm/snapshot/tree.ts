import type { MoRef } from "../../../../vim25/types.ts";
import type { ManagedObject } from "../../inventory.ts";
import { vmRef } from "../../refs.ts";
import type { SnapshotRecord, VmRecord } from "../record.ts";
import { configInfo } from "../views.ts";

/** Reference of a snapshot by its id. */
export const snapshotRef = (id: string): MoRef => ({ type: "VirtualMachineSnapshot", value: id });

/** VirtualMachineSnapshotInfo; undefined: the VM has none. */
export function snapshotInfo(record: VmRecord): Record<string, unknown> | undefined {
  const { snapshots = [], currentSnapshot } = record;
  if (snapshots.length === 0) return undefined;
  return {
    ...(currentSnapshot === undefined ? {} : { currentSnapshot: snapshotRef(currentSnapshot) }),
    rootSnapshotList: treesBelow(record, undefined),
  };
}

function treesBelow(record: VmRecord, parent: string | undefined): Record<string, unknown>[] {
  return childrenOf(record, parent).map((snapshot) => ({
    snapshot: snapshotRef(snapshot.id),
    vm: vmRef(record.id),
    name: snapshot.name,
    description: snapshot.description,
    id: snapshot.number,
    createTime: snapshot.createTime,
    state: snapshot.powerState,
    quiesced: snapshot.isQuiesced,
    childSnapshotList: treesBelow(record, snapshot.id),
    replaySupported: false,
  }));
}

/** Snapshots made when the VM was at `parent`; undefined: the first ones. */
export const childrenOf = (record: VmRecord, parent: string | undefined): SnapshotRecord[] =>
  (record.snapshots ?? []).filter((snapshot) => snapshot.parent === parent);

/** A snapshot and all that come after it. */
export function withDescendants(record: VmRecord, snapshot: SnapshotRecord): SnapshotRecord[] {
  const below = childrenOf(record, snapshot.id).flatMap((each) => withDescendants(record, each));
  return [snapshot, ...below];
}

/** VirtualMachineSnapshot, from whatever the VM's record is by now. */
export function snapshotObject(id: string, record: () => VmRecord): ManagedObject {
  const own = () => record().snapshots?.find((snapshot) => snapshot.id === id);
  return {
    ref: snapshotRef(id),
    properties: {
      config: () => {
        const snapshot = own();
        return snapshot && configInfo({ ...record(), config: snapshot.config });
      },
      childSnapshot: () => childrenOf(record(), id).map((child) => snapshotRef(child.id)),
      vm: () => vmRef(record().id),
      value: () => [],
      availableField: () => [],
    },
  };
}
