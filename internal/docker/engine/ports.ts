/** Exposed and published ports. */
import { isIP } from "node:net";
import { VicError } from "../../errors/errors.ts";
import type { PortBinding } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import { refused } from "./refused.ts";

const portMax = 65_535;
/** Most ports one container may publish. */
const portsMax = 1024;

/** A port of a container. */
export interface Port {
  protocol: "tcp" | "udp";
  port: number;
}

/** Parses `80`, `80/tcp` or `53/udp`. */
export function parsePort(text: string): Port {
  const match = /^(\d{1,5})(?:\/([a-z]+))?$/i.exec(text);
  const protocol = (match?.[2] ?? "tcp").toLowerCase();
  const port = Number(match?.[1]);
  if (!match || port < 1 || port > portMax) {
    throw new VicError("invalid", `invalid port specification: "${text}"`);
  }
  if (protocol === "sctp") throw refused(`publishing ${text}`);
  if (protocol !== "tcp" && protocol !== "udp") {
    throw new VicError("invalid", `invalid port specification: "${text}"`);
  }
  return { protocol, port };
}

/** `80/tcp` */
export function portText(port: Port): string {
  return `${port.port}/${port.protocol}`;
}

/** HostConfig.PortBindings, and with PublishAllPorts every exposed port that has none. */
export function portBindings(hostConfig: Fields, exposed: string[]): PortBinding[] {
  const bindings: PortBinding[] = [];
  const map = hostConfig.object("PortBindings");
  for (const key of Object.keys(map.json)) {
    const { protocol, port: containerPort } = parsePort(key);
    const list = map.list(key);
    // An entry without an address means any port of any address, as it does for dockerd.
    if (list.length === 0) {
      bindings.push({ protocol, containerPort, hostAddress: "", hostPort: 0 });
    }
    for (const item of list) {
      bindings.push({
        protocol,
        containerPort,
        hostAddress: hostAddress(item.string("HostIp")),
        ...hostPorts(item.string("HostPort")),
      });
    }
  }
  if (hostConfig.bool("PublishAllPorts")) {
    for (const text of exposed) {
      const { protocol, port } = parsePort(text);
      if (bindings.some((b) => b.protocol === protocol && b.containerPort === port)) continue;
      bindings.push({ protocol, containerPort: port, hostAddress: "", hostPort: 0 });
    }
  }
  if (bindings.length > portsMax) {
    throw new VicError("invalid", `a container publishes at most ${portsMax} ports`);
  }
  return bindings;
}

function hostAddress(text: string): string {
  const address = text.replace(/^\[|\]$/g, "");
  if (address === "" || address === "0.0.0.0" || address === "::") return "";
  if (isIP(address) === 0) throw new VicError("invalid", `invalid IP address: ${text}`);
  return address;
}

/** A port, a range to choose from, or none. */
function hostPorts(text: string): Pick<PortBinding, "hostPort" | "hostPortLast"> {
  if (text === "") return { hostPort: 0 };
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  const hostPort = Number(match?.[1]);
  const last = Number(match?.[2] ?? hostPort);
  if (!match || last > portMax || last < hostPort || (hostPort === 0 && last > 0))
    throw new VicError("invalid", `invalid port specification: "${text}"`);
  return last === hostPort ? { hostPort } : { hostPort, hostPortLast: last };
}
