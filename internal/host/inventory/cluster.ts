import { randomUUID } from "node:crypto";
import { type MoRef, refKey } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import { notFound } from "./inventory.ts";
import type { World } from "./world.ts";

const groupsMax = 1000;
const rulesMax = 1000;

/** A ClusterVmGroup or ClusterHostGroup. */
interface Group {
  _type: string;
  name: string;
  vm?: MoRef[];
  host?: MoRef[];
  [field: string]: unknown;
}

/** A rule of the cluster, kept and shown: on one host there is nothing to place by it. */
interface Rule {
  _type: string;
  key: number;
  name: string;
  vm?: MoRef[];
  vmGroupName?: string;
  affineHostGroupName?: string;
  antiAffineHostGroupName?: string;
  [field: string]: unknown;
}

interface Drs {
  enabled: boolean;
  [field: string]: unknown;
}

/** What is stored of the cluster. */
interface ClusterRecord {
  drs: Drs;
  groups: Group[];
  rules: Rule[];
  lastRule: number;
}

interface ArrayUpdate<T> {
  operation: string;
  removeKey?: unknown;
  info?: T;
}

/** The part of a ClusterConfigSpecEx that is honoured. */
export interface ClusterSpec {
  drsConfig?: Partial<Drs>;
  dasConfig?: { enabled?: boolean };
  groupSpec?: ArrayUpdate<Group>[];
  rulesSpec?: ArrayUpdate<Rule>[];
  [field: string]: unknown;
}

const honoured = new Set(["_type", "drsConfig", "dasConfig", "groupSpec", "rulesSpec"]);
const ruleTypes = [
  "ClusterAffinityRuleSpec",
  "ClusterAntiAffinityRuleSpec",
  "ClusterVmHostRuleInfo",
];
const groupTypes = ["ClusterVmGroup", "ClusterHostGroup"];
const initial: ClusterRecord = {
  drs: { enabled: true, defaultVmBehavior: "fullyAutomated", vmotionRate: 3 },
  groups: [],
  rules: [],
  lastRule: 0,
};

/** The configuration of the compute resource: of a cluster on a vCenter, of nothing on an ESXi host. */
export class Cluster {
  readonly #world: World;
  #record: ClusterRecord;

  constructor(world: World) {
    this.#world = world;
    this.#record = world.store.get<ClusterRecord>("setting", "cluster") ?? initial;
  }

  /** Type of the event of a VM that was powered on: DRS tells of those that it placed. */
  get poweredOnEvent(): string {
    const isPlaced = this.#world.mode === "vcenter" && this.#record.drs.enabled;
    return isPlaced ? "DrsVmPoweredOnEvent" : "VmPoweredOnEvent";
  }

  /** Properties of the compute resource that depend on its configuration. */
  properties(): Record<string, () => unknown> {
    if (this.#world.mode === "esx") {
      const info = { _type: "ComputeResourceConfigInfo", vmSwapPlacement: "vmDirectory" };
      return { configurationEx: () => info };
    }
    return {
      configurationEx: () => ({
        _type: "ClusterConfigInfoEx",
        vmSwapPlacement: "vmDirectory",
        dasConfig: { enabled: false },
        drsConfig: this.#record.drs,
        rule: this.#rules(),
        group: this.#groups(),
      }),
      configuration: () => ({
        dasConfig: { enabled: false },
        drsConfig: this.#record.drs,
        rule: this.#rules(),
      }),
      recommendation: () => [],
      drsRecommendation: () => [],
      migrationHistory: () => [],
      actionHistory: () => [],
      drsFault: () => [],
    };
  }

  /** Fields of the summary that only a cluster has. */
  summary(): Record<string, unknown> {
    if (this.#world.mode === "esx") return {};
    return { _type: "ClusterComputeResourceSummary", currentFailoverLevel: 0, numVmotions: 0 };
  }

  /** `modify` false: what the spec leaves out goes back to what a new cluster has. */
  reconfigure(spec: ClusterSpec, modify: boolean): void {
    if (this.#world.mode === "esx") {
      throw fault("NotSupported", "a single host is no cluster: there is nothing to configure");
    }
    assertHonoured(spec);
    const before = modify ? this.#record : { ...initial, lastRule: this.#record.lastRule };
    let next: ClusterRecord = { ...before, drs: { ...before.drs, ...withoutType(spec.drsConfig) } };
    for (const update of spec.groupSpec ?? []) next = this.#withGroup(next, update);
    for (const update of spec.rulesSpec ?? []) next = this.#withRule(next, update);
    this.#world.store.put("setting", "cluster", next);
    this.#record = next;
    this.#world.inventory.changed(this.#world.refs.computeResource);
  }

  #withGroup(record: ClusterRecord, { operation, removeKey, info }: ArrayUpdate<Group>) {
    const { groups } = record;
    const name = operation === "remove" ? String(removeKey) : (info?.name ?? "");
    const index = groups.findIndex((group) => group.name === name);
    checkOperation("groupSpec", "group", name, operation, index >= 0);
    if (operation === "remove") return { ...record, groups: groups.toSpliced(index, 1) };
    if (!info || name === "" || !groupTypes.includes(info._type)) {
      throw invalidArgument("groupSpec.info", "say which VMs or hosts the group has");
    }
    for (const ref of [...(info.vm ?? []), ...(info.host ?? [])]) this.#assertThere(ref);
    const made: Group = { ...info, userCreated: true };
    if (index < 0 && groups.length >= groupsMax) throw fault("LimitExceeded", "too many groups");
    const rest = index < 0 ? [...groups, made] : groups.with(index, made);
    return { ...record, groups: rest };
  }

