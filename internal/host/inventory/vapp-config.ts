import { randomUUID } from "node:crypto";
import type { MoRef } from "../../vim25/types.ts";
import { invalidArgument } from "../fault.ts";

type Row = Record<string, unknown>;

/** VAppEntityConfigInfo; delays in seconds. */
export interface EntityConfig {
  key?: MoRef;
  tag?: string;
  startOrder?: number;
  startDelay?: number;
  waitingForGuest?: boolean;
  startAction?: string;
  stopDelay?: number;
  stopAction?: string;
  destroyWithParent?: boolean;
}

/** VAppConfigInfo as it is stored. */
export interface VAppConfig {
  annotation: string;
  instanceUuid: string;
  entityConfig: EntityConfig[];
  product: Row[];
  property: Row[];
  ovfSection: Row[];
  /** Fields that are only kept and shown. */
  kept: Row;
}

/** Decoded ArrayUpdateSpec with `info`. */
interface RowChange {
  operation: string;
  removeKey?: unknown;
  info?: Row;
}

/** Decoded VAppConfigSpec. */
export interface VAppConfigSpec {
  annotation?: string;
  instanceUuid?: string;
  entityConfig?: EntityConfig[];
  product?: RowChange[];
  property?: RowChange[];
  ovfSection?: RowChange[];
  [field: string]: unknown;
}

/** Rows of each list, entities of a vApp. */
const rowsMax = 1000;
const delayMaxSeconds = 24 * 60 * 60;
const keptFields = [
  "ipAssignment",
  "eula",
  "ovfEnvironmentTransport",
  "installBootRequired",
  "installBootStopDelay",
  "managedBy",
];

/** A vApp nobody said anything about. */
export function emptyVAppConfig(): VAppConfig {
  return {
    annotation: "",
    instanceUuid: randomUUID(),
    entityConfig: [],
    product: [],
    property: [],
    ovfSection: [],
    kept: {
      ipAssignment: { ipAllocationPolicy: "fixedPolicy", ipProtocol: "IPv4" },
      installBootRequired: false,
      installBootStopDelay: 0,
    },
  };
}

/** The configuration after a VAppConfigSpec. `isMember` says what may have start and stop settings. */
export function applyVAppConfig(
  config: VAppConfig,
  spec: VAppConfigSpec,
  isMember: (ref: MoRef) => boolean,
): VAppConfig {
  const kept = { ...config.kept };
  for (const name of keptFields) if (spec[name] !== undefined) kept[name] = spec[name];
  const uuid = spec.instanceUuid ?? config.instanceUuid;
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid)) {
    throw invalidArgument("instanceUuid", `"${uuid}" is not a UUID`);
  }
  return {
    annotation: spec.annotation ?? config.annotation,
    instanceUuid: uuid.toLowerCase(),
    entityConfig: entities(config.entityConfig, spec.entityConfig ?? [], isMember),
    product: rows("product", config.product, spec.product),
    property: rows("property", config.property, spec.property),
    ovfSection: rows("ovfSection", config.ovfSection, spec.ovfSection),
    kept,
  };
}

function entities(
  before: EntityConfig[],
  changes: EntityConfig[],
  isMember: (ref: MoRef) => boolean,
): EntityConfig[] {
  const next = new Map(before.map((entity) => [entity.key?.value ?? "", entity]));
  for (const change of changes) {
    const { key, startDelay = 0, stopDelay = 0 } = change;
    if (!key || !isMember(key)) {
      throw invalidArgument("entityConfig.key", `${key?.value ?? "nothing"} is not in this vApp`);
    }
    for (const delay of [startDelay, stopDelay]) {
      if (delay < 0 || delay > delayMaxSeconds) {
        throw invalidArgument("entityConfig", `a delay of ${delay} seconds is out of range`);
      }
    }
    next.set(key.value, { ...next.get(key.value), ...change });
  }
  return [...next.values()].filter((entity) => entity.key && isMember(entity.key));
}

function rows(name: string, before: Row[], changes: RowChange[] = []): Row[] {
  const next = new Map(before.map((row) => [Number(row["key"] ?? -1), row]));
  for (const { operation, removeKey, info } of changes) {
    const key = Number(operation === "remove" ? removeKey : (info?.["key"] ?? next.size));
    const isThere = next.has(key);
    if (isThere === (operation === "add")) {
      throw invalidArgument(`${name}.key`, `${key} is ${isThere ? "" : "not "}there already`);
    }
    if (operation === "remove") next.delete(key);
    else next.set(key, { ...next.get(key), ...info, key });
  }
  if (next.size > rowsMax) throw invalidArgument(name, `more than ${rowsMax} entries`);
  return [...next.values()];
}
