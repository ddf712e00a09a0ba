import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { faultOf, hasFault } from "../vim25/fault.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { isA } from "../vim25/schema/schema.ts";
import { invoke } from "../vim25/typed.ts";
import type { DataObject, MoRef } from "../vim25/types.ts";

/** Backing of a network card on a network, a distributed port group or an opaque network. */
export async function networkBacking(
  client: Client,
  network: MoRef,
  signal?: AbortSignal,
): Promise<DataObject> {
  if (isA(network.type, "DistributedVirtualPortgroup")) return dvsBacking(client, network, signal);
  if (isA(network.type, "OpaqueNetwork")) {
    const { summary } = await retrieveOne(client, network, ["summary"], signal);
    const { opaqueNetworkId, opaqueNetworkType } = summary as Record<string, unknown>;
    return {
      _type: "VirtualEthernetCardOpaqueNetworkBackingInfo",
      opaqueNetworkId,
      opaqueNetworkType,
    };
  }
  const { name } = await retrieveOne(client, network, ["name"], signal);
  return standardBacking(String(name));
}

/** Backing of a network card on a standard port group of a host. */
export function standardBacking(portGroup: string): DataObject {
  return { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: portGroup };
}

async function dvsBacking(client: Client, group: MoRef, signal?: AbortSignal): Promise<DataObject> {
  const props = await retrieveOne(
    client,
    group,
    ["key", "config.distributedVirtualSwitch"],
    signal,
  );
  const dvs = props["config.distributedVirtualSwitch"] as MoRef | undefined;
  if (!dvs) throw new VicError("invalid", `port group ${group.value} has no switch`);
  const { uuid } = await retrieveOne(client, dvs, ["uuid"], signal);
  return {
    _type: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
    port: { switchUuid: uuid, portgroupKey: props["key"] },
  };
}

/** The network system of a host; standard switches and port groups are made there. */
export async function networkSystem(
  client: Client,
  host: MoRef,
  signal?: AbortSignal,
): Promise<MoRef> {
  const path = "configManager.networkSystem";
  const props = await retrieveOne(client, host, [path], signal);
  const ref = props[path] as MoRef | undefined;
  if (!ref) throw new VicError("unsupported", `host ${host.value} has no network system`);
  return ref;
}

/** Makes a standard switch without uplink on a host; false: there was one of this name already. */
export async function addSwitch(
  client: Client,
  system: MoRef,
  name: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const spec = { numPorts: 1024 };
  return unlessThere(() =>
    invoke(client, system, "AddVirtualSwitch", { vswitchName: name, spec }, { signal }),
  );
}

/** A standard port group. */
export interface PortGroup {
  name: string;
  switchName: string;
  vlanId?: number;
}

/** Makes a standard port group on a host; false: there was one of this name already. */
export async function addPortGroup(
  client: Client,
  system: MoRef,
  group: PortGroup,
  signal?: AbortSignal,
): Promise<boolean> {
  const portgrp = {
    name: group.name,
    vlanId: group.vlanId ?? 0,
    vswitchName: group.switchName,
    policy: {},
  };
  return unlessThere(() => invoke(client, system, "AddPortGroup", { portgrp }, { signal }));
}

/** Removes a standard port group; one that is not there is fine. */
export async function removePortGroup(
  client: Client,
  system: MoRef,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  await unlessGone(() => invoke(client, system, "RemovePortGroup", { pgName: name }, { signal }));
}

/** Removes a standard switch; one that is not there is fine. */
export async function removeSwitch(
  client: Client,
  system: MoRef,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  await unlessGone(() =>
    invoke(client, system, "RemoveVirtualSwitch", { vswitchName: name }, { signal }),
  );
}

async function unlessThere(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (hasFault(error, "AlreadyExists", "DuplicateName")) return false;
    throw error;
  }
}

async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (faultOf(error) !== "NotFound") throw error;
  }
}
