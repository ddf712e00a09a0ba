import { isA } from "../../../vim25/schema/schema.ts";
import type { ConfigSpec, DeviceChange } from "./config-spec.ts";
import { type Device, serialNowhere, type VmRecord } from "./record.ts";

/** Largest .vmx that is read, bytes. */
export const vmxMaxBytes = 8 * 1024 * 1024;

/** Settings of a .vmx that are not extraConfig: by exact name, or by the device they belong to. */
const ownNames = new Set([
  ".encoding",
  "config.version",
  "virtualhw.version",
  "displayname",
  "numvcpus",
  "cpuid.corespersocket",
  "memsize",
  "guestos",
  "annotation",
  "uuid.bios",
  "vc.uuid",
]);
const ownDevices = new RegExp(
  "^(scsi|ide|ethernet|serial)\\d+(:\\d+)?\\.(present|virtualDev|fileName|deviceType|mode|" +
    "startConnected|fileType|yieldOnMsrRead|networkName|addressType|address)$",
  "i",
);

/** The VM as a VMware .vmx file. */
export function writeVmx(record: VmRecord): string {
  const { config } = record;
  const lines: [string, string][] = [
    [".encoding", "UTF-8"],
    ["config.version", "8"],
    ["virtualHW.version", "13"],
    ["displayName", record.name],
    ["numvcpus", String(config.cpus)],
    ["cpuid.coresPerSocket", String(config.coresPerSocket)],
    ["memSize", String(config.memoryMiB)],
    ["guestOS", config.guestId],
    ["annotation", config.annotation],
    ["uuid.bios", config.uuid],
    ["vc.uuid", config.instanceUuid],
    ...config.devices.flatMap((device) => deviceLines(device, folderOf(config.vmPathName))),
    // A key that looks like a device's setting would become one when read again.
    ...Object.entries(config.extraConfig).filter(([key]) => !isOwn(key)),
  ];
  return lines.map(([key, value]) => `${quote(key)} = "${quote(value)}"\n`).join("");
}

/** `[datastore1] a/` of `[datastore1] a/a.vmx`. */
const folderOf = (vmPathName: string): string =>
  vmPathName.slice(0, vmPathName.lastIndexOf("/") + 1);

function deviceLines(device: Device, folder: string): [string, string][] {
  const full = device.backing?.fileName ?? "";
  const name = full.startsWith(folder) ? full.slice(folder.length) : full;
  // A file beside the .vmx is named without its folder, so that the folder may be moved.
  const file = folder !== "" && !name.includes("/") && !name.startsWith("[") ? name : full;
  if (device._type === "ParaVirtualSCSIController") {
    return [
      ["scsi0.present", "TRUE"],
      ["scsi0.virtualDev", "pvscsi"],
    ];
  }
  const set = (name: string, values: Record<string, string>): [string, string][] =>
    Object.entries({ present: "TRUE", ...values }).map(([key, v]) => [`${name}.${key}`, v]);
  const startConnected = String(device.connectable?.startConnected ?? true).toUpperCase();
  if (device._type === "VirtualDisk") {
    const mode = device.backing?.["diskMode"];
    return set(`scsi0:${device.unitNumber}`, {
      deviceType: "scsi-hardDisk",
      fileName: file,
      mode: String(mode ?? "persistent"),
    });
  }
  if (device._type === "VirtualCdrom") {
    const bus = device.controllerKey === 201 ? 1 : 0;
    const deviceType = file === "" ? "cdrom-raw" : "cdrom-image";
    return set(`ide${bus}:${device.unitNumber}`, { deviceType, fileName: file, startConnected });
  }
  if (device._type === "VirtualSerialPort") {
    const yieldOnMsrRead = String(device["yieldOnPoll"] === true).toUpperCase();
    const fileType = file === "" ? "network" : "file";
    return set(`serial${device.key - 9000}`, { fileType, fileName: file, yieldOnMsrRead });
  }
  if (!isA(device._type, "VirtualEthernetCard")) return [];
  return set(`ethernet${device.key - 4000}`, {
    virtualDev: device._type === "VirtualVmxnet3" ? "vmxnet3" : "e1000e",
    networkName: device.backing?.deviceName ?? "",
    addressType: "static",
    address: device.macAddress ?? "",
    startConnected,
  });
}

