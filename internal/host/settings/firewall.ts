import { isIP } from "node:net";
import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Store } from "../inventory/store.ts";

const addressesMax = 256;

/** HostFirewallRulesetIpList. */
export interface AllowedHosts {
  allIp: boolean;
  ipAddress?: string[];
  ipNetwork?: { network: string; prefixLength: number }[];
}

/** What somebody changed of a rule set. */
interface Change {
  enabled?: boolean;
  allowedHosts?: AllowedHosts;
}

interface Ruleset {
  key: string;
  label: string;
  service?: string;
  /** Port, direction and protocol. */
  rules: [number | [number, number], "inbound" | "outbound", "tcp" | "udp"][];
  enabled: boolean;
  required: boolean;
}

/** The rule sets that an ESXi host has and clients look for. */
const rulesets: Ruleset[] = [
  set("sshServer", "SSH Server", [[22, "inbound", "tcp"]], "TSM-SSH"),
  set("sshClient", "SSH Client", [[22, "outbound", "tcp"]]),
  set("vSphereClient", "vSphere Web Client", [[443, "inbound", "tcp"]], undefined, true),
  set("remoteSerialPort", "VM serial port connected over network", [
    [23, "outbound", "tcp"],
    [[1024, 65_535], "outbound", "tcp"],
  ]),
  set("vSPC", "VM serial port connected to vSPC", [[[0, 65_535], "outbound", "tcp"]]),
  set("httpClient", "httpClient", [
    [80, "outbound", "tcp"],
    [443, "outbound", "tcp"],
  ]),
  set("dns", "DNS Client", [
    [53, "outbound", "udp"],
    [53, "outbound", "tcp"],
  ]),
  set("ntpClient", "NTP Client", [[123, "outbound", "udp"]], "ntpd"),
];

function set(
  key: string,
  label: string,
  rules: Ruleset["rules"],
  service?: string,
  required = false,
): Ruleset {
  return { key, label, rules, enabled: required, required, ...(service ? { service } : {}) };
}

/**
 * The firewall that HostFirewallSystem shows. vic-host filters no packets: what is enabled is remembered for clients,
 * and the default policy says truly that nothing is blocked.
 */
export class Firewall {
  readonly #store: Store;
  readonly #inventory: Inventory;
  readonly #ref: MoRef;
  readonly #changes = new Map<string, Change>();

  constructor(store: Store, inventory: Inventory, ref: MoRef) {
    this.#store = store;
    this.#inventory = inventory;
    this.#ref = ref;
    for (const { id, value } of store.all<Change>("ruleset")) this.#changes.set(id, value);
  }

  /** HostFirewallInfo. */
  info(): Record<string, unknown> {
    return {
      defaultPolicy: { incomingBlocked: false, outgoingBlocked: false },
      ruleset: rulesets.map((ruleset) => this.#show(ruleset)),
    };
  }

  enable(id: string, enabled: boolean): void {
    const ruleset = get(id);
    if (ruleset.required && !enabled) {
      throw fault("ResourceInUse", `the rule set "${id}" cannot be disabled`, {
        type: "HostFirewallRuleset",
        name: id,
      });
    }
    this.#change(id, { enabled });
  }

  /** Says for which addresses a rule set is. */
  allow(id: string, allowedHosts: AllowedHosts): void {
    get(id);
    checkHosts(allowedHosts);
    this.#change(id, { allowedHosts });
  }

  #change(id: string, change: Change): void {
    const now = { ...this.#changes.get(id), ...change };
    this.#store.put("ruleset", id, now);
    this.#changes.set(id, now);
    this.#inventory.changed(this.#ref);
  }

  #show({ rules, ...ruleset }: Ruleset): Record<string, unknown> {
    return {
      allowedHosts: { allIp: true },
      ...ruleset,
      rule: rules.map(([ports, direction, protocol]) => {
        const [port, endPort] = typeof ports === "number" ? [ports] : ports;
        return { port, endPort, direction, portType: "dst", protocol };
      }),
      userControllable: !ruleset.required,
      ipListUserConfigurable: true,
      ...this.#changes.get(ruleset.key),
    };
  }
}

function get(id: string): Ruleset {
  const ruleset = rulesets.find((r) => r.key === id);
  if (!ruleset) throw fault("NotFound", `there is no rule set "${id}"`);
  return ruleset;
}

function checkHosts({ ipAddress = [], ipNetwork = [] }: AllowedHosts): void {
  if (ipAddress.length + ipNetwork.length > addressesMax) {
    throw invalidArgument("spec.allowedHosts", `at most ${addressesMax} addresses`);
  }
  const bad = ipAddress.find((address) => isIP(address) === 0);
  if (bad !== undefined) throw invalidArgument("spec.allowedHosts", `"${bad}" is no address`);
  for (const { network, prefixLength } of ipNetwork) {
    const family = isIP(network);
    const isPrefix = Number.isInteger(prefixLength) && prefixLength >= 0;
    if (family !== 0 && isPrefix && prefixLength <= (family === 4 ? 32 : 128)) continue;
    throw invalidArgument("spec.allowedHosts", `"${network}/${prefixLength}" is no network`);
  }
}
