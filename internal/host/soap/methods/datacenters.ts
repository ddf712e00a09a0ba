import { type MoRef, sameRef } from "../../../vim25/types.ts";
import { invalidArgument } from "../../fault.ts";
import type { Call } from "../call.ts";

/** Parameters that say in which datacenter a datastore path is meant. */
const names = ["datacenter", "sourceDatacenter", "destinationDatacenter", "destDatacenter"];

/** A fault when the call names another datacenter than the one there is; it may be left out. */
export function checkDatacenters(call: Call): void {
  for (const name of names) {
    const ref = call.params[name] as MoRef | undefined;
    if (ref === undefined || sameRef(ref, call.world.refs.datacenter)) continue;
    throw invalidArgument(name, `there is no datacenter "${ref.value}"`);
  }
}
