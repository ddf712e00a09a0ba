/**
 * Log folders of containers whose VM is off: the container's writable disk is plugged into the appliance and mounted
 * read-only. Readers share a mount; it stays for a moment after the last one, because `docker logs` is often called again;
 * whoever wants to start or remove the container gets the disk at once.
 */
import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { logger } from "../log.ts";
import { mount } from "../storage/mount.ts";
import { orAbort } from "../time.ts";

const log = logger("logs");
/** Disks plugged in at the same time: the appliance has 15 slots, image pulls need some. */
const mountsMax = 4;
/** Readers that wait for a slot. */
const waitingMax = 64;
const lingerMs = 5_000;

/** What is needed of a disk that is plugged in. */
export interface PluggedDisk {
  device: string;
  detach(): Promise<void>;
}

/** What {@link ScratchMounts} needs of its surroundings. */
export interface ScratchMountsParts {
  attach(path: string): Promise<PluggedDisk>;
  mount(device: string, folder: string): Promise<void>;
  unmount(folder: string): Promise<void>;
  /** Mount points are made below it. */
  root: string;
  lingerMs?: number;
}

/** A container's writable disk. */
export interface ScratchDisk {
  /** Container id. */
  id: string;
  /** Datastore path. */
  path: string;
  /** False while somebody else needs the disk. */
  isFree?: () => boolean;
}

interface Mount {
  ready: Promise<string>;
  readers: number;
  /** Tells readers to let go. */
  revoked: AbortController;
  /** Resolves when no reader is left. */
  idle: PromiseWithResolvers<void>;
  linger: Timer | undefined;
  closing: Promise<void> | undefined;
  undo: (() => Promise<void>)[];
}

/** See the file's head. */
export class ScratchMounts {
  readonly #parts: ScratchMountsParts;
  readonly #byId = new Map<string, Mount>();
  readonly #waiting: (() => void)[] = [];

  constructor(parts: ScratchMountsParts) {
    this.#parts = parts;
  }

  /** Runs `read` with the disk's root folder; `revoked` asks it to end early. */
  async use<T>(
    disk: ScratchDisk,
    read: (folder: string, revoked: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { id } = disk;
    const mount = await this.#acquire(disk, signal);
    try {
      return await read(await mount.ready, mount.revoked.signal);
    } finally {
      this.#leave(id, mount);
    }
  }

  /** Takes the disk away from readers; it is unplugged when this returns. */
  async release(id: string): Promise<void> {
    const mount = this.#byId.get(id);
    if (!mount) return;
    mount.revoked.abort(new VicError("conflict", "the container is being started or removed"));
    if (mount.readers > 0) await mount.idle.promise;
    await this.#close(id, mount);
  }

  /** Takes all disks away. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#byId.keys()].map((id) => this.release(id)));
  }

  async #acquire(disk: ScratchDisk, signal?: AbortSignal): Promise<Mount> {
    const { id, path } = disk;
    for (;;) {
      if (disk.isFree?.() === false)
        throw new VicError("conflict", "the container is being started or removed");
      const mount = this.#byId.get(id);
      if (mount && !mount.revoked.signal.aborted && !mount.closing) {
        clearTimeout(mount.linger);
        if (mount.readers === 0) mount.idle = Promise.withResolvers();
        mount.readers += 1;
        return mount;
      }
      if (mount?.revoked.signal.aborted) throw mount.revoked.signal.reason as VicError;
      if (mount) await orAbort(mount.closing!, signal);
      else if (this.#byId.size < mountsMax) return this.#open(id, path);
      else {
        this.#closeIdle();
        await this.#wait(signal);
      }
    }
  }

  #open(id: string, diskPath: string): Mount {
    const mount: Mount = {
      ready: Promise.resolve(""),
      readers: 1,
      revoked: new AbortController(),
      idle: Promise.withResolvers(),
      linger: undefined,
      closing: undefined,
      undo: [],
    };
    mount.ready = this.#mount(id, diskPath, mount.undo);
    mount.ready.catch(() => {});
    this.#byId.set(id, mount);
    return mount;
  }

  async #mount(id: string, diskPath: string, undo: Mount["undo"]): Promise<string> {
    const disk = await this.#parts.attach(diskPath);
    undo.push(() => disk.detach());
    const folder = join(this.#parts.root, id);
    await mkdir(folder, { recursive: true });
    undo.push(() => rmdir(folder));
    await this.#parts.mount(disk.device, folder);
    undo.push(() => this.#parts.unmount(folder));
    return folder;
  }

  #leave(id: string, mount: Mount): void {
    mount.readers -= 1;
    if (mount.readers > 0) return;
    mount.idle.resolve();
    // Whoever revoked it closes it.
    if (mount.revoked.signal.aborted) return;
    const close = () => void this.#close(id, mount);
    void mount.ready.then(
      () => {
        if (mount.readers > 0 || mount.closing) return;
        if (this.#waiting.length > 0) return close();
        mount.linger = setTimeout(close, this.#parts.lingerMs ?? lingerMs);
      },
      () => close(),
    );
  }

  /** Makes room: a mount that only lingers goes. */
  #closeIdle(): void {
    for (const [id, mount] of this.#byId) {
      if (mount.readers > 0 || mount.closing || mount.revoked.signal.aborted) continue;
      void this.#close(id, mount);
      return;
    }
  }

  async #wait(signal?: AbortSignal): Promise<void> {
    if (this.#waiting.length >= waitingMax)
      throw new VicError("exhausted", "too many log readers wait for a free disk slot");
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    await orAbort(promise, signal).catch((error: unknown) => {
      const at = this.#waiting.indexOf(resolve);
      if (at >= 0) this.#waiting.splice(at, 1);
      throw error;
    });
  }

  /** Never rejects. */
  #close(id: string, mount: Mount): Promise<void> {
    clearTimeout(mount.linger);
    mount.closing ??= (async () => {
      await mount.ready.catch(() => undefined);
      for (const step of mount.undo.toReversed())
        await step().catch((error: unknown) => {
          log.warn(`${id.slice(0, 12)}: letting go of its disk: ${VicError.from(error).text}`);
        });
      this.#byId.delete(id);
      this.#waiting.shift()?.();
    })();
    return mount.closing;
  }
}

/** Mounts an ext4 file system as it is, without replaying its journal. */
export function mountReadOnly(device: string, folder: string): Promise<void> {
  return mount(device, folder, "ext4", "ro,noload,nosuid,nodev,noexec,nosymfollow");
}
