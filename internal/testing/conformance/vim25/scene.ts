import { VicError } from "../../../errors/errors.ts";
import { Session } from "../../../vsphere/session.ts";
import type { Client } from "../../../vim25/client.ts";
import { faultOf } from "../../../vim25/fault.ts";
import { retrieveOne, waitFor } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef, ServiceContent } from "../../../vim25/types.ts";
import type { Target } from "./target.ts";

/** A device change of a VirtualMachineConfigSpec. */
export interface Change extends DataObject {
  operation: string;
  device: DataObject;
}

/** Longest time for something that a case waits for. */
const waitMsMax = 6_000;

/** Longest time for what a case leaves to be undone: a call to an endpoint that is gone would wait on. */
const tidyMsMax = 5_000;

/** An endpoint with a session, and short words for what nearly every case does. One case uses it at a time. */
export class Scene implements AsyncDisposable {
  readonly target: Target;
  readonly session: Session;
  /** Name of the datastore cases use. */
  readonly store: string;
  readonly storeRef: MoRef;
  readonly host: MoRef;
  #count = 0;
  readonly #undo: (() => Promise<unknown>)[] = [];

  private constructor(
    target: Target,
    session: Session,
    parts: { store: string; storeRef: MoRef; host: MoRef },
  ) {
    this.target = target;
    this.session = session;
    this.store = parts.store;
    this.storeRef = parts.storeRef;
    this.host = parts.host;
  }

  static async open(target: Target): Promise<Scene> {
    const { compute, login } = target;
    const session = await Session.open({ ...login, ...(compute ? { compute } : {}) });
    const datastore = await session.datastore();
    const [host] = await session.hosts();
    if (!host) throw new Error("the endpoint has no host");
    return new Scene(target, session, { store: datastore.name, storeRef: datastore.ref, host });
  }

  get client(): Client {
    return this.session.client;
  }
  get content(): ServiceContent {
    return this.client.content;
  }
  get isVCenter(): boolean {
    return this.client.isVCenter;
  }
  get folder(): MoRef {
    return this.session.vmFolder;
  }
  get pool(): MoRef {
    return this.session.pool;
  }
  get datacenter(): MoRef {
    return this.session.datacenter;
  }

  /** A manager of the service content; a case that needs one that is not there fails. */
  manager(name: keyof ServiceContent): MoRef {
    const ref = this.content[name];
    if (typeof ref !== "object" || !("value" in ref))
      throw new Error(`the service content has no ${name}`);
    return ref;
  }

  /** A name nothing else has. */
  name(what = "thing"): string {
    return `conf-${what}-${++this.#count}`;
  }
  /** A path on the datastore. */
  path(file: string): string {
    return `[${this.store}] ${file}`;
  }

  call<T = MoRef>(self: MoRef, method: string, params: DataObject = {}): Promise<T> {
    return this.client.call<T>(self, method, params);
  }
  task<T = MoRef>(self: MoRef, method: string, params: DataObject = {}): Promise<T> {
    return runTask<T>(this.client, self, method, params);
  }

  /** The value of a property. */
  async get<T>(ref: MoRef, path: string): Promise<T> {
    return (await retrieveOne(this.client, ref, [path]))[path] as T;
  }

  /** Waits until a property has a value that fits, and returns it. */
  async until<T>(ref: MoRef, path: string, fits: (value: T) => boolean): Promise<T> {
    const signal = AbortSignal.timeout(waitMsMax);
    const props = await waitFor(this.client, ref, [path], (p) => fits(p[path] as T), signal);
    return props[path] as T;
  }

  /** The fault some work ends with; work that succeeds is a failure of the case. */
  async fault(work: Promise<unknown>): Promise<string> {
    const error = await this.error(work);
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return fault;
  }
  /** The error some work ends with; that the endpoint went away is none. */
  async error(work: Promise<unknown>): Promise<unknown> {
    const outcome = await work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("error" in outcome) {
      const { error } = outcome;
      const isAway = VicError.from(error).code === "unavailable" && faultOf(error) === undefined;
      if (isAway) throw error;
      return error;
    }
    throw new Error(`no fault, but ${JSON.stringify(outcome.value)}`);
  }

  /** Says what to undo when the case is over. */
  defer(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  /** Ends a case: what it made goes; what it has removed itself does not matter. */
  async tidy(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, tidyMsMax);
    const isOver = Promise.race([late, this.target.ended]);
    for (const undo of this.#undo.splice(0).toReversed()) {
      await Promise.race([undo().catch(() => undefined), isOver]);
    }
    clearTimeout(timer);
  }

  /** A VM that goes with the case. */
  async vm(config: DataObject = {}, more: { pool?: MoRef; folder?: MoRef } = {}): Promise<MoRef> {
    const { deviceChange = [], ...rest } = config as { deviceChange?: Change[] };
    const ref = await this.task(more.folder ?? this.folder, "CreateVM_Task", {
      config: {
        name: this.name("vm"),
        numCPUs: 1,
        memoryMB: 64,
        guestId: "otherGuest64",
        files: { vmPathName: this.path("") },
        ...rest,
        deviceChange: [pvscsi(), ...deviceChange],
      },
      pool: more.pool ?? this.pool,
    });
    this.removeVmLater(ref);
    return ref;
  }

