import type { MoRef } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import { entityProperties, nameMax, unescapeName } from "./entity.ts";
import { type Inventory, notFound } from "./inventory.ts";
import { entityId, folderRef, type Mode } from "./refs.ts";
import type { Store } from "./store.ts";

const foldersMax = 10_000;

/** A folder for VMs that somebody made. */
export interface FolderRecord {
  id: string;
  name: string;
  parent: string;
}

/** Who has a name in a folder besides folders; what is in a vApp is not listed as the folder's child. */
export interface FolderContents {
  vmsIn: (folder: string) => { name: string; ref: MoRef; isListed: boolean }[];
}

/** VM folders below ha-folder-vm. */
export class Folders {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #mode: Mode;
  readonly #contents: FolderContents;
  readonly #folders = new Map<string, FolderRecord>();

  constructor(inventory: Inventory, store: Store, mode: Mode, contents: FolderContents) {
    this.#mode = mode;
    this.#inventory = inventory;
    this.#store = store;
    this.#contents = contents;
    this.#show({ id: this.#inventory.refs.vmFolder.value, name: "vm", parent: "" });
    for (const { value } of store.all<FolderRecord>("folder")) this.#show(value);
  }

  get(ref: MoRef): FolderRecord {
    const record = this.#folders.get(ref.value);
    if (!record || ref.type !== "Folder") throw notFound(ref);
    return record;
  }

  has(ref: MoRef): boolean {
    return ref.type === "Folder" && this.#folders.has(ref.value);
  }

  children(id: string): MoRef[] {
    const folders = [...this.#folders.values()].filter((f) => f.parent === id);
    return [
      ...folders.map((f) => folderRef(f.id)),
      ...this.#contents.vmsIn(id).flatMap((vm) => (vm.isListed ? [vm.ref] : [])),
    ];
  }

  create(parent: MoRef, rawName: string): MoRef {
    if (!this.has(parent)) throw fault("NotSupported", "only VM folders can hold folders");
    const name = unescapeName(rawName);
    this.checkName(parent.value, name);
    if (this.#folders.size >= foldersMax) throw fault("LimitExceeded", "too many folders");
    const id = entityId(this.#mode, "folder", this.#store.nextNumber("folder"));
    const record = { id, name, parent: parent.value };
    this.#store.put("folder", id, record);
    this.#show(record);
    this.#inventory.changed(parent);
    return folderRef(id);
  }

  rename(ref: MoRef, rawName: string): void {
    const record = this.#changeable(ref);
    const name = unescapeName(rawName);
    if (name === record.name) return;
    this.checkName(record.parent, name);
    this.#replace({ ...record, name });
  }

  move(ref: MoRef, parent: MoRef): void {
    const record = this.checkMove(ref, parent);
    this.checkName(parent.value, record.name);
    this.#replace({ ...record, parent: parent.value });
    this.#inventory.changed(folderRef(record.parent), parent);
  }

  /** The folder; a fault when it is a fixed one or would be in itself. */
  checkMove(ref: MoRef, parent: MoRef): FolderRecord {
    const record = this.#changeable(ref);
    for (let id = parent.value; id !== ""; id = this.#folders.get(id)?.parent ?? "") {
      if (id === record.id) throw fault("InvalidFolder", "into itself", { target: parent });
    }
    return record;
  }

  /** Only when nothing is in it. */
  remove(ref: MoRef): void {
    const record = this.#changeable(ref);
    if (this.children(record.id).length > 0)
      throw fault("ResourceInUse", "the folder has children");
    this.#store.delete("folder", record.id);
    this.#folders.delete(record.id);
    this.#inventory.remove(ref);
    this.#inventory.changed(folderRef(record.parent));
  }

  /** A fault unless `name` may be given to something new in this folder. */
  checkName(folder: string, name: string): void {
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (name === "" || name.length > nameMax || /[\x00-\x1f]/.test(name)) {
      throw fault("InvalidName", `"${name}" is not a name of 1 to ${nameMax} characters`, { name });
    }
    const sibling = [...this.#folders.values()].find((f) => f.parent === folder && f.name === name);
    const vm = this.#contents.vmsIn(folder).find((v) => v.name === name);
    const object = sibling ? folderRef(sibling.id) : vm?.ref;
    if (object) throw fault("DuplicateName", `the name "${name}" is taken`, { name, object });
  }

  #changeable(ref: MoRef): FolderRecord {
    const { refs } = this.#inventory;
    const isOther = !this.has(ref) && this.#inventory.find(ref) !== undefined;
    if (isOther || ref.value === refs.vmFolder.value) {
      throw fault("NotSupported", "this folder is always there, as it is");
    }
    const record = this.get(ref);
    return record;
  }

  #replace(record: FolderRecord): void {
    this.#store.put("folder", record.id, record);
    this.#folders.set(record.id, record);
    this.#inventory.changed(folderRef(record.id));
  }

  #show(record: FolderRecord): void {
    const ref = folderRef(record.id);
    const now = () => this.#folders.get(record.id) ?? record;
    this.#folders.set(record.id, record);
    this.#inventory.add({
      ref,
      properties: {
        ...entityProperties(
          () => now().name,
          () => (now().parent === "" ? this.#inventory.refs.datacenter : folderRef(now().parent)),
        ),
        childType: () => ["Folder", "VirtualMachine", "VirtualApp"],
        childEntity: () => this.children(record.id),
      },
    });
  }
}
