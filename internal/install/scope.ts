import type { Client } from "../vim25/client.ts";
import { retrieveOne } from "../vim25/properties.ts";
import type { MoRef } from "../vim25/types.ts";
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

const depthMax = 100;

/** Inventory path of what the VCH's pool was made in, or of the pool when it was there before. */
export async function parentPath(
  client: Client,
  { ref, isOwn }: VchRecord["pool"],
  signal: AbortSignal,
): Promise<string> {
  const names: string[] = [];
  let at: MoRef | undefined = ref;
  while (at && names.length < depthMax) {
    const props = await retrieveOne(client, at, ["name", "parent"], signal);
    at = props["parent"] as MoRef | undefined;
    if (at) names.unshift(String(props["name"])); // the root folder is not part of paths
  }
  return `/${(isOwn ? names.slice(0, -1) : names).join("/")}`;
}
