import { createDiskStore } from "./qemu/disk-store.ts";
import { createHypervisor } from "./qemu/hypervisor.ts";
import { type Running, serve, type ServeOptions } from "./serve.ts";

/** Options of {@link serveLocal}. */
export interface LocalOptions extends Omit<ServeOptions, "makeHypervisor" | "diskStore"> {
  /** A /24 of 127.0.0.0/8: guest 10.0.2.N is reached at its address N. */
  loopback: string;
  log: (line: string) => void;
}

/** Starts a vic-host whose VMs are processes of this machine. */
export function serveLocal(options: LocalOptions): Promise<Running> {
  const { loopback, log, ...rest } = options;
  return serve({
    ...rest,
    makeHypervisor: (dataDir, keep) => {
      const both = (line: string) => {
        log(line);
        keep(line);
      };
      return createHypervisor({ dataDir, loopback, log: both });
    },
    diskStore: createDiskStore(),
  });
}