  /** A running VM that goes with the case. */
  async runningVm(config: DataObject = {}): Promise<MoRef> {
    const vm = await this.vm(config);
    await this.task(vm, "PowerOnVM_Task");
    return vm;
  }

  /** A resource pool that goes with the case. */
  async resourcePool(spec: DataObject = {}, parent: MoRef = this.pool): Promise<MoRef> {
    const name = this.name("pool");
    const whole = { cpuAllocation: allocation, memoryAllocation: allocation, ...spec };
    const ref = await this.call(parent, "CreateResourcePool", { name, spec: whole });
    this.defer(() => this.task(ref, "Destroy_Task"));
    return ref;
  }

  /** Powers off and destroys a VM at the end of the case. */
  removeVmLater(ref: MoRef): void {
    this.defer(async () => {
      await this.task(ref, "PowerOffVM_Task").catch(() => undefined);
      await this.task(ref, "Destroy_Task");
    });
  }

  reconfigure(vm: MoRef, spec: DataObject): Promise<unknown> {
    return this.task(vm, "ReconfigVM_Task", { spec });
  }
  change(vm: MoRef, ...deviceChange: Change[]): Promise<unknown> {
    return this.reconfigure(vm, { deviceChange });
  }
  async devices(vm: MoRef): Promise<Device[]> {
    return (await this.get<Device[] | undefined>(vm, "config.hardware.device")) ?? [];
  }
  /** The devices of a type. */
  async device(vm: MoRef, type: string): Promise<Device[]> {
    return (await this.devices(vm)).filter((device) => device._type === type);
  }
  async options(vm: MoRef): Promise<Map<string, unknown>> {
    const list = await this.get<{ key: string; value: unknown }[]>(vm, "config.extraConfig");
    return new Map((list ?? []).map(({ key, value }) => [key, value]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tidy();
    await this.session[Symbol.asyncDispose]();
  }
}

/** A device as a VM shows it. */
export interface Device extends DataObject {
  key: number;
  controllerKey?: number;
  unitNumber?: number;
  backing?: DataObject;
  connectable?: { connected: boolean; startConnected: boolean };
  deviceInfo?: { label: string; summary: string };
}

const add = (device: DataObject): Change => ({ operation: "add", device });

/** Adds a paravirtual SCSI controller. */
export const pvscsi = (key = -1, busNumber = 0): Change =>
  add({ _type: "ParaVirtualSCSIController", key, busNumber, sharedBus: "noSharing" });

/** Adds a new disk, or one of a file. */
export function disk(
  controllerKey: number,
  parts: {
    sizeKb?: number;
    file?: string;
    parent?: string;
    key?: number;
    unit?: number;
    mode?: string;
  } = {},
): Change {
  const { sizeKb, file = "", parent, key = -2, unit = 0, mode = "persistent" } = parts;
  const backing = (fileName: string) => ({
    _type: "VirtualDiskFlatVer2BackingInfo",
    fileName,
    diskMode: mode,
    thinProvisioned: true,
  });
  return {
    operation: "add",
    ...(sizeKb === undefined ? {} : { fileOperation: "create" }),
    device: {
      _type: "VirtualDisk",
      key,
      controllerKey,
      unitNumber: unit,
      capacityInKB: sizeKb ?? 0,
      backing: { ...backing(file), ...(parent === undefined ? {} : { parent: backing(parent) }) },
    },
  };
}

/** Adds a NIC on a network by name. */
export const nic = (network: string, parts: { type?: string; mac?: string; key?: number } = {}) =>
  add({
    _type: parts.type ?? "VirtualVmxnet3",
    key: parts.key ?? -3,
    backing: { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: network },
    connectable: { startConnected: true, allowGuestControl: true, connected: true },
    ...(parts.mac === undefined ? {} : { addressType: "manual", macAddress: parts.mac }),
  });

/** Adds a CD drive with an image. */
export const cdrom = (controllerKey: number, iso: string): Change =>
  add({
    _type: "VirtualCdrom",
    key: -4,
    controllerKey,
    unitNumber: 0,
    backing: { _type: "VirtualCdromIsoBackingInfo", fileName: iso },
    connectable: { startConnected: true, allowGuestControl: true, connected: false },
  });

/** Adds a serial port that writes to a file. */
export const serial = (fileName: string): Change =>
  add({
    _type: "VirtualSerialPort",
    key: -5,
    yieldOnPoll: true,
    backing: { _type: "VirtualSerialPortFileBackingInfo", fileName },
    connectable: { startConnected: true, allowGuestControl: true, connected: true },
  });

/** Takes a device away. */
export const remove = (device: Device, withFile = false): Change => ({
  operation: "remove",
  ...(withFile ? { fileOperation: "destroy" } : {}),
  device,
});

/** Changes a device. */
export const edit = (device: Device): Change => ({ operation: "edit", device });

/** What a resource pool gets that wants nothing. */
export const allocation = {
  reservation: 0,
  expandableReservation: true,
  limit: -1,
  shares: { level: "normal", shares: 0 },
};