/** The spec that makes the VM of a .vmx at `vmPathName` again. */
export function readVmx(text: string, vmPathName: string): ConfigSpec {
  const settings: Settings = new Map();
  const extraConfig: { key: string; value: string }[] = [];
  for (const [key, value] of readLines(text)) {
    if (isOwn(key)) settings.set(key.toLowerCase(), value);
    else extraConfig.push({ key, value });
  }
  const get = (key: string) => settings.get(key) || undefined;
  const number = (key: string) => {
    const value = Number(get(key));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const fields: Record<string, unknown> = {
    name: get("displayname"),
    numCPUs: number("numvcpus"),
    numCoresPerSocket: number("cpuid.corespersocket"),
    memoryMB: number("memsize"),
    guestId: get("guestos"),
    annotation: get("annotation"),
    uuid: get("uuid.bios"),
    instanceUuid: get("vc.uuid"),
  };
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)),
    extraConfig,
    deviceChange: deviceChanges(settings, folderOf(vmPathName)),
  };
}

function deviceChanges(settings: Map<string, string>, folder: string): DeviceChange[] {
  const names = new Set([...settings.keys()].map((key) => key.slice(0, key.indexOf("."))));
  const changes: DeviceChange[] = [];
  let key = -1;
  for (const name of [...names].sort()) {
    const get = (field: string) => settings.get(`${name}.${field.toLowerCase()}`);
    if (get("present")?.toUpperCase() !== "TRUE") continue;
    const device = readDevice(name, get, folder);
    if (device) changes.push({ operation: "add", device: { key: key--, ...device } });
  }
  return changes;
}

function readDevice(
  name: string,
  get: (field: string) => string | undefined,
  folder: string,
): { _type: string; [field: string]: unknown } | undefined {
  const [, kind = "", bus = "", unit] = /^([a-z]+)(\d+)(?::(\d+))?$/.exec(name) ?? [];
  const file = get("fileName") ?? "";
  const fileName = file === "" || file.startsWith("[") ? file : folder + file;
  const startConnected = get("startConnected")?.toUpperCase() !== "FALSE";
  const connectable = { startConnected, connected: startConnected, allowGuestControl: true };
  const unitNumber = Number(unit);
  if (name === "scsi0") return { _type: "ParaVirtualSCSIController", busNumber: 0 };
  if (kind === "scsi" && unit !== undefined) {
    const diskMode = get("mode") ?? "persistent";
    const backing = { _type: "VirtualDiskFlatVer2BackingInfo", fileName, diskMode };
    return { _type: "VirtualDisk", backing, unitNumber };
  }
  if (kind === "ide" && unit !== undefined) {
    const isImage = get("deviceType") === "cdrom-image";
    const backing = isImage
      ? { _type: "VirtualCdromIsoBackingInfo", fileName }
      : { _type: "VirtualCdromRemotePassthroughBackingInfo", deviceName: "", exclusive: false };
    const controllerKey = bus === "1" ? 201 : 200;
    return { _type: "VirtualCdrom", backing, connectable, unitNumber, controllerKey };
  }
  if (kind === "serial") {
    const isFile = get("fileType") !== "network";
    const toFile = { _type: "VirtualSerialPortFileBackingInfo", fileName };
    const backing = isFile ? toFile : serialNowhere();
    const yieldOnPoll = get("yieldOnMsrRead")?.toUpperCase() === "TRUE";
    return { _type: "VirtualSerialPort", backing, connectable, yieldOnPoll };
  }
  if (kind !== "ethernet") return undefined;
  const deviceName = get("networkName") ?? "";
  return {
    _type: get("virtualDev")?.toLowerCase() === "vmxnet3" ? "VirtualVmxnet3" : "VirtualE1000e",
    backing: { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName },
    macAddress: get("address") ?? "",
    connectable,
  };
}

const isOwn = (key: string): boolean => ownNames.has(key.toLowerCase()) || ownDevices.test(key);

/** Values by the lower case of their keys. */
export type Settings = Map<string, string>;

/** Settings of a file in the form of a .vmx. */
export const parseSettings = (text: string): Settings =>
  new Map(readLines(text).map(([key, value]) => [key.toLowerCase(), value]));

function readLines(text: string): [key: string, value: string][] {
  return text.split("\n").flatMap((line): [string, string][] => {
    const match = /^\s*([^=\s]+)\s*=\s*"([^"]*)"\s*$/.exec(line);
    const [, key = "", value = ""] = match ?? [];
    return match ? [[unquote(key), unquote(value)]] : [];
  });
}

/** VMware's escape: `|` and two hex digits. Good for keys as well as for values. */
export const quote = (value: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is escaped
  value.replace(
    /[|"=\s\x00-\x1f\x7f]/g,
    (c) => `|${c.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
const unquote = (value: string): string =>
  value.replace(/\|([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
