import { fault } from "../fault.ts";
import { isWithin, type Place } from "./place.ts";

/** Who holds a file open. */
interface Holder {
  /** Id of the VM. */
  vm: string;
  name: string;
  isWriter: boolean;
}

/** A file that a VM opens. */
export interface Held {
  place: Place;
  isWriter: boolean;
}

/** Files that running VMs have open, on all datastores. */
export class Locks {
  readonly #held = new Map<string, { text: string; holders: Holder[] }>();

  /** Takes all of `files` for a VM or none; {@link lockFault} names the first that somebody else holds. */
  take(vm: { id: string; name: string }, files: Held[]): void {
    for (const { place, isWriter } of files) {
      const other = this.#holders(place).find((h) => h.vm !== vm.id && (isWriter || h.isWriter));
      if (other) throw lockFault(place.text, other.name);
    }
    for (const { place, isWriter } of files) {
      const own = { vm: vm.id, name: vm.name, isWriter };
      const rest = this.#holders(place).filter((h) => h.vm !== vm.id);
      this.#held.set(place.key, { text: place.text, holders: [...rest, own] });
    }
  }

  /** Lets go of these files. */
  release(vm: string, places: Place[]): void {
    for (const { key } of places) this.#release(vm, key);
  }

  /** Lets go of all that the VM holds. */
  releaseAll(vm: string): void {
    for (const key of Array.from(this.#held.keys())) this.#release(vm, key);
  }

  /** Whether a running VM holds the file or something in the folder. */
  isHeld(place: Place): boolean {
    return this.#find(place) !== undefined;
  }

  /** A FileLocked fault when {@link isHeld}. */
  assertFree(place: Place): void {
    const held = this.#find(place);
    if (!held) return;
    const { text, holder } = held;
    throw fault("FileLocked", `"${text}" is in use by the running VM ${holder.name}`, {
      file: text,
    });
  }

  /** A FileLocked fault when a running VM, not `except`, writes the file; that one reads it is no matter. */
  assertNotWritten(place: Place, except?: string): void {
    const writer = this.#holders(place).find((h) => h.isWriter && h.vm !== except);
    if (!writer) return;
    const text = `"${place.text}" is in use by the running VM ${writer.name}`;
    throw fault("FileLocked", text, { file: place.text });
  }

  #holders({ key }: Place): Holder[] {
    return this.#held.get(key)?.holders ?? [];
  }

  #release(vm: string, key: string): void {
    const held = this.#held.get(key);
    const rest = held?.holders.filter((h) => h.vm !== vm) ?? [];
    if (!held || rest.length === 0) this.#held.delete(key);
    else this.#held.set(key, { text: held.text, holders: rest });
  }

  #find(place: Place): { text: string; holder: Holder } | undefined {
    for (const [key, { text, holders }] of this.#held) {
      const [holder] = holders;
      if (holder && isWithin(place, key)) return { text, holder };
    }
    return undefined;
  }
}

/** What vSphere answers when a disk of a VM is locked by another one. */
function lockFault(path: string, holder: string): Error {
  const text = `cannot open the disk "${path}": in use by ${holder}`;
  return fault("GenericVmConfigFault", text, {
    reason: text,
    faultMessage: [
      { key: "msg.fileio.lock", message: "Failed to lock the file" },
      { key: "msg.disk.noBackEnd", arg: [{ key: "1", value: path }], message: text },
    ],
  });
}
