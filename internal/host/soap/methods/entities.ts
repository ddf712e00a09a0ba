import { type MoRef, sameRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { escapeName, unescapeName } from "../../inventory/entity.ts";
import type { ManagedObject } from "../../inventory/inventory.ts";
import type { ConfigSpec } from "../../inventory/vm/config-spec.ts";
import { markTemplate } from "../../inventory/vm/clone.ts";
import { createVm, registerVm } from "../../inventory/vm/create.ts";
import type { VirtualMachine } from "../../inventory/vm/virtual-machine.ts";
import { type Call, type Methods, param, startTask, userOf } from "../call.ts";
import { childrenOf } from "../views.ts";
import { vcenterFolder } from "./vcenter.ts";

/** Folder. */
export const folder: Methods = {
  ...vcenterFolder,
  CreateFolder: (call) => call.world.folders.create(call.object.ref, param<string>(call, "name")),
  CreateVM_Task: (call) =>
    startTask(call, async () => {
      const vm = await createVm(call.world, {
        folder: call.object.ref,
        pool: param<MoRef>(call, "pool"),
        spec: param<ConfigSpec>(call, "config"),
        userName: userOf(call),
      });
      return vm.ref;
    }),
  RegisterVM_Task: (call) =>
    startTask(call, async () => {
      const name = param<string | undefined>(call, "name");
      const vm = await registerVm(call.world, param<string>(call, "path"), {
        folder: call.object.ref,
        pool: param<MoRef | undefined>(call, "pool") ?? call.world.refs.rootPool,
        spec: name === undefined ? {} : { name },
        userName: userOf(call),
      });
      if (param<boolean>(call, "asTemplate")) await markTemplate(call.world, vm, true);
      return vm.ref;
    }),
  MoveIntoFolder_Task: (call) =>
    startTask(call, async () => moveInto(call, param<MoRef[]>(call, "list"))),
  Rename_Task: (call) =>
    startTask(call, async () =>
      call.world.folders.rename(call.object.ref, param<string>(call, "newName")),
    ),
  Destroy_Task: (call) => startTask(call, async () => call.world.folders.remove(call.object.ref)),
};

/** Moves VMs and folders into the folder of the call: all of them, or none when one cannot be. */
function moveInto(call: Call, list: MoRef[]): void {
  const { folders, vms, store } = call.world;
  const target = call.object.ref;
  if (!folders.has(target)) throw fault("InvalidFolder", "no VM folder", { target });
  const names = new Set<string>();
  const moving = list.filter((ref) => {
    if (ref.type !== "Folder" && ref.type !== "VirtualMachine") {
      throw fault("NotSupported", `a ${ref.type} stays in its folder`);
    }
    const { name, parent } =
      ref.type === "Folder"
        ? folders.checkMove(ref, target)
        : { name: vms.get(ref).record.name, parent: vms.get(ref).record.folder };
    if (parent === target.value) return false;
    if (names.has(name))
      throw fault("DuplicateName", `two are called ${name}`, { name, object: ref });
    names.add(name);
    folders.checkName(target.value, name);
    return true;
  });
  store.transaction(() => {
    for (const ref of moving) {
      if (ref.type === "Folder") folders.move(ref, target);
      else vms.update(vms.get(ref), { folder: target.value });
    }
  });
}

const nameOf = (object: ManagedObject): string => String(object.properties["name"]?.() ?? "");

/** The child of an entity with this name; compared in both spellings of the special characters. */
function child(call: Call, parent: MoRef, name: string): MoRef | undefined {
  const object = call.world.inventory.find(parent);
  if (!object) return undefined;
  const wanted = escapeName(unescapeName(name));
  return childrenOf(object).find((ref) => {
    const found = call.world.inventory.find(ref);
    return found && nameOf(found) === wanted;
  });
}

function byUuid(call: Call): VirtualMachine[] | MoRef[] {
  const uuid = param<string>(call, "uuid").toLowerCase();
  if (!param<boolean>(call, "vmSearch")) {
    return uuid === call.world.hardware.uuid ? [call.world.refs.host] : [];
  }
  const isInstance = param<boolean | undefined>(call, "instanceUuid") === true;
  return call.world.vms.all().filter(({ record }) => {
    const { instanceUuid, uuid: biosUuid } = record.config;
    return (isInstance ? instanceUuid : biosUuid) === uuid;
  });
}

const refOf = (found: VirtualMachine | MoRef): MoRef => ("ref" in found ? found.ref : found);

/** SearchIndex. */
export const searchIndex: Methods = {
  FindByInventoryPath: (call) => {
    const names = param<string>(call, "inventoryPath").split("/").filter(Boolean);
    let ref: MoRef | undefined = call.world.refs.rootFolder;
    for (const name of names) ref = ref && child(call, ref, name);
    return names.length === 0 ? undefined : ref;
  },
  FindByUuid: (call) => byUuid(call).map(refOf)[0],
  FindAllByUuid: (call) => byUuid(call).map(refOf),
  FindChild: (call) => {
    const parent = param<MoRef>(call, "entity");
    call.world.inventory.get(parent);
    return child(call, parent, param<string>(call, "name"));
  },
  FindByDatastorePath: (call) => {
    if (!sameRef(param<MoRef>(call, "datacenter"), call.world.refs.datacenter)) {
      throw invalidArgument("datacenter", "there is one datacenter");
    }
    const { text } = call.world.datastores.places.parse(param<string>(call, "path"));
    return call.world.vms.all().find((vm) => vm.record.config.vmPathName === text)?.ref;
  },
  FindByDnsName: (call) => {
    const name = param<string>(call, "dnsName").toLowerCase();
    const isCalled = (vm: VirtualMachine) => {
      const guest = vm.properties["guest"]?.() as { hostName?: string };
      return guest.hostName?.toLowerCase() === name;
    };
    return call.world.vms.all().find(isCalled)?.ref;
  },
  FindByIp: (call) => {
    const ip = param<string>(call, "ip");
    const isAt = (vm: VirtualMachine) => {
      const guest = vm.properties["guest"]?.() as { net: { ipAddress: string[] }[] };
      return guest.net.some((net) => net.ipAddress.includes(ip));
    };
    return call.world.vms.all().find(isAt)?.ref;
  },
};
