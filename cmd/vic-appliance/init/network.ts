import { writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { VicError } from "../../../internal/errors/errors.ts";
import type { ApplianceConfig, ApplianceNic, Role } from "../../../internal/guest/config.ts";
import { formatAddress, formatCidr } from "../../../internal/net/cidr.ts";
import type { Lease } from "../../../internal/net/dhcp/client.ts";
import { keepLease } from "../../../internal/net/dhcp/keeper.ts";
import { openPacketSocket } from "../../../internal/net/dhcp/packet-socket.ts";
import { interfaces, ip, type Interface } from "../../../internal/net/links.ts";

/** The interface is named after the first of its roles in this order. */
const roleOrder: Role[] = ["public", "client", "management", "bridge"];
const linkTimeoutMs = 10_000;
const linkPollMs = 10;
/** The start goes on without a lease after this; it is applied whenever it comes. */
const leaseWaitMs = 12_000;

/** One NIC with all its roles. */
export interface NicPlan {
  name: Role;
  roles: Role[];
  nic: ApplianceNic;
}

/** NICs in the order of their first roles; roles with the same MAC address share one. */
export function planNics(nics: Record<Role, ApplianceNic>): NicPlan[] {
  const plans = new Map<string, NicPlan>();
  for (const role of roleOrder) {
    const nic = nics[role];
    const mac = nic.mac.toLowerCase();
    const plan = plans.get(mac);
    if (plan) plan.roles.push(role);
    else plans.set(mac, { name: role, roles: [role], nic: { ...nic, mac } });
  }
  return [...plans.values()];
}

/** `ip` commands that name an interface after its role and bring it up, with its static address if it has one. */
export function linkCommands(plan: NicPlan, current: string): string[] {
  const { name, nic } = plan;
  const rename =
    current === name
      ? []
      : [`link set dev ${current} down`, `link set dev ${current} name ${name}`];
  // The other roles' names work in commands as well.
  const others = plan.roles.slice(1).map((role) => `link property add dev ${name} altname ${role}`);
  const address =
    nic.mode === "static" && nic.address ? [`addr replace ${nic.address} dev ${name}`] : [];
  // See setUpControl of the tether: an emulated vmxnet3 damages large IPv6 packets that it is to cut up.
  const segments = plan.roles.includes("bridge") ? [`link set dev ${name} gso_max_segs 1`] : [];
  return [...rename, ...others, ...address, ...segments, `link set dev ${name} up`];
}

/** `ip` commands for the routes of a static NIC. Only the public role carries the default route. */
export function routeCommands(plan: NicPlan): string[] {
  const { gateway, destinations = [] } = plan.nic;
  if (!gateway) return [];
  const isDefault = destinations.length === 0 && plan.roles.includes("public");
  const targets = isDefault ? ["default"] : destinations;
  return targets.map((target) => `route replace ${target} via ${gateway} dev ${plan.name}`);
}

/** The appliance's addresses, as they really are, and what keeps them. */
export class Network {
  readonly #config: ApplianceConfig;
  readonly #onChange: () => void;
  readonly #say: (text: string) => void;
  readonly #stopping = new AbortController();
  readonly #leases = new Map<Role, Lease>();
  #keepers: Promise<void>[] = [];
  #plans: NicPlan[] = [];

  constructor(config: ApplianceConfig, onChange: () => void, say: (text: string) => void) {
    this.#config = config;
    this.#onChange = onChange;
    this.#say = say;
  }

  /** Address (CIDR) of every role that has one. */
  get addresses(): Partial<Record<Role, string>> {
    const found: Partial<Record<Role, string>> = {};
    for (const { name, roles, nic } of this.#plans) {
      const lease = this.#leases.get(name);
      const address = nic.mode === "static" ? nic.address : lease && formatCidr(lease.address);
      if (address) for (const role of roles) found[role] = address;
    }
    return found;
  }

  /** Names, raises and addresses the NICs; returns when all have an address or one takes too long. */
  async start(): Promise<void> {
    this.#plans = planNics(this.#config.nics);
    const links = await waitInterfaces(this.#plans.map((plan) => plan.nic.mac));
    for (const { name } of links.values()) await settle(name);
    const commands = this.#plans.map((plan) => linkCommands(plan, links.get(plan.nic.mac)!.name));
    await ip(["link set dev lo up", ...commands.flat()]);
    await ip(this.#plans.filter((plan) => plan.nic.mode === "static").flatMap(routeCommands));
    const dynamic = this.#plans.filter((plan) => plan.nic.mode === "dhcp");
    const first = dynamic.map((plan) => this.#keep(plan, links.get(plan.nic.mac)!));
    await Promise.race([Promise.all(first), Bun.sleep(leaseWaitMs)]);
    await this.#writeResolver();
  }

  /** Gives leases back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#keepers);
  }

  /** Starts keeping a lease; resolves with the first one. */
  #keep(plan: NicPlan, link: Interface): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const mac = Uint8Array.from(plan.nic.mac.split(":"), (part) => Number.parseInt(part, 16));
    const keeper = keepLease({
      open: () => openPacketSocket(link.index, mac),
      hostName: hostname(),
      signal: this.#stopping.signal,
      onLease: async (lease) => {
        await this.#apply(plan, lease);
        resolve();
      },
      onTrouble: (error) => this.#say(`dhcp on ${plan.name}: ${VicError.from(error).text}`),
    });
    this.#keepers.push(keeper);
    return promise;
  }

  async #apply(plan: NicPlan, lease: Lease | undefined): Promise<void> {
    const old = this.#leases.get(plan.name);
    const commands: string[] = [];
    if (lease !== undefined) {
      commands.push(`addr replace ${formatCidr(lease.address)} dev ${plan.name}`);
      if (lease.router !== undefined && plan.roles.includes("public"))
        commands.push(`route replace default via ${formatAddress(lease.router)} dev ${plan.name}`);
      this.#leases.set(plan.name, lease);
    } else {
      this.#leases.delete(plan.name);
    }
    if (old && (lease === undefined || formatCidr(old.address) !== formatCidr(lease.address)))
      commands.unshift(`addr del ${formatCidr(old.address)} dev ${plan.name}`);
    await ip(commands);
    const what = lease === undefined ? "lease lost" : `leased ${formatCidr(lease.address)}`;
    this.#say(`${plan.name}: ${what}`);
    await this.#writeResolver();
    this.#onChange();
  }

  async #writeResolver(): Promise<void> {
    await writeFile("/etc/resolv.conf", resolverFile(this.#config.nameservers, this.#leases));
  }
}

/** Content of resolv.conf: the configured servers, else those of the leases, else the routers. */
export function resolverFile(configured: string[], leases: Map<Role, Lease>): string {
  const all = [...leases.values()];
  const leased = all.flatMap((lease) => lease.nameservers.map(formatAddress));
  const routers = all.flatMap((lease) =>
    lease.router === undefined ? [] : [formatAddress(lease.router)],
  );
  const servers = [configured, leased, routers].find((list) => list.length > 0) ?? [];
  const domain = all.find((lease) => lease.domain)?.domain;
  const lines = [...new Set(servers)].map((server) => `nameserver ${server}\n`);
  return `${domain ? `search ${domain}\n` : ""}${lines.join("")}options timeout:5 attempts:3\n`;
}

/** Waits until every MAC address has its interface: drivers look for their devices while the system starts. */
async function waitInterfaces(macs: string[]): Promise<Map<string, Interface>> {
  const deadline = performance.now() + linkTimeoutMs;
  for (;;) {
    const found = new Map((await interfaces()).map((link) => [link.mac, link]));
    const missing = macs.filter((mac) => !found.has(mac));
    if (missing.length === 0) return new Map(macs.map((mac) => [mac, found.get(mac)!]));
    if (performance.now() > deadline)
      throw new VicError("not-found", `no NIC has the address ${missing.join(", ")}`, {
        hint: "the VM's NICs and its configuration disagree",
      });
    await Bun.sleep(linkPollMs);
  }
}

/** Settings that an interface copies from the defaults when it is made, which was before they were set. */
async function settle(name: string): Promise<void> {
  const values = {
    // A link-local address made from the MAC is unique: usable at once instead of after a second.
    [`ipv6/conf/${name}/accept_dad`]: "0",
    [`ipv6/conf/${name}/accept_ra`]: "0",
    // Networks of containers share the bridge, yet must not be told to go around the appliance.
    [`ipv4/conf/${name}/send_redirects`]: "0",
    // Tells neighbours when an address moved to this NIC.
    [`ipv4/conf/${name}/arp_notify`]: "1",
  };
  for (const [path, value] of Object.entries(values))
    await writeFile(`/proc/sys/net/${path}`, value);
}
