/** What a pool promises and what runs in it, of one resource; all in one unit. */
export interface PoolNode {
  /** Empty for the root. */
  parent: string;
  reservation: number;
  /** Whether more than its reservation may be taken from its parent. The root has no parent to take from. */
  isExpandable: boolean;
  /** Undefined: none. */
  limit: number | undefined;
  /** Reservations of the VMs that run directly in it. */
  reservedByVms: number;
  /** What those VMs use now. */
  usage: number;
}

/**
 * The reservations of all pools for one resource, as vSphere counts them: what a pool reserves is taken from its
 * parent whether or not it is used; a pool with an expandable reservation takes what it needs beyond it as well.
 */
export class PoolTree {
  readonly #nodes: ReadonlyMap<string, PoolNode>;
  readonly #children = new Map<string, string[]>();
  readonly #used = new Map<string, number>();

  constructor(nodes: ReadonlyMap<string, PoolNode>) {
    this.#nodes = nodes;
    for (const [id, { parent }] of nodes) {
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(id);
      else this.#children.set(parent, [id]);
    }
  }

  /** What the pools and running VMs in a pool have reserved. */
  used(id: string): number {
    const known = this.#used.get(id);
    if (known !== undefined) return known;
    let sum = this.#node(id).reservedByVms;
    for (const child of this.#children.get(id) ?? []) sum += this.demand(child);
    this.#used.set(id, sum);
    return sum;
  }

  /** What the running VMs directly in a pool have reserved. */
  reservedByVms(id: string): number {
    return this.#node(id).reservedByVms;
  }

  /** What a pool takes from its parent. */
  demand(id: string): number {
    return Math.max(this.#node(id).reservation, this.used(id));
  }

  /** What can still be reserved in a pool; never negative. */
  unreserved(id: string): number {
    const { reservation, isExpandable, limit, parent } = this.#node(id);
    const own = Math.max(0, reservation - this.used(id));
    const more = isExpandable && parent !== "" ? this.unreserved(parent) : 0;
    const most = limit === undefined ? Infinity : limit - this.used(id);
    return Math.max(0, Math.min(own + more, most));
  }

  /** What everything in a pool uses. */
  usage(id: string): number {
    let sum = this.#node(id).usage;
    for (const child of this.#children.get(id) ?? []) sum += this.usage(child);
    return sum;
  }

  /** The lowest limit of a pool and those around it. */
  limit(id: string): number {
    const { limit = Infinity, parent } = this.#node(id);
    return parent === "" ? limit : Math.min(limit, this.limit(parent));
  }

  #node(id: string): PoolNode {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`there is no pool ${id}`);
    return node;
  }
}
