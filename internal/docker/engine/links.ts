/** `--link`: names of other containers in /etc/hosts. The variables that Docker once set with it are not set. */
import { VicError } from "../../errors/errors.ts";
import type { Container } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import type { Engine } from "./engine.ts";
import { findContainer } from "./lookup.ts";

/** What is shown for a container's links. */
export const linkWarning =
  "--link adds names to /etc/hosts; the environment variables of links are not set.";

/** Lines of /etc/hosts for HostConfig.Links and those of the endpoints, on the networks to be joined. */
export async function linkedHosts(
  engine: Engine,
  hostConfig: Fields,
  networking: Fields,
  networks: string[],
): Promise<{ name: string; address: string }[]> {
  const endpoints = networking.object("EndpointsConfig");
  const ofEndpoints = Object.keys(endpoints.json).flatMap((name) =>
    endpoints.object(name).strings("Links"),
  );
  const links = new Set([...hostConfig.strings("Links"), ...ofEndpoints]);
  const lines = await Promise.all([...links].map((link) => linkLines(engine, link, networks)));
  return lines.flat();
}

async function linkLines(engine: Engine, link: string, networks: string[]) {
  const [ref = "", alias = ref.replace(/^\//, ""), ...rest] = link.split(":");
  if (ref === "" || alias === "" || rest.length > 0 || /[\s\0]/.test(alias))
    throw new VicError("invalid", `bad format for links: ${link}`);
  const other = await find(engine, ref);
  const { record, hostname } = other;
  if (other.status !== "running")
    throw new VicError(
      "invalid",
      `Cannot link to a non running container: /${record.name} AS ${alias}`,
    );
  const shared = record.networks.find((n) => networks.includes(n.network) && n.address !== "");
  if (shared === undefined)
    throw new VicError("invalid", `Cannot link to /${record.name}: it shares no network`, {
      hint: "join one of its networks with --network",
    });
  const names = [alias, hostname, record.name];
  return [...new Set(names)].map((name) => ({ name, address: shared.address }));
}

/** As a 400: the CLI takes a 404 of create for a missing image. */
async function find(engine: Engine, ref: string): Promise<Container> {
  try {
    return await findContainer(engine, ref);
  } catch (error) {
    const { message } = VicError.from(error);
    throw new VicError("invalid", `could not get container for ${ref}: ${message}`, {
      cause: error,
    });
  }
}
