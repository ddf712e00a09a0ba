/** Linux capabilities as Docker names and grants them. */
import { VicError } from "../../internal/errors/errors.ts";

/** Every capability of Linux 6.12. */
const allCapabilities = [
  "AUDIT_CONTROL",
  "AUDIT_READ",
  "AUDIT_WRITE",
  "BLOCK_SUSPEND",
  "BPF",
  "CHECKPOINT_RESTORE",
  "CHOWN",
  "DAC_OVERRIDE",
  "DAC_READ_SEARCH",
  "FOWNER",
  "FSETID",
  "IPC_LOCK",
  "IPC_OWNER",
  "KILL",
  "LEASE",
  "LINUX_IMMUTABLE",
  "MAC_ADMIN",
  "MAC_OVERRIDE",
  "MKNOD",
  "NET_ADMIN",
  "NET_BIND_SERVICE",
  "NET_BROADCAST",
  "NET_RAW",
  "PERFMON",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYSLOG",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_CHROOT",
  "SYS_MODULE",
  "SYS_NICE",
  "SYS_PACCT",
  "SYS_PTRACE",
  "SYS_RAWIO",
  "SYS_RESOURCE",
  "SYS_TIME",
  "SYS_TTY_CONFIG",
  "WAKE_ALARM",
].map((name) => `CAP_${name}`);

/** What a container has when nothing is said. */
export const defaultCapabilities = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
].map((name) => `CAP_${name}`);

/** The capabilities after `--privileged`, `--cap-add` and `--cap-drop`; "ALL" is understood. */
export function grantedCapabilities(
  isPrivileged: boolean,
  add: string[],
  drop: string[],
): string[] {
  if (isPrivileged) return allCapabilities;
  const [added, dropped] = [add.map(normalize), drop.map(normalize)];
  const base = added.includes("ALL")
    ? allCapabilities
    : dropped.includes("ALL")
      ? []
      : defaultCapabilities;
  const granted = new Set([...base, ...added.filter((name) => name !== "ALL")]);
  for (const name of dropped) granted.delete(name);
  return allCapabilities.filter((name) => granted.has(name));
}

function normalize(text: string): string {
  const name = text.toUpperCase();
  if (name === "ALL") return name;
  const full = name.startsWith("CAP_") ? name : `CAP_${name}`;
  if (!allCapabilities.includes(full)) throw new VicError("invalid", `unknown capability ${text}`);
  return full;
}
