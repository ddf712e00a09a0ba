/** The networks containers can join, and their endpoints' addresses. */
import { createHash } from "node:crypto";
import { VicError } from "../../errors/errors.ts";
import type { ApplianceConfig, NetworkEndpoint } from "../../guest/config.ts";
import { formatAddress, formatCidr, parseAddress, parseCidr, subnets } from "../../net/cidr.ts";
import type { ContainerNetwork, CreateContainer, Network } from "../api/types.ts";
import { AddressPool } from "./ipam.ts";
import { checkMac, randomMac } from "./mac.ts";

/** Name of the network every VCH has. */
export const bridgeName = "bridge";
/** NICs of one VM, the control NIC included. */
const nicsMax = 10;

/** Addresses that are taken, or will be once a VM that is being made is there. */
export interface Claims {
  macs: Set<string>;
  addresses: Set<number>;
}

/** MACs of NICs that the VM of a container had before there was the container. */
export interface OwnNics {
  controlMac: string;
  /** In the order of its networks. */
  macs: string[];
}

/** See the file's head. */
export class Networks {
  readonly #pool: AddressPool;
  readonly #bridge: Network;
  /** Handed out for VMs that are not in the cache yet. */
  readonly #pending: Claims = { macs: new Set(), addresses: new Set() };

  constructor(config: ApplianceConfig) {
    const { range, width } = config.bridge;
    const first = subnets(parseCidr(range), width).next().value;
    if (!first) throw new VicError("invalid", `bridge range ${range} holds no /${width}`);
    const own = config.nics.bridge.address;
    const gateway = own ? parseCidr(own).address : first.address + 1;
    this.#pool = new AddressPool({ cidr: first, gateway });
    this.#bridge = {
      id: createHash("sha256").update(`${config.vm}/${config.name}/${bridgeName}`).digest("hex"),
      name: bridgeName,
      driver: "bridge",
      subnet: formatCidr(first),
      gateway: formatAddress(gateway),
      isInternal: false,
    };
  }

  /** All of them. */
  list(): Network[] {
    return [this.#bridge];
  }

  /**
   * Endpoints for a new container, and a MAC for its control NIC. Nothing of it is given out again before
   * `release`, which is called when the VM is in the cache or will never be. `own`: NICs that its VM has already.
   */
  claim(
    wanted: CreateContainer["networks"],
    used: Claims,
    own?: OwnNics,
  ): { controlMac: string; networks: ContainerNetwork[]; release: () => void } {
    if (wanted.length >= nicsMax) throw new VicError("invalid", "too many networks");
    const macs = new Set([...used.macs, ...this.#pending.macs]);
    const addresses = new Set([...used.addresses, ...this.#pending.addresses]);
    const takeMac = (mac?: string): string => {
      const taken = mac ? checkMac(mac, macs) : randomMac(macs);
      macs.add(taken);
      return taken;
    };
    const networks = wanted.map(({ name, address, mac, aliases }, index) => {
      const network = this.#find(name);
      const taken = this.#pool.allocate(addresses, address);
      addresses.add(parseAddress(taken));
      return {
        network: network.name,
        networkId: network.id,
        endpointId: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex"),
        mac: own?.macs[index] ?? takeMac(mac),
        address: taken,
        prefixBits: this.#pool.subnet.cidr.bits,
        gateway: network.gateway,
        aliases: [...aliases],
      };
    });
    const controlMac = own?.controlMac ?? takeMac();
    const newMacs = [controlMac, ...networks.map((n) => n.mac)];
    const newAddresses = networks.map((n) => parseAddress(n.address));
    for (const mac of newMacs) this.#pending.macs.add(mac);
    for (const address of newAddresses) this.#pending.addresses.add(address);
    const release = () => {
      for (const mac of newMacs) this.#pending.macs.delete(mac);
      for (const address of newAddresses) this.#pending.addresses.delete(address);
    };
    return { controlMac, networks, release };
  }

  #find(name: string): Network {
    const found = this.list().find((n) => n.name === name || n.id === name);
    if (!found) throw new VicError("not-found", `network ${name} not found`);
    return found;
  }
}

/** What the tether is told of an endpoint. The first one carries the default route. */
export function endpointConfig(network: ContainerNetwork, isDefault: boolean): NetworkEndpoint {
  return {
    network: network.network,
    mac: network.mac,
    mode: "static",
    address: `${network.address}/${network.prefixBits}`,
    gateway: network.gateway,
    isDefault,
  };
}

/** What containers' records hold. */
export function claimsOf(
  containers: Iterable<{ networks: ContainerNetwork[]; controlMac: string }>,
): Claims {
  const claims: Claims = { macs: new Set(), addresses: new Set() };
  for (const { networks, controlMac } of containers) {
    claims.macs.add(controlMac);
    for (const { mac, address } of networks) {
      claims.macs.add(mac);
      if (address !== "") claims.addresses.add(parseAddress(address));
    }
  }
  return claims;
}
