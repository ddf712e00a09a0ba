import { serviceCommand } from "./service-command.ts";

/** `vic-appliance port-layer` */
export const command = serviceCommand(
  "port-layer",
  async () => (await import("../../internal/portlayer/serve.ts")).servePortLayer,
);
