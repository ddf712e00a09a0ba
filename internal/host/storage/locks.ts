import { fault } from "../fault.ts";

/** Who holds a file open. */
interface Holder {
  /** Id of the VM. */
  vm: string;
  name: string;
  isWriter: boolean;
}

/** Files that running VMs have open, by path below the datastore's root. */
export class Locks {
  readonly #holders = new Map<string, Holder[]>();

  /** Takes all of `paths` for a VM or none; {@link lockFault} names the first that somebody else holds. */
  take(vm: { id: string; name: string }, paths: { path: string; isWriter: boolean }[]): void {
    for (const { path, isWriter } of paths) {
      const other = this.#holders
        .get(path)
        ?.find((h) => h.vm !== vm.id && (isWriter || h.isWriter));
      if (other) throw lockFault(path, other.name);
    }
    for (const { path, isWriter } of paths) {
      const own = { vm: vm.id, name: vm.name, isWriter };
      const rest = (this.#holders.get(path) ?? []).filter((h) => h.vm !== vm.id);
      this.#holders.set(path, [...rest, own]);
    }
  }

  /** Lets go of these files, or of all that the VM holds. */
  release(vm: string, paths: string[] = [...this.#holders.keys()]): void {
    for (const path of paths) {
      const rest = (this.#holders.get(path) ?? []).filter((h) => h.vm !== vm);
      if (rest.length === 0) this.#holders.delete(path);
      else this.#holders.set(path, rest);
    }
  }

  /** Whether a running VM holds `path` or something below it. */
  isHeld(path: string): boolean {
    return this.#find(path) !== undefined;
  }

  /** A FileLocked fault when {@link isHeld}. */
  assertFree(path: string): void {
    const held = this.#find(path);
    if (!held) return;
    const [file, holder] = held;
    throw fault("FileLocked", `"${file}" is in use by the running VM ${holder.name}`, { file });
  }

  /** A FileLocked fault when a running VM writes `path`; that one reads it is no matter. */
  assertNotWritten(path: string): void {
    const writer = this.#holders.get(path)?.find((holder) => holder.isWriter);
    if (!writer) return;
    const text = `"${path}" is in use by the running VM ${writer.name}`;
    throw fault("FileLocked", text, { file: path });
  }

  #find(path: string): [string, Holder] | undefined {
    for (const [file, [holder]] of this.#holders) {
      const isBelow = path === "" || file === path || file.startsWith(`${path}/`);
      if (holder && isBelow) return [file, holder];
    }
    return undefined;
  }
}

/** What vSphere answers when a disk of a VM is locked by another one. */
export function lockFault(path: string, holder: string): Error {
  const text = `cannot open the disk "${path}": in use by ${holder}`;
  return fault("GenericVmConfigFault", text, {
    reason: text,
    faultMessage: [
      { key: "msg.fileio.lock", message: "Failed to lock the file" },
      { key: "msg.disk.noBackEnd", arg: [{ key: "1", value: path }], message: text },
    ],
  });
}
