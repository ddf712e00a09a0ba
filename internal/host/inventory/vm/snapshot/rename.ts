import type { World } from "../../world.ts";
import { assertThere } from "../power-state.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { checkSnapshotName } from "./create.ts";
import { saveVmsd } from "./vmsd.ts";

/** Gives a snapshot another name or description; undefined: as it was. */
export async function renameSnapshot(
  world: World,
  vm: VirtualMachine,
  id: string,
  change: { name: string | undefined; description: string | undefined },
): Promise<void> {
  await vm.lock.run(async () => {
    assertThere(vm);
    if (change.name !== undefined) checkSnapshotName(change.name);
    const snapshots = (vm.record.snapshots ?? []).map((snapshot) =>
      snapshot.id === id
        ? {
            ...snapshot,
            name: change.name ?? snapshot.name,
            description: change.description ?? snapshot.description,
          }
        : snapshot,
    );
    world.vms.update(vm, { snapshots });
    saveVmsd(world.datastores, vm.record);
  });
}
