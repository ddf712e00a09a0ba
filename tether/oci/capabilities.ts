/** Capabilities Docker grants a container by default. */
const defaults = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FSETID",
  "FOWNER",
  "MKNOD",
  "NET_RAW",
  "SETGID",
  "SETUID",
  "SETFCAP",
  "SETPCAP",
  "NET_BIND_SERVICE",
  "SYS_CHROOT",
  "KILL",
  "AUDIT_WRITE",
];

/** Every capability of Linux 6.12 (capabilities(7)). */
const all = [
  ...defaults,
  "DAC_READ_SEARCH",
  "LINUX_IMMUTABLE",
  "NET_BROADCAST",
  "NET_ADMIN",
  "IPC_LOCK",
  "IPC_OWNER",
  "SYS_MODULE",
  "SYS_RAWIO",
  "SYS_PTRACE",
  "SYS_PACCT",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_NICE",
  "SYS_RESOURCE",
  "SYS_TIME",
  "SYS_TTY_CONFIG",
  "LEASE",
  "AUDIT_CONTROL",
  "MAC_OVERRIDE",
  "MAC_ADMIN",
  "SYSLOG",
  "WAKE_ALARM",
  "BLOCK_SUSPEND",
  "AUDIT_READ",
  "PERFMON",
  "BPF",
  "CHECKPOINT_RESTORE",
];

const bare = (name: string) => name.toUpperCase().replace(/^CAP_/, "");

/** `CAP_` names of what a container gets, from Docker's --privileged, --cap-add and --cap-drop (ALL is a name too). */
export function grantedCapabilities(
  isPrivileged: boolean,
  add: string[],
  drop: string[],
): string[] {
  const added = add.map(bare);
  const dropped = drop.map(bare);
  const base =
    isPrivileged || added.includes("ALL") ? all : dropped.includes("ALL") ? [] : defaults;
  const wanted = new Set([...base, ...added.filter((name) => all.includes(name))]);
  if (!isPrivileged) for (const name of dropped) if (!added.includes(name)) wanted.delete(name);
  return [...wanted].toSorted().map((name) => `CAP_${name}`);
}
