/** Flags by verb: the one table for parsing and for help. */
import { create } from "./create-flags.ts";
import { certPath, common, id, name, target, timeout, type Flag } from "./shared-flags.ts";

const inspect: Flag[] = [...target, name, id, timeout("limit of the whole command"), ...common];

/** Flags by verb. */
export const flags = {
  create,
  ls: [...target, timeout("limit of the whole command"), ...common],
  inspect: [...inspect, certPath],
  "inspect config": [
    ...inspect,
    {
      name: "format",
      type: "text",
      value: "raw|verbose",
      help: "raw: one line to put behind create (default verbose)",
      group: "General",
    },
  ],
  debug: [
    ...inspect,
    {
      name: "enable-ssh",
      aliases: ["ssh"],
      type: "switch",
      help: "run sshd in the VM",
      group: "Debug",
    },
    {
      name: "authorized-key",
      aliases: ["key"],
      type: "text",
      value: "FILE",
      help: "OpenSSH public key that is let in as root",
      group: "Debug",
    },
    {
      name: "rootpw-file",
      type: "text",
      value: "FILE",
      help: "file with the password with which root may use vSphere's guest operations in the VM",
      group: "Debug",
    },
  ],
  delete: [
    ...target,
    name,
    id,
    timeout("limit of the whole command"),
    {
      name: "force",
      aliases: ["f"],
      type: "switch",
      help: "also delete running containers, and a VCH of another version",
      group: "General",
    },
    ...common,
  ],
} as const satisfies Record<string, readonly Flag[]>;

/** A verb that takes flags. */
export type Verb = keyof typeof flags;
