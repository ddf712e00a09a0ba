/** What vic-machine keeps of a VCH, in an extraConfig key of its VM that the guest cannot see. */
import { VicError } from "../errors/errors.ts";
import { keys, type ApplianceConfig } from "../guest/config.ts";
import type { MoRef } from "../vim25/types.ts";

/** The record; its presence marks a VM as the appliance of a VCH. */
export interface VchRecord {
  version: 1;
  /** Managed object id of the VM this was written for: a copy of the VM is no VCH. "" while create is at it. */
  vm: string;
  name: string;
  /** Version string of the installer. */
  build: string;
  createdAt: string;
  /** Flags of create as `--flag=value`, without secrets and local paths. */
  options: string[];
  /** Where the user's name for the target lies; the appliance may use another address. */
  target: string;
  thumbprint: string;
  datacenter: MoRef;
  /** The VCH's pool; `isOwn` false: it was there before, or the VCH lives in somebody else's. */
  pool: { ref: MoRef; isOwn: boolean };
  /** The VCH's inventory folder, vCenter only. */
  folder: MoRef | undefined;
  bridge: {
    network: MoRef;
    name: string;
    /** Made by create on this host, with a virtual switch of the same name. */
    createdOn: MoRef | undefined;
  };
  /** `[datastore] folder` that holds VM, ISOs and images; "" while create is at it. */
  imageStore: string;
}

/** extraConfig of a VM as a map. */
export type ExtraConfig = ReadonlyMap<string, string>;

/** The record of a VCH; undefined for any other VM, and for a copy of an appliance. */
export function readRecord(extra: ExtraConfig, vm: MoRef): VchRecord | undefined {
  const json = extra.get(keys.vch);
  if (json === undefined || json === "") return undefined;
  const record = parseJson(json, "the record of the VCH") as VchRecord;
  return record.vm === vm.value || record.vm === "" ? record : undefined;
}

/** The appliance's configuration. */
export function readConfig(extra: ExtraConfig): ApplianceConfig {
  const json = extra.get(keys.applianceConfig);
  if (!json) throw new VicError("damaged", "the VM has no configuration of an appliance");
  return parseJson(json, "the configuration of the appliance") as ApplianceConfig;
}

/** Reads one JSON value of extraConfig of a form this version knows. */
function parseJson(json: string, what: string): { version: 1 } {
  let value: { version?: unknown } | null;
  try {
    value = JSON.parse(json) as { version?: unknown } | null;
  } catch (cause) {
    throw new VicError("damaged", `${what} is not JSON`, { cause });
  }
  if (value?.version === 1) return value as { version: 1 };
  throw new VicError("unsupported", `${what} has a form this version does not know`, {
    hint: "use the vic-machine the VCH was made with",
  });
}
