import { controlPort } from "../../../internal/guest/paths.ts";

/** Ports every role accepts beside the Docker API: ssh (off until it is turned on) and the admin portal. */
const openPorts = [22, 2378];

/**
 * The appliance's packet filter and address translation, as one nftables script that replaces an earlier
 * one. Agreement with internal/net/published.ts, by which the port layer says what is published:
 *
 * - maps `published_tcp` and `published_udp`: `host port : container address . container port`, for ports
 *   published on every address; `nft add element inet vic published_tcp { 8080 : 172.16.0.2 . 80 }`;
 * - chain `published`: further `dnat ip to` rules, for ports published on one address. It is looked at first;
 * - set `isolated`: source addresses on the bridge that may not leave it (internal networks).
 *
 * Traffic that any of them translated may be forwarded; other traffic from bridge to bridge may not, so
 * containers of different bridge networks do not reach each other through the appliance.
 */
export function firewallScript(dockerPort: number): string {
  const ports = [...new Set([...openPorts, dockerPort])].join(", ");
  return `table inet vic
delete table inet vic
table inet vic {
  map published_tcp { type inet_service : ipv4_addr . inet_service; }
  map published_udp { type inet_service : ipv4_addr . inet_service; }
  set isolated { type ipv4_addr; flags interval; }
  chain published { }
  chain translate {
    fib daddr type != local return
    jump published
    dnat ip to tcp dport map @published_tcp
    dnat ip to udp dport map @published_udp
  }
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
    iifname "bridge" ct mark set 1
    jump translate
  }
  chain output {
    type nat hook output priority -100; policy accept;
    ip daddr != 127.0.0.0/8 jump translate
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname != { "bridge", "lo" } masquerade
    oifname "bridge" ct mark 1 ct status dnat masquerade
  }
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    ct state invalid drop
    iifname "lo" accept
    icmp type echo-request accept
    meta l4proto ipv6-icmp accept
    tcp dport { ${ports} } accept
    udp dport 68 accept
    iifname "bridge" tcp dport { 53, ${controlPort} } accept
    iifname "bridge" udp dport 53 accept
    meta l4proto tcp reject with tcp reset
    reject
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ct state invalid drop
    ct status dnat accept
    iifname "bridge" oifname "bridge" reject
    iifname "bridge" ip saddr @isolated reject
    iifname "bridge" accept
  }
}
`;
}

/** Modules of the rules above; loading them by name is faster than the kernel asking for them one by one. */
export const firewallModules = [
  "nft_ct",
  "nft_fib_inet",
  "nft_chain_nat",
  "nft_nat",
  "nft_masq",
  "nft_reject_inet",
];
