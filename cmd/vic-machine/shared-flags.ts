/** One flag. */
export interface Flag {
  name: string;
  /** Other spellings, without dashes. */
  aliases?: readonly string[];
  type: "text" | "switch" | "list";
  /** Placeholder of the value in help. */
  value?: string;
  help: string;
  /** Environment variable that is its default. */
  env?: string;
  /** Heading in help. */
  group: string;
  /** Shown by --extended-help only. */
  isRare?: true;
}

/** Flags of every verb that speaks to vSphere. */
export const target: Flag[] = [
  {
    name: "target",
    aliases: ["t"],
    type: "text",
    value: "URL",
    help: "vCenter, ESXi or vic-host: [https://][user[:password]@]host[:port][/datacenter]",
    env: "VIC_MACHINE_TARGET",
    group: "Target",
  },
  {
    name: "user",
    aliases: ["u"],
    type: "text",
    value: "NAME",
    help: "user name at the target",
    env: "VIC_MACHINE_USER",
    group: "Target",
  },
  {
    name: "password",
    aliases: ["p"],
    type: "text",
    value: "TEXT",
    help: "password; other users may see it in a process list: better the variable, or the prompt without either",
    env: "VIC_MACHINE_PASSWORD",
    group: "Target",
  },
  {
    name: "thumbprint",
    type: "text",
    value: "HEX",
    help: "SHA-256 or SHA-1 thumbprint of the target's certificate, for one that this system does not trust",
    env: "VIC_MACHINE_THUMBPRINT",
    group: "Target",
  },
  {
    name: "compute-resource",
    aliases: ["r"],
    type: "text",
    value: "PATH",
    help: "resource pool, cluster or host: name or inventory path",
    group: "Target",
  },
];

/** Flags of every verb. */
export const common: Flag[] = [
  {
    name: "debug",
    aliases: ["v"],
    type: "text",
    value: "LEVEL",
    help: "0 to 3; from 1 on tells more here",
    group: "General",
    isRare: true,
  },
  { name: "help", aliases: ["h"], type: "switch", help: "show this text", group: "General" },
];

/** --timeout, with what it limits. */
export const timeout = (help: string): Flag => ({
  name: "timeout",
  type: "text",
  value: "DURATION",
  help: `${help} (default 3m0s)`,
  group: "General",
});

/** --name */
export const name: Flag = {
  name: "name",
  aliases: ["n"],
  type: "text",
  value: "NAME",
  help: "name of the VCH (default virtual-container-host)",
  group: "General",
};

/** --id */
export const id: Flag = {
  name: "id",
  type: "text",
  value: "vm-N",
  help: "managed object id of the VCH, instead of its name",
  group: "General",
};

/** --tls-cert-path */
export const certPath: Flag = {
  name: "tls-cert-path",
  type: "text",
  value: "DIR",
  help: "folder certificates are looked for in, and written to (default ./<name>)",
  group: "TLS",
};
