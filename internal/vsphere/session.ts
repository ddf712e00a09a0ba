import { VicError } from "../errors/errors.ts";
import { Client, type ConnectOptions } from "../vim25/client.ts";
import { retrieveOne } from "../vim25/properties.ts";
import type { MoRef } from "../vim25/types.ts";
import { Datastore } from "./datastore.ts";
import { Finder } from "./finder.ts";

/** What of the inventory a session works with; what is absent is taken when there is only one. */
export interface Scope {
  datacenter?: string;
  /** A host, a cluster or a resource pool. */
  compute?: string;
  signal?: AbortSignal;
}

/**
 * A logged-in client with the place it works in resolved.
 *
 * @example
 * await using session = await Session.open({ url, username, password, thumbprint });
 * const datastore = await session.datastore("datastore1");
 */
export class Session {
  readonly client: Client;
  readonly finder: Finder;
  readonly datacenter: MoRef;
  readonly vmFolder: MoRef;
  readonly compute: MoRef;
  readonly pool: MoRef;

  private constructor(
    client: Client,
    finder: Finder,
    place: { datacenter: MoRef; vmFolder: MoRef; compute: MoRef; pool: MoRef },
  ) {
    this.client = client;
    this.finder = finder;
    this.datacenter = place.datacenter;
    this.vmFolder = place.vmFolder;
    this.compute = place.compute;
    this.pool = place.pool;
  }

  /** Connects, logs in and finds the place; closes the client again when that fails. */
  static async open(options: ConnectOptions & Scope): Promise<Session> {
    const client = await Client.connect(options);
    try {
      return await Session.over(client, options);
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /** The same over a client that is connected already. */
  static async over(client: Client, scope: Scope = {}): Promise<Session> {
    const { signal } = scope;
    const finder = new Finder(client);
    const compute = await finder.compute(scope.compute, signal);
    const datacenter =
      scope.datacenter === undefined
        ? await finder.datacenterOf(compute.ref, signal)
        : await finder.datacenter(scope.datacenter, signal);
    const { vmFolder } = await retrieveOne(client, datacenter.ref, ["vmFolder"], signal);
    const isPool = compute.ref.value === compute.pool.value;
    const owner = isPool
      ? ((await retrieveOne(client, compute.pool, ["owner"], signal))["owner"] as MoRef)
      : compute.ref;
    return new Session(client, finder, {
      datacenter: datacenter.ref,
      vmFolder: vmFolder as MoRef,
      compute: owner,
      pool: compute.pool,
    });
  }

  /** The datastore named, or the only one. */
  async datastore(pathOrName?: string, signal?: AbortSignal): Promise<Datastore> {
    const { ref } = await this.finder.datastore(pathOrName, signal);
    return Datastore.open(this.client, ref, signal);
  }

  /** The hosts VMs of this session run on. */
  async hosts(signal?: AbortSignal): Promise<MoRef[]> {
    const { host } = await retrieveOne(this.client, this.compute, ["host"], signal);
    return (host ?? []) as MoRef[];
  }

  /** Address of a host's management interface, at which guests reach it. */
  async managementAddress(host: MoRef, signal?: AbortSignal): Promise<string> {
    const path = "config.virtualNicManagerInfo.netConfig";
    const props = await retrieveOne(this.client, host, [path], signal);
    const configs = (props[path] ?? []) as NetConfig[];
    const config = configs.find((c) => c.nicType === "management");
    const selected = new Set(config?.selectedVnic ?? []);
    const nics = config?.candidateVnic ?? [];
    const nic = nics.find((n) => selected.has(n.key ?? "")) ?? nics[0];
    const address = nic?.spec?.ip?.ipAddress;
    if (!address) throw new VicError("not-found", `host ${host.value} has no management address`);
    return address;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
  }
}

interface NetConfig {
  nicType: string;
  candidateVnic?: { key?: string; spec?: { ip?: { ipAddress?: string } } }[];
  selectedVnic?: string[];
}
