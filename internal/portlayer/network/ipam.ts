/** Addresses of a bridge network. What is in use is told by the callers: containers' records are the truth. */
import { VicError } from "../../errors/errors.ts";
import {
  broadcastOf,
  contains,
  formatAddress,
  formatCidr,
  networkOf,
  parseAddress,
  type Cidr,
} from "../../net/cidr.ts";

/** A subnet and the address of its router. */
export interface Subnet {
  cidr: Cidr;
  gateway: number;
}

/** Gives out addresses, lowest first after the one given out last, so that an address is not reused at once. */
export class AddressPool {
  readonly subnet: Subnet;
  #last: number;

  constructor(subnet: Subnet) {
    this.subnet = subnet;
    this.#last = networkOf(subnet.cidr);
  }

  /** `wanted`: a certain one, which must be free. */
  allocate(used: ReadonlySet<number>, wanted?: string): string {
    if (wanted !== undefined && wanted !== "") return this.#check(used, wanted);
    const first = networkOf(this.subnet.cidr) + 1;
    const size = broadcastOf(this.subnet.cidr) - first;
    for (let step = 1; step <= size; step++) {
      const address = first + ((this.#last - first + step + size) % size);
      if (address === this.subnet.gateway || used.has(address)) continue;
      this.#last = address;
      return formatAddress(address);
    }
    const message = `no free address in ${formatCidr(this.subnet.cidr)}`;
    throw new VicError("exhausted", message, { hint: "remove containers that are not needed" });
  }

  #check(used: ReadonlySet<number>, wanted: string): string {
    const address = parseAddress(wanted);
    const { cidr, gateway } = this.subnet;
    if (!contains(cidr, address) || address === networkOf(cidr) || address === broadcastOf(cidr))
      throw new VicError("invalid", `${wanted} is not an address of ${formatCidr(cidr)}`);
    if (address === gateway || used.has(address))
      throw new VicError("conflict", "Address already in use", { detail: { address: wanted } });
    return formatAddress(address);
  }
}
