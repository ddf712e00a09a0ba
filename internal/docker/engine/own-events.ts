/** Events only the Docker API knows of: the port layer sees an image commit, not whether it was a pull or a load. */
import type { Event } from "../../portlayer/api/types.ts";
import type { PortLayer } from "./port-layer.ts";

/** See the file's head. The port layer keeps them among its own, so that there is one order of all. */
export class OwnEvents {
  readonly #portLayer: PortLayer;
  #listeners = 0;

  constructor(portLayer: PortLayer) {
    this.#portLayer = portLayer;
  }

  /** Number of `docker events` clients. */
  get listeners(): number {
    return this.#listeners;
  }

  /** Counts a client until the returned function is called. */
  join(): () => void {
    this.#listeners += 1;
    let isHere = true;
    return () => {
      if (isHere) this.#listeners -= 1;
      isHere = false;
    };
  }

  /** Records an event of now. Never rejects: what it tells of has been done, whether or not that can be told. */
  async emit(
    type: Event["type"],
    action: Event["action"],
    id: string,
    attributes: Record<string, string>,
  ): Promise<void> {
    await this.#portLayer.publishEvent({ type, action, id, attributes }).catch(() => {});
  }
}
