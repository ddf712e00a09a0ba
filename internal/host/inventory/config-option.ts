import { vmCapability } from "./vm/capability.ts";
import { cpusMax, memoryMaxMiB } from "./vm/config-spec.ts";
import { guestNames, hardwareVersion } from "./vm/views.ts";
import type { World } from "./world.ts";

const mib = 1024 * 1024;
const diskCapacityMaxBytes = 62 * 1024 ** 4;

/** VirtualMachineConfigOption: what a VM of the one hardware version may be. */
export function configOption(): Record<string, unknown> {
  return {
    version: hardwareVersion,
    description: "QEMU (i440FX)",
    guestOSDescriptor: Object.entries(guestNames).map(([id, fullName]) => guest(id, fullName)),
    guestOSDefaultIndex: 0,
    hardwareOptions: {
      hwVersion: Number(hardwareVersion.replace("vmx-", "")),
      deviceListReadonly: false,
      numCPU: [1, 2, 4, 8, 16, 32, 64, cpusMax],
      numCpuReadonly: false,
      memoryMB: { min: 4, max: memoryMaxMiB, defaultValue: 128 },
      numPCIControllers: exactly(1),
      numIDEControllers: exactly(2),
      numUSBControllers: exactly(0),
      numSIOControllers: exactly(1),
      numPS2Controllers: exactly(1),
    },
    capabilities: vmCapability,
    datastore: {},
    supportedMonitorType: ["release"],
  };
}

/** VirtualMachineConfigOptionDescriptor of the one hardware version. */
export function configOptionDescriptor(world: World): Record<string, unknown> {
  return {
    key: hardwareVersion,
    description: "QEMU (i440FX)",
    host: [world.refs.host],
    createSupported: true,
    defaultConfigOption: true,
    runSupported: true,
    upgradeSupported: false,
  };
}

/** ConfigTarget: what this host has for VMs. */
export function configTarget(world: World): Record<string, unknown> {
  const { hardware, datastores, networks, dvs } = world;
  const summaryOf = (ref: Parameters<typeof world.inventory.get>[0], property = "summary") =>
    world.inventory.get(ref).properties[property]?.();
  return {
    numCpus: hardware.cpuCount,
    numCpuCores: hardware.cpuCount,
    numNumaNodes: 1,
    maxCpusPerHost: hardware.cpuCount,
    datastore: datastores.all().map(({ name, ref }) => ({
      name,
      datastore: summaryOf(ref),
      capability: summaryOf(ref, "capability"),
      maxFileSize: diskCapacityMaxBytes,
      maxVirtualDiskCapacity: diskCapacityMaxBytes,
      mode: "readWrite",
      supportedVDiskFormats: ["thin"],
    })),
    network: networks.groups.flatMap(({ name, switchName }) => {
      const ref = networks.refOf(name);
      return ref ? [{ name, network: summaryOf(ref), vswitch: switchName }] : [];
    }),
    distributedVirtualPortgroup: dvs.targets.portgroup,
    distributedVirtualSwitch: dvs.targets.switch,
    maxMemMBOptimalPerf: Math.floor(hardware.memoryBytes / mib),
    supportedMaxMemMB: memoryMaxMiB,
    autoVmotion: false,
  };
}

const exactly = (count: number) => ({ min: count, max: count, defaultValue: count });

function guest(id: string, fullName: string): Record<string, unknown> {
  return {
    id,
    family: id.includes("Linux") || id.startsWith("debian") ? "linuxGuest" : "otherGuestFamily",
    fullName,
    supportedMaxCPUs: cpusMax,
    supportedMinMemMB: 4,
    supportedMaxMemMB: memoryMaxMiB,
    recommendedMemMB: 512,
    recommendedColorDepth: 24,
    supportedDiskControllerList: ["ParaVirtualSCSIController"],
    recommendedSCSIController: "ParaVirtualSCSIController",
    recommendedDiskController: "ParaVirtualSCSIController",
    supportedNumDisks: 15,
    recommendedDiskSizeMB: 8192,
    supportedEthernetCard: ["VirtualVmxnet3", "VirtualE1000e"],
    recommendedEthernetCard: "VirtualVmxnet3",
    supportsWakeOnLan: false,
    supportedFirmware: ["bios"],
    recommendedFirmware: "bios",
    supportedForCreate: true,
    supportsPvscsiControllerForBoot: true,
    supportsHotPlugPCI: true,
  };
}
