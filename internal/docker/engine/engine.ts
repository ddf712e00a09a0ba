/** What every part of the engine works with. */
import type { RegistrySettings } from "../../registry/policy.ts";
import { KeyedLock } from "./keyed-lock.ts";
import { OwnEvents } from "./own-events.ts";
import type { PortLayer } from "./port-layer.ts";

/** How an engine is set up. */
export interface EngineOptions {
  portLayer: PortLayer;
  registries: RegistrySettings;
  /** Where archives are unpacked while they are loaded; on a disk, not in memory. */
  spoolDirectory: string;
  debug: number;
  /** The streams of a process may end this many milliseconds before its container is known to have ended. */
  attachEndMs?: number | undefined;
}

const attachEndMsDefault = 30_000;

/** The options and the state all requests share. */
export class Engine {
  readonly portLayer: PortLayer;
  readonly registries: RegistrySettings;
  readonly spoolDirectory: string;
  readonly debug: number;
  readonly attachEndMs: number;
  readonly events: OwnEvents;
  /** One pull or load of the same image at a time: the second finds what the first brought. */
  readonly imageLock = new KeyedLock();
  readonly startedAt = new Date();

  constructor(options: EngineOptions) {
    this.portLayer = options.portLayer;
    this.events = new OwnEvents(options.portLayer);
    this.registries = options.registries;
    this.spoolDirectory = options.spoolDirectory;
    this.debug = options.debug;
    this.attachEndMs = options.attachEndMs ?? attachEndMsDefault;
  }
}
