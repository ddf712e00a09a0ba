import { existsSync, lstatSync, readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Datastore, DatastoreRecord } from "../storage/datastore.ts";
import { datastoreId } from "../storage/datastores.ts";
import { privateFolder } from "../storage/place.ts";
import { datastoreObjects } from "./datastore-object.ts";
import { unescapeName } from "./entity.ts";
import { renamedPaths } from "./vm/rename-paths.ts";
import type { VmRecord } from "./vm/record.ts";
import { saveVmx, vmxPlace } from "./vm/vmx-file.ts";
import type { World } from "./world.ts";

/** Longest name of a datastore, characters; the limit of vSphere. */
const nameMax = 42;
const datastoresMax = 256;

/** Adds, renames and removes datastores, as HostDatastoreSystem and Datastore want it. */
export class DatastoreSet {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Shows the datastores there are; for the start. */
  show(): void {
    for (const datastore of this.#world.datastores.all()) this.#show(datastore);
  }

  /**
   * A new datastore in a folder of this machine. The API decides where vic-host reads and writes here, so the folder is
   * an empty one, or one that was a datastore before; or `path` is a single name, for a folder below the data folder.
   */
  async create(rawName: string, path: string): Promise<MoRef> {
    const { datastores, store } = this.#world;
    const name = this.#checkName(rawName);
    if (datastores.all().length >= datastoresMax) {
      throw fault("LimitExceeded", `a host has at most ${datastoresMax} datastores`);
    }
    const root = checkRoot(path);
    const record: DatastoreRecord = { id: datastoreId(store), name, root };
    const datastore = opened(() => datastores.open(record));
    try {
      await datastore.space.count();
      store.put("datastore", record.id, record);
    } catch (error) {
      datastores.close(datastore);
      throw error;
    }
    this.#show(datastore);
    this.#changed();
    this.#world.postDatastore("DatastoreDiscoveredEvent", datastore, `${name} is there`);
    return datastore.ref;
  }

  /** Gives it another name, which is in the path of every file on it. */
  rename(datastore: Datastore, rawName: string): void {
    const { store, vms } = this.#world;
    const before = datastore.name;
    if (unescapeName(rawName) === before) return;
    const name = this.#checkName(rawName);
    const record = { ...datastore.record, name };
    const changes = vms.all().map((vm) => ({ vm, record: renamedPaths(vm.record, before, name) }));
    const changed = changes.filter((change) => change.record !== change.vm.record);
    store.transaction(() => {
      store.put("datastore", record.id, record);
      for (const change of changed) store.put("vm", change.record.id, change.record);
    });
    this.#world.datastores.rename(datastore, record);
    for (const { vm, record: next } of changed) vm.record = next;
    this.#world.inventory.changed(datastore.ref, ...changed.map(({ vm }) => vm.ref));
    this.#changed();
    const names = { oldName: before, newName: name };
    const text = `${before} is now ${name}`;
    this.#world.postDatastore("DatastoreRenamedEvent", datastore, text, names);
    for (const change of changed) this.#saveVmx(change.record);
  }

  /** Only for who registers the VM later; when it cannot be written now, it is with the VM's next change. */
  #saveVmx(record: VmRecord): void {
    const { datastores } = this.#world;
    try {
      if (existsSync(vmxPlace(datastores, record).absolute)) saveVmx(datastores, record);
    } catch (error) {
      this.#world.postWarning(`the .vmx of ${record.name} is out of date: ${String(error)}`);
    }
  }

  /** Forgets it; its files stay where they are. */
  remove(datastore: Datastore): void {
    const { datastores, store, inventory, vms } = this.#world;
    const user = vms.all().find((vm) => vm.datastores.some((d) => d.value === datastore.id));
    const child = datastores.disks.childElsewhere(datastore);
    const inUse = (why: string) =>
      fault("ResourceInUse", `${datastore.name} is in use: ${why}`, {
        type: "Datastore",
        name: datastore.name,
      });
    if (user) throw inUse(`the VM ${user.record.name} has files on it`);
    if (child) throw inUse(`"${child.text}" is based on one of its disks`);
    if (datastores.all().length === 1) throw inUse("vic-host needs a datastore");
    store.transaction(() => {
      store.delete("datastore", datastore.id);
      datastores.disks.forget(datastore.places.at(""));
    });
    datastores.close(datastore);
    inventory.remove(datastore.ref);
    inventory.remove(datastore.browser);
    this.#changed();
    const text = `${datastore.name} is removed`;
    this.#world.postDatastore("DatastoreDestroyedEvent", datastore, text);
  }

  #show(datastore: Datastore): void {
    for (const object of datastoreObjects(this.#world, datastore))
      this.#world.inventory.add(object);
  }

  #checkName(rawName: string): string {
    const name = unescapeName(rawName);
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (
      name === "" ||
      name.length > nameMax ||
      /[[\]/\\\x00-\x1f]/.test(name) ||
      name.trim() !== name
    ) {
      const text = `"${name}" is not a name of 1 to ${nameMax} characters without []/\\`;
      throw fault("InvalidName", text, { name, entity: this.#world.refs.host });
    }
    const other = this.#world.datastores.byName(name);
    if (!other) return name;
    throw fault("DuplicateName", `the datastore ${name} is there already`, {
      name,
      object: other.ref,
    });
  }

  #changed(): void {
    const { datastoreFolder, datacenter, computeResource, host, datastoreSystem, storageSystem } =
      this.#world.refs;
    const browser = this.#world.refs.datastoreBrowser;
    this.#world.inventory.changed(datastoreFolder, datacenter, computeResource, host);
    this.#world.inventory.changed(datastoreSystem, storageSystem, browser);
  }
}

/** The folder for a new datastore, absolute or below the data folder. */
function checkRoot(path: string): string {
  if (!isAbsolute(path)) {
    if (/^[\w-][\w.-]*$/.test(path)) return join("datastores", path);
    throw invalidArgument("path", `"${path}": write an absolute path or a single name`);
  }
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) {
    throw fault("NotFound", `there is no folder "${path}" on this host: make it first`);
  }
  const names = readdirSync(path);
  if (names.length === 0 || names.includes(privateFolder)) return path;
  throw invalidArgument("path", `"${path}" is neither empty nor was it a datastore before`);
}

function opened(open: () => Datastore): Datastore {
  try {
    return open();
  } catch (error) {
    const { code, message } = VicError.from(error);
    if (code !== "invalid") throw error;
    throw fault("DuplicateName", message, {}, error);
  }
}
