/** The network of containers that have none: Docker shows it like any other. */
import type { Network } from "../../portlayer/api/types.ts";
import { digestOf } from "../../image/digest.ts";
import type { Engine } from "./engine.ts";

/** Every network, `none` last. */
export async function allNetworks(engine: Engine): Promise<(Network | NoneNetwork)[]> {
  const { id, networks } = await engine.portLayer.info();
  return [...networks, noneNetwork(id)];
}

/** `none`; its id is made from the VCH's, so that it stays the same. */
export type NoneNetwork = Omit<Network, "driver"> & { driver: "null" };

function noneNetwork(vchId: string): NoneNetwork {
  return {
    id: digestOf(`${vchId} network none`).slice("sha256:".length),
    name: "none",
    driver: "null",
    subnet: "",
    gateway: "",
    isInternal: false,
  };
}
