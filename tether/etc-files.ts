/** The files below /etc that Docker writes for a container. */
import type { ContainerConfig } from "../internal/guest/config.ts";

/** Names of the files with their content; `addresses` (CIDR) are by MAC. */
export function etcFiles(
  config: ContainerConfig,
  addresses: Record<string, string>,
): Record<"hostname" | "hosts" | "resolv.conf", string> {
  return {
    hostname: `${config.hostname}\n`,
    hosts: hosts(config, addresses),
    "resolv.conf": resolvConf(config.dns),
  };
}

function hosts(config: ContainerConfig, addresses: Record<string, string>): string {
  const names =
    config.domainname === ""
      ? config.hostname
      : `${config.hostname}.${config.domainname} ${config.hostname}`;
  const lines = [
    "127.0.0.1\tlocalhost",
    "::1\tlocalhost ip6-localhost ip6-loopback",
    "fe00::\tip6-localnet",
    "ff00::\tip6-mcastprefix",
    "ff02::1\tip6-allnodes",
    "ff02::2\tip6-allrouters",
    ...config.extraHosts.map(({ name, address }) => `${address}\t${name}`),
    ...config.networks.flatMap(({ mac }) => {
      const address = addresses[mac];
      return address === undefined ? [] : [`${address.split("/")[0]}\t${names}`];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

/** /etc/resolv.conf of these settings. */
export function resolvConf(dns: ContainerConfig["dns"]): string {
  const lines = [
    ...dns.nameservers.map((address) => `nameserver ${address}`),
    ...(dns.search.length > 0 ? [`search ${dns.search.join(" ")}`] : []),
    ...(dns.options.length > 0 ? [`options ${dns.options.join(" ")}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
