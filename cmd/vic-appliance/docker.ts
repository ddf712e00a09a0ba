import { once } from "node:events";
import { setPriority } from "node:os";
import { appliancePaths } from "../../internal/guest/paths.ts";
import { serviceCommand } from "./service-command.ts";

/** Before the port layer: a client that is not greeted within seconds gives up, however many containers start. */
const priority = -10;

/** `vic-appliance docker` */
export const command = serviceCommand("docker", async () => {
  const { serveDocker } = await import("../../internal/docker/serve.ts");
  const { PortLayerClient } = await import("../../internal/portlayer/api/client.ts");
  return async ({ config, secret, signal, ready }) => {
    setPriority(priority);
    const portLayer = new PortLayerClient(appliancePaths.portLayerSocket);
    const { serverKeyPem } = secret;
    await using _server = await serveDocker({ config, serverKeyPem, portLayer });
    await ready();
    if (!signal.aborted) await once(signal, "abort");
  };
});
