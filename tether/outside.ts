/**
 * What ties a container VM to the outside: its control channel, and the name space with the container's NICs. A spare VM has
 * both before it knows which container it will be, and keeps them as that container.
 */
import type { ContainerSecret, ControlConfig, SpareConfig } from "../internal/guest/config.ts";
import type { Hello } from "../internal/guest/control.ts";
import { keepControl } from "../internal/guest/control-tls.ts";
import type { Handlers, Mux } from "../internal/guest/mux.ts";
import { version } from "../internal/version/version.ts";
import { debug } from "./debug.ts";
import type { NetNamespace } from "./net/namespace.ts";
import { moveNics, setUpControl } from "./net/network.ts";

/** See the file's head. */
export class Outside {
  /** Ends the waiting for devices. */
  readonly waiting = new AbortController();
  /** Control channels that are up: one, or two while one takes over from the other. */
  readonly muxes = new Set<Mux>();
  readonly #hangUp = new AbortController();
  readonly #handlers = Promise.withResolvers<Handlers>();
  #hello: () => Hello = () => ({ id: "", run: 0, version, phase: "held" });
  #control: Promise<void> | undefined;
  #nics: { macs: string; namespace: Promise<NetNamespace> } | undefined;

  /** Takes up all that a spare VM can. That something fails shows when the container needs it. */
  prepare({ control, macs }: SpareConfig, secret: ContainerSecret): void {
    for (const work of [this.connect(control, secret), this.nics(macs)]) work.catch(() => {});
  }

  /** Says who this is from now on, and answers calls; those that have come before wait for this. */
  serve(hello: () => Hello, handlers: Handlers): void {
    this.#hello = hello;
    this.#handlers.resolve(handlers);
  }

  /** Dials as soon as the control NIC is there and resolves then; nothing waits for the connection itself. */
  connect(control: ControlConfig, secret: ContainerSecret): Promise<void> {
    this.#control ??= this.#dial(control, secret);
    return this.#control;
  }

  async #dial({ mac, address, port }: ControlConfig, secret: ContainerSecret): Promise<void> {
    const name = await setUpControl(mac, this.waiting.signal);
    const options = {
      address: `${address}%${name}`,
      port,
      secret,
      hello: () => this.#hello(),
      handlers: this.#handlers.promise,
    };
    void keepControl(options, this.#hangUp.signal, (mux) => {
      debug(1, "control channel is up");
      this.muxes.add(mux);
      void mux.closed.then((reason) => {
        debug(1, `control channel ended: ${reason.message}`);
        this.muxes.delete(mux);
      });
    });
  }

  /** The name space with the NICs that have these MACs, eth0 and so on. */
  nics(macs: string[]): Promise<NetNamespace> {
    const wanted = macs.join();
    if (this.#nics?.macs !== wanted)
      this.#nics = { macs: wanted, namespace: moveNics(macs, this.waiting.signal) };
    return this.#nics.namespace;
  }

  /** Ends the control channel. */
  hangUp(): void {
    this.#hangUp.abort();
  }
}
