import { any, AnyValue, type MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Store } from "../inventory/store.ts";

/** Longest text of an option, characters. */
const textMax = 4096;

/** Types that options have, as vim25 names them. */
type OptionType = "boolean" | "int" | "string";
type OptionValue = boolean | number | string;

/** An option: where it is found, what it may be, and what it is unless somebody says otherwise. */
interface Definition {
  key: string;
  /** Of the service (ServiceContent.setting), or of the host (configManager.advancedOption). */
  of: "service" | "host";
  type: OptionType;
  initial: OptionValue;
  min?: number;
  max?: number;
  isReadOnly?: boolean;
  label: string;
}

const minutesMax = 24 * 60;

const definitions = (hostName: string): Definition[] => [
  {
    key: "Config.HostAgent.vmacore.soap.sessionTimeout",
    of: "service",
    type: "int",
    initial: 30,
    min: 0,
    max: minutesMax,
    label: "Minutes until a session that is not used ends; 0: never",
  },
  {
    key: "config.vpxd.SerialPort.PersistNetworkBacking",
    of: "service",
    type: "boolean",
    initial: false,
    label: "Keep the network backing of serial ports; vic-host keeps it either way",
  },
  {
    key: "Misc.HostName",
    of: "host",
    type: "string",
    initial: hostName,
    isReadOnly: true,
    label: "Name of the machine",
  },
  {
    key: "Annotations.WelcomeMessage",
    of: "host",
    type: "string",
    initial: "",
    label: "Text for those who look at the host",
  },
];

/** The options that OptionManagers show. Changed ones are stored. */
export class Options {
  readonly #store: Store;
  readonly #inventory: Inventory;
  readonly #definitions: Map<string, Definition>;
  readonly #values = new Map<string, OptionValue>();

  constructor(store: Store, inventory: Inventory, hostName: string) {
    this.#store = store;
    this.#inventory = inventory;
    this.#definitions = new Map(definitions(hostName).map((d) => [d.key, d]));
    for (const { id, value } of store.all<OptionValue>("option")) this.#values.set(id, value);
  }

  /** Value of an option that is a number. */
  number(key: string): number {
    return this.#value(key) as number;
  }

  /** OptionValues of one manager. */
  list(of: Definition["of"]): Record<string, unknown>[] {
    return this.#of(of).map((d) => ({ key: d.key, value: any(d.type, this.#value(d.key)) }));
  }

  /** OptionDefs of one manager. */
  supported(of: Definition["of"]): Record<string, unknown>[] {
    return this.#of(of).map((d) => ({
      key: d.key,
      label: d.key,
      summary: d.label,
      optionType: optionType(d),
    }));
  }

  /** Options that begin with `name`, or the one of that name. */
  query(of: Definition["of"], name: string): Record<string, unknown>[] {
    const all = this.list(of);
    if (name === "") return all;
    const exact = all.filter((option) => option["key"] === name);
    const found =
      exact.length > 0 ? exact : all.filter(({ key }) => String(key).startsWith(asPrefix(name)));
    if (found.length === 0) throw fault("InvalidName", `there is no option "${name}"`, { name });
    return found;
  }

  /** Changes options: all of them, or, when one is wrong, none. */
  update(of: Definition["of"], changes: { key: string; value?: unknown }[], manager: MoRef): void {
    const checked = changes.map(({ key, value }) => this.#checked(of, key, value));
    this.#store.transaction(() => {
      for (const [key, value] of checked) this.#store.put("option", key, value);
    });
    for (const [key, value] of checked) this.#values.set(key, value);
    this.#inventory.changed(manager);
  }

  #checked(of: Definition["of"], key: string, given: unknown): [string, OptionValue] {
    const definition = this.#definitions.get(key);
    if (!definition || definition.of !== of) {
      throw fault("InvalidName", `there is no option "${key}"`, { name: key });
    }
    const value = given instanceof AnyValue ? given.value : given;
    const { type, isReadOnly, min = 0, max = Number.MAX_SAFE_INTEGER } = definition;
    if (isReadOnly === true) throw invalidArgument(key, `the option "${key}" cannot be changed`);
    const isOfType = type === "int" ? Number.isInteger(value) : typeof value === (type as string);
    if (!isOfType) throw invalidArgument(key, `the option "${key}" takes a value of type ${type}`);
    if (typeof value === "number" && (value < min || value > max)) {
      throw invalidArgument(key, `the option "${key}" takes ${min} to ${max}`);
    }
    if (typeof value === "string" && value.length > textMax) {
      throw invalidArgument(key, `the option "${key}" takes at most ${textMax} characters`);
    }
    return [key, value as OptionValue];
  }

  #of(of: Definition["of"]): Definition[] {
    return [...this.#definitions.values()].filter((d) => d.of === of);
  }

  #value(key: string): OptionValue {
    const definition = this.#definitions.get(key);
    if (!definition) throw new Error(`no option ${key}`);
    if (definition.isReadOnly === true) return definition.initial;
    return this.#values.get(key) ?? definition.initial;
  }
}

/** `a.b` and `a.b.` both stand for what is below a.b. */
const asPrefix = (name: string): string => (name.endsWith(".") ? name : `${name}.`);

function optionType(d: Definition): Record<string, unknown> {
  const common = { valueIsReadonly: d.isReadOnly === true, defaultValue: d.initial };
  switch (d.type) {
    case "boolean":
      return { _type: "BoolOption", ...common, supported: true };
    case "int":
      return { _type: "IntOption", ...common, min: d.min ?? 0, max: d.max ?? 2 ** 31 - 1 };
    case "string":
      return { _type: "StringOption", ...common };
  }
}
