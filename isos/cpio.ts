/** Writer of the cpio format the kernel unpacks as initramfs ("newc"), so that device nodes need no root. */

/** One entry; folders of a path must come before it. */
export type CpioEntry =
  | { path: string; kind: "file"; mode: number; content: Uint8Array }
  | { path: string; kind: "folder"; mode: number }
  | { path: string; kind: "character-device"; mode: number; major: number; minor: number };

const kinds = { file: 0o100000, folder: 0o040000, "character-device": 0o020000 } as const;
const alignBytes = 4;

/** The whole archive. Everything belongs to root and has time 0: the same input gives the same bytes. */
export function cpio(entries: CpioEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let inode = 0;
  const add = (path: string, mode: number, content: Uint8Array, major = 0, minor = 0): void => {
    const name = Buffer.from(`${path}\0`);
    inode += 1;
    const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, name.length, 0];
    const head = "070701" + fields.map((n) => n.toString(16).padStart(8, "0")).join("");
    parts.push(pad(Buffer.concat([Buffer.from(head), name])), pad(content));
  };
  const none = new Uint8Array(0);
  for (const entry of entries) {
    const mode = kinds[entry.kind] | entry.mode;
    if (entry.kind === "file") add(entry.path, mode, entry.content);
    else if (entry.kind === "folder") add(entry.path, mode, none);
    else add(entry.path, mode, none, entry.major, entry.minor);
  }
  add("TRAILER!!!", 0, none);
  return Buffer.concat(parts);
}

function pad(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % alignBytes;
  return rest === 0 ? bytes : Buffer.concat([bytes, new Uint8Array(alignBytes - rest)]);
}
