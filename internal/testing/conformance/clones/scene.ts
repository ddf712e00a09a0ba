/** Templates and their instant clones on a vic-host of their own, made by vSphere calls only. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { VicHost } from "../vic-host.ts";
import type { Client } from "../../../vim25/client.ts";
import { retrieveOne, waitFor } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import {
  miniGuestCommand,
  miniGuestIso,
  miniGuestKeys,
  miniGuestMemoryMiB,
} from "../../fixtures/mini-guest.ts";

/** What a template is. */
export interface Template {
  name: string;
  /** On this machine; copied to the datastore. */
  iso: string;
  memoryMiB: number;
  extraConfig?: Record<string, string>;
  deviceChange?: Record<string, unknown>[];
}

/** What is asked of a vic-host. */
type Host = Pick<VicHost, "datastore" | "dir" | "log"> & AsyncDisposable;

/** Numbers of the guests' requests; none is below, where those of the guest's agent are. */
let requests = 99;

/** A vic-host and a client of it. */
export class Scene implements AsyncDisposable {
  readonly host: Host;
  readonly client: Client;

  constructor(host: Host, client: Client) {
    this.host = host;
    this.client = client;
  }

  static async open(loopback: string): Promise<Scene> {
    const host = await VicHost.start({ loopback });
    try {
      return new Scene(host, await host.connect());
    } catch (error) {
      await host[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A VM with the ISO in its drive and a serial port to a file; a controller for disks that come later. */
  async create({ name, iso, memoryMiB, ...more }: Template): Promise<MoRef> {
    const isoPath = join(this.host.datastore, "iso", basename(iso));
    mkdirSync(join(this.host.datastore, "iso"), { recursive: true });
    copyFileSync(iso, isoPath);
    const isConnected = { startConnected: true, connected: true, allowGuestControl: false };
    const add = (device: Record<string, unknown>) => ({ operation: "add", device });
    const folders = await this.vmFolder();
    return runTask<MoRef>(this.client, folders.folder, "CreateVM_Task", {
      pool: folders.pool,
      config: {
        name,
        files: { vmPathName: "[datastore1]" },
        numCPUs: 1,
        memoryMB: memoryMiB,
        extraConfig: options(more.extraConfig ?? {}),
        deviceChange: [
          add({
            _type: "ParaVirtualSCSIController",
            key: -1,
            busNumber: 0,
            sharedBus: "noSharing",
          }),
          add({
            _type: "VirtualCdrom",
            key: -2,
            backing: {
              _type: "VirtualCdromIsoBackingInfo",
              fileName: `[datastore1] iso/${basename(iso)}`,
            },
            connectable: isConnected,
          }),
          add({
            _type: "VirtualSerialPort",
            key: -3,
            yieldOnPoll: true,
            backing: {
              _type: "VirtualSerialPortFileBackingInfo",
              fileName: `[datastore1] ${name}/serial.log`,
            },
          }),
          ...(more.deviceChange ?? []),
        ],
      },
    });
  }

  powerOn(vm: MoRef): Promise<unknown> {
    return runTask(this.client, vm, "PowerOnVM_Task");
  }

  powerOff(vm: MoRef): Promise<unknown> {
    return runTask(this.client, vm, "PowerOffVM_Task");
  }

  /** What a VM with a mini guest is. */
  async mini(name: string): Promise<Template> {
    return { name, iso: await miniGuestIso(), memoryMiB: miniGuestMemoryMiB };
  }

  /** A running mini guest that has frozen itself. */
  async frozenMini(name: string, more: Partial<Template> = {}): Promise<MoRef> {
    const vm = await this.create({ ...(await this.mini(name)), ...more });
    await this.powerOn(vm);
    await this.freezeMini(vm);
    return vm;
  }

  /** Has a mini guest freeze itself. */
  async freezeMini(vm: MoRef): Promise<void> {
    // A clone remembers what its source was asked, and has been answered that.
    const id = ++requests;
    const command = miniGuestCommand(`freeze${id}`, `echo '{"id":${id},"freeze":true}' >&3`);
    const extraConfig = options({ [miniGuestKeys.run]: command });
    await runTask(this.client, vm, "ReconfigVM_Task", { spec: { extraConfig } });
    await this.isFrozen(vm);
  }

  /** Waits until the VM is frozen. */
  async isFrozen(vm: MoRef): Promise<void> {
    const path = "runtime.instantCloneFrozen";
    await waitFor(this.client, vm, [path], (props) => props[path] === true);
  }

  /** Makes a clone; resolves when the task has ended. */
  clone(
    source: MoRef,
    name: string,
    config: Record<string, string> = {},
    more: Record<string, unknown> = {},
  ): Promise<MoRef> {
    const spec = { name, location: {}, config: options(config), ...more };
    return runTask<MoRef>(this.client, source, "InstantClone_Task", { spec });
  }

  /** Waits until the guest's agent answers. */
  async isReady(vm: MoRef): Promise<void> {
    const path = "guest.toolsRunningStatus";
    await waitFor(this.client, vm, [path], (props) => props[path] === "guestToolsRunning");
  }

  get<T>(vm: MoRef, path: string): Promise<T> {
    return retrieveOne(this.client, vm, [path]).then((props) => props[path] as T);
  }

  private async vmFolder(): Promise<{ folder: MoRef; pool: MoRef }> {
    const { rootFolder } = this.client.content;
    const [datacenter] = await this.get<MoRef[]>(rootFolder, "childEntity");
    const folder = await this.get<MoRef>(datacenter!, "vmFolder");
    const hosts = await this.get<MoRef>(datacenter!, "hostFolder");
    const [compute] = await this.get<MoRef[]>(hosts, "childEntity");
    return { folder, pool: await this.get<MoRef>(compute!, "resourcePool") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]().catch(() => undefined);
    await this.host[Symbol.asyncDispose]();
  }
}

/** extraConfig as vSphere takes it. */
export function options(values: Record<string, string>): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/** Memory of the QEMU of each VM by the VM's name, MiB: what it shares with nobody, and its part of what it does. */
export function memoryOf(folder: string): Map<string, { privateMiB: number; shareMiB: number }> {
  const found = new Map<string, { privateMiB: number; shareMiB: number }>();
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      const name = /guest=([^,]*),/.exec(command)?.[1];
      if (name === undefined || !command.includes(folder)) continue;
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      const mib = (field: string): number => {
        return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0) / 1024;
      };
      const privateMiB = mib("Private_Dirty") + mib("Private_Clean");
      found.set(name, { privateMiB, shareMiB: mib("Pss") });
    } catch {
      // Gone meanwhile.
    }
  }
  return found;
}
