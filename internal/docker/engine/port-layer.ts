/** What the engine needs of the port layer: {@link PortLayerClient}'s methods, so that tests can bring their own. */
import type { PortLayerClient } from "../../portlayer/api/client.ts";

/** One method per route of the port layer API. */
export type PortLayer = Pick<PortLayerClient, keyof PortLayerClient>;
