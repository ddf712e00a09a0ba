import type { Client } from "../vim25/client.ts";
import type { MoRef } from "../vim25/types.ts";
import { Finder } from "../vsphere/finder.ts";
import { InventoryMap } from "./inventory-map.ts";
import type { VchRecord } from "./record.ts";
import type { CommonSettings } from "./settings.ts";

/** The resource pools a command is about; undefined for the whole target. */
export async function poolScope(
  client: Client,
  { computeResource, target }: CommonSettings,
  signal: AbortSignal,
): Promise<MoRef[] | undefined> {
  if (computeResource === "" && target.datacenter === "") return undefined;
  const map = await InventoryMap.read(client, signal);
  const datacenter = map.datacenter(target.datacenter);
  if (computeResource !== "") return [map.pool(computeResource, datacenter).ref];
  return map.all("pool", datacenter.path).map((pool) => pool.ref);
}

/** Inventory path of what the VCH's pool was made in, or of the pool when it was there before. */
export async function parentPath(
  client: Client,
  { ref, isOwn }: VchRecord["pool"],
  signal: AbortSignal,
): Promise<string> {
  const path = await new Finder(client).pathOf(ref, signal);
  return isOwn ? path.replace(/\/[^/]*$/, "") : path;
}