  #withRule(record: ClusterRecord, { operation, removeKey, info }: ArrayUpdate<Rule>) {
    const { rules } = record;
    const isSame = (rule: Rule) => {
      if (operation === "remove") return rule.key === Number(removeKey);
      return operation === "edit" ? rule.key === info?.key : rule.name === info?.name;
    };
    const index = rules.findIndex(isSame);
    const name = info?.name ?? String(removeKey);
    checkOperation("rulesSpec", "rule", name, operation, index >= 0);
    if (operation === "remove") return { ...record, rules: rules.toSpliced(index, 1) };
    if (!info || !ruleTypes.includes(info._type)) {
      throw invalidArgument("rulesSpec.info", `a rule is one of ${ruleTypes.join(", ")}`);
    }
    for (const ref of info.vm ?? []) this.#assertThere(ref);
    for (const group of [
      info.vmGroupName,
      info.affineHostGroupName,
      info.antiAffineHostGroupName,
    ]) {
      if (group === undefined || record.groups.some((g) => g.name === group)) continue;
      throw invalidArgument("rulesSpec.info", `there is no group "${group}"`);
    }
    if (index >= 0) {
      const edited: Rule = { ...rules[index], ...info };
      return { ...record, rules: rules.with(index, edited) };
    }
    if (info.name === undefined || rules.length >= rulesMax) {
      throw invalidArgument(
        "rulesSpec.info",
        `a rule has a name, and there are at most ${rulesMax}`,
      );
    }
    const key = record.lastRule + 1;
    const made: Rule = {
      ...info,
      key,
      enabled: info["enabled"] ?? true,
      userCreated: true,
      status: "green",
      ruleUuid: randomUUID(),
    };
    return { ...record, rules: [...rules, made], lastRule: key };
  }

  #assertThere(ref: MoRef): void {
    if (!this.#world.inventory.find(ref)) throw notFound(ref);
  }

  /** What was destroyed is in no group. */
  #groups(): Group[] {
    return this.#record.groups.map((group) =>
      group.vm ? { ...group, vm: this.#left(group.vm) } : group,
    );
  }
  #rules(): Rule[] {
    return this.#record.rules.map((rule) =>
      rule.vm ? { ...rule, vm: this.#left(rule.vm) } : rule,
    );
  }
  #left(refs: MoRef[]): MoRef[] {
    return refs.filter((ref) => this.#world.inventory.has(refKey(ref)));
  }
}

function checkOperation(
  property: string,
  kind: string,
  name: string,
  operation: string,
  isThere: boolean,
): void {
  if (!["add", "edit", "remove"].includes(operation)) {
    throw invalidArgument(`${property}.operation`, "say add, edit or remove");
  }
  if (operation === "add" && isThere) {
    throw fault("DuplicateName", `the ${kind} "${name}" is there already`, { name });
  }
  if (operation !== "add" && !isThere) {
    throw invalidArgument(property, `there is no ${kind} "${name}"`);
  }
}

/** Everything else that a cluster can be told needs more than one host. */
function assertHonoured(spec: ClusterSpec): void {
  if (spec.dasConfig?.enabled) throw fault("NotSupported", "there is no HA with one host");
  for (const [name, value] of Object.entries(spec)) {
    const isEmpty = value === undefined || value === false || isEmptyList(value) || isOff(value);
    if (honoured.has(name) || isEmpty) continue;
    throw fault("NotSupported", `vic-host has no ${name} for a cluster: leave it out`);
  }
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isOff = (value: unknown): boolean =>
  value !== null && typeof value === "object" && (value as { enabled?: unknown }).enabled === false;

const withoutType = (drs: Partial<Drs> | undefined): Partial<Drs> => {
  const { _type, ...rest } = drs ?? {};
  return rest;
};
