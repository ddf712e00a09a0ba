/** Which ports the container listens on, for a hypervisor that forwards to them. */
import { readFileSync } from "node:fs";
import type { GuestInfo, PortReport } from "../../internal/guest/guestinfo.ts";

const pollMs = 2_000;
const portsMax = 1024;
const [tcpListen, udpUnconnected] = ["0A", "07"];

/** Listening sockets in the text of /proc/net/tcp and the like; those on loopback addresses are left out. */
export function listeningPorts(protocol: "tcp" | "udp", text: string): number[] {
  return text.split("\n").flatMap((line) => {
    const [, local = "", , state] = line.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    if (state !== (protocol === "tcp" ? tcpListen : udpUnconnected)) return [];
    if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/.test(address) || !/^[0-9A-F]{4}$/.test(port)) return [];
    const isLoopback = /^[0-9A-F]{6}7F$/.test(address) || address === `${"0".repeat(24)}01000000`;
    return isLoopback || port === "0000" ? [] : [Number.parseInt(port, 16)];
  });
}

/** Reports the ports of the container whose process is `pid` for as long as the VM runs. */
export function watchPorts(pid: number, guestInfo: GuestInfo): void {
  let last = "[]";
  setInterval(() => {
    const ports = portsOf(pid);
    const text = JSON.stringify(ports);
    if (text === last) return;
    last = text;
    guestInfo.reportPorts(ports);
  }, pollMs).unref();
}

function portsOf(pid: number): PortReport[] {
  const ports = (["tcp", "udp"] as const).flatMap((protocol) => {
    const found = [protocol, `${protocol}6`].flatMap((name) =>
      listeningPorts(protocol, readOrEmpty(`/proc/${pid}/net/${name}`)),
    );
    return [...new Set(found)].toSorted((a, b) => a - b).map((port) => ({ protocol, port }));
  });
  return ports.slice(0, portsMax);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
