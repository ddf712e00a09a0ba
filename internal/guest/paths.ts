/** Where the appliance's processes find each other. */
export const appliancePaths = {
  run: "/run/vic",
  /** JSON of ApplianceConfig, written by init before any service starts (0644). */
  config: "/run/vic/config.json",
  /** JSON of ApplianceSecret (0600). */
  secret: "/run/vic/secret.json",
  /** HTTP API of the port layer. */
  portLayerSocket: "/run/vic/port-layer.sock",
  /** JSON list of the ports that lead to containers, replaced by the port layer; init reports them. */
  publishedPorts: "/run/vic/published.json",
  /** A service creates `<run>/<service>.ready` once it serves; init removes it before each start. */
  ready: (service: string): string => `/run/vic/${service}.ready`,
  log: (service: string): string => `/var/log/vic/${service}.log`,
} as const;

/** TCP port of the control channel on the appliance's bridge interface. */
export const controlPort = 2377;
