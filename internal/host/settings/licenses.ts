import { any } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Refs } from "../inventory/refs.ts";
import type { Store } from "../inventory/store.ts";

const licensesMax = 100;
const labelsMax = 32;
const labelMax = 256;
/** The key that stands for "nothing has to be paid". */
const evaluationKey = "00000-00000-00000-00000-00000";

/** A label that somebody put on a licence. */
export interface Label {
  key: string;
  value: string;
}

interface License {
  key: string;
  labels: Label[];
}

/** What the features are that clients look for before they use them. */
const features = [
  ["serialuri:2", "Remote virtual Serial Port Concentrator"],
  ["dvs", "vSphere Distributed Switch"],
  ["drs", "vSphere DRS"],
  ["vsmp:128", "128-way virtual SMP"],
] as const;

/** The licences. vic-host needs none: keys that somebody adds are kept with their labels and change nothing. */
export class Licenses {
  readonly #store: Store;
  readonly #inventory: Inventory;
  readonly #refs: Refs;
  readonly #licenses = new Map<string, License>();
  #assigned: string;

  constructor(parts: { store: Store; inventory: Inventory; refs: Refs }) {
    this.#store = parts.store;
    this.#inventory = parts.inventory;
    this.#refs = parts.refs;
    for (const { value } of this.#store.all<License>("license")) {
      this.#licenses.set(value.key, value);
    }
    this.#assigned = this.#store.get<string>("setting", "license") ?? evaluationKey;
  }

  /** LicenseManagerLicenseInfo of each licence. */
  list(): Record<string, unknown>[] {
    return [this.#info({ key: evaluationKey, labels: [] }), ...this.#added()];
  }

  /** LicenseManagerEvaluationInfo: there is no end to it. */
  evaluation(): Record<string, unknown> {
    return { properties: [{ key: "expirationHours", value: any("long", 0) }] };
  }

  /** What a key stands for, without adding it. */
  decode(key: string): Record<string, unknown> {
    checkKey(key);
    return this.#info(this.#licenses.get(key) ?? { key, labels: [] });
  }

  add(key: string, labels: Label[]): Record<string, unknown> {
    checkKey(key);
    checkLabels(labels);
    if (key === evaluationKey) return this.decode(key);
    if (this.#licenses.size >= licensesMax && !this.#licenses.has(key)) {
      throw fault("LimitExceeded", `at most ${licensesMax} licences: remove some`);
    }
    return this.#write({ key, labels: merged(this.#licenses.get(key)?.labels ?? [], labels) });
  }

  /** Changes the labels of a licence that is there. */
  label(key: string, labels: Label[]): void {
    const all = merged(this.#get(key).labels, labels);
    checkLabels(all);
    this.#write({ key, labels: all });
  }

  /** Makes this the licence of the host, as a client of an ESXi host does it. */
  update(key: string, labels: Label[]): Record<string, unknown> {
    this.add(key, labels);
    return this.assign(key);
  }

  removeLabel(key: string, label: string): void {
    const license = this.#get(key);
    const labels = license.labels.filter((l) => l.key !== label);
    if (labels.length === license.labels.length) throw fault("NotFound", `no label "${label}"`);
    this.#write({ key, labels });
  }

  remove(key: string): void {
    this.#get(key);
    if (this.#assigned === key) this.assign(evaluationKey);
    this.#store.delete("license", key);
    this.#licenses.delete(key);
    this.#inventory.changed(this.#refs.licenseManager);
  }

  /** Says under which licence the host runs. */
  assign(key: string): Record<string, unknown> {
    const license = key === evaluationKey ? { key, labels: [] } : this.#get(key);
    this.#store.put("setting", "license", key);
    this.#assigned = key;
    this.#inventory.changed(this.#refs.licenseManager);
    return this.#info(license);
  }

  /** Back to the one that needs nothing. */
  unassign(): void {
    this.assign(evaluationKey);
  }

  /** LicenseAssignmentManagerLicenseAssignment of the entities with one of these ids. */
  assignments(entities: { id: string; name: string }[]): Record<string, unknown>[] {
    return entities.map(({ id, name }) => ({
      entityId: id,
      entityDisplayName: name,
      assignedLicense: this.decode(this.#assigned),
      properties: [],
    }));
  }

  #added(): Record<string, unknown>[] {
    return [...this.#licenses.values()].map((license) => this.#info(license));
  }

  #info({ key, labels }: License): Record<string, unknown> {
    const feature = features.map(([id, value]) => ({
      key: "feature",
      value: { _type: "KeyValue", key: id, value },
    }));
    return {
      licenseKey: key,
      editionKey: "vic-host",
      name: "vic-host needs no licence",
      total: 0,
      used: this.#assigned === key ? 1 : 0,
      costUnit: "server",
      properties: feature,
      labels,
    };
  }

  #get(key: string): License {
    const license = this.#licenses.get(key);
    if (!license) throw fault("NotFound", `there is no licence "${key}"`);
    return license;
  }

  #write(license: License): Record<string, unknown> {
    this.#store.put("license", license.key, license);
    this.#licenses.set(license.key, license);
    this.#inventory.changed(this.#refs.licenseManager);
    return this.#info(license);
  }
}

function checkKey(key: string): void {
  if (/^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/.test(key)) return;
  throw invalidArgument("licenseKey", "a licence key is five groups of five letters and digits");
}

function checkLabels(labels: Label[]): void {
  const isLong = labels.some((l) => l.key.length > labelMax || l.value.length > labelMax);
  if (!isLong && labels.length <= labelsMax) return;
  const text = `a licence has at most ${labelsMax} labels of ${labelMax} characters`;
  throw invalidArgument("labels", text);
}

/** The labels of both; what is new wins. */
function merged(before: Label[], added: Label[]): Label[] {
  const all = new Map([...before, ...added].map(({ key, value }) => [key, value]));
  return [...all].map(([key, value]) => ({ key, value }));
}
