/** The root file system: Debian packages without installing them, put together as one tar stream. */
import { createWriteStream, createReadStream } from "node:fs";
import { open, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import tar from "tar-stream";
import { VicError } from "../internal/errors/errors.ts";
import { runTool } from "./kernel.ts";
import { aptSources, pruneAlways, suite, type Recipe } from "./recipes.ts";
import { run } from "./run.ts";

/** Zero bytes that end a tar; a base is stored without them so that more can follow. */
const tarEndBytes = 1024;

const folders = ["dev", "proc", "sys", "run", "tmp", "root", "mnt", "etc/ssh", "etc/ssl/certs"];
const extraFolders = ["var/log/vic", "var/tmp", "var/lib/nfs", "var/empty"];

const nsswitch = `passwd: files
group: files
shadow: files
hosts: files dns
networks: files
protocols: files
services: files
`;

/** Off until somebody turns it on; the host key is made then. */
const sshdConfig = `HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin yes
UsePAM no
AuthorizedKeysFile .ssh/authorized_keys
Subsystem sftp internal-sftp
`;

/** open-vm-tools runs it when vSphere asks for a shutdown; process 1 takes it from there. */
const shutdownScript = `#!/bin/sh
case "$1" in -r) exec kill -TERM 1 ;; *) exec kill -USR1 1 ;; esac
`;

/** Downloads and unpacks packages (no maintainer script runs) into one tar file. */
export async function downloadPackages(packages: string[], target: string): Promise<void> {
  const sources = aptSources.join("\n");
  const include = `--include=${packages.join(",")}`;
  await run(["mmdebstrap", "--variant=extract", "--quiet", include, suite, target, "-"], {
    stdin: `${sources}\n`,
  });
}

/** Folder of programs and the kernel of the release, unpacked; device nodes are left out. */
export async function unpackTools(packages: string[], folder: string): Promise<void> {
  const archive = join(folder, "tools.tar");
  await downloadPackages(packages, archive);
  const filter = ["--exclude=./dev/*", "--exclude=./usr/share/*", "--no-same-owner"];
  await run(["tar", "-xf", archive, "-C", folder, ...filter]);
  await Bun.file(archive).delete();
}

/** What {@link composeBase} takes the content from. */
export interface BaseInputs {
  recipe: Recipe;
  /** Tar made by {@link downloadPackages}. */
  packages: string;
  /** Folder to go to /usr/lib/modules. */
  modules: string;
}

/** The whole root but for the compiled program, as a tar without its end. */
export async function composeBase(inputs: BaseInputs, target: string): Promise<void> {
  const pack = tar.pack();
  const written = pipeline(pack, createWriteStream(target));
  const kept = await copyPackages(inputs, pack);
  for (const path of [...folders, ...extraFolders]) {
    if (kept.paths.has(path)) continue;
    const mode = path === "tmp" || path === "var/tmp" ? 0o1777 : path === "root" ? 0o700 : 0o755;
    pack.entry({ name: `${path}/`, type: "directory", mode, mtime: epoch });
  }
  const add = (name: string, content: string | Uint8Array, mode = 0o644): void => {
    pack.entry({ name, mode, mtime: epoch }, Buffer.from(content));
  };
  const users = kept.texts.get("usr/share/base-passwd/passwd.master") ?? "";
  add("etc/passwd", `${users}sshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n`);
  add("etc/group", kept.texts.get("usr/share/base-passwd/group.master") ?? "");
  add("etc/shadow", "root:*:19000:0:99999:7:::\n", 0o600);
  add("etc/nsswitch.conf", nsswitch);
  add("etc/hosts", "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n");
  add("etc/ssh/sshd_config", sshdConfig);
  add("usr/sbin/shutdown", shutdownScript, 0o755);
  if (!kept.paths.has("usr/bin/sh"))
    pack.entry({ name: "usr/bin/sh", type: "symlink", linkname: "dash", mtime: epoch });
  if (kept.certificates.length > 0)
    add("etc/ssl/certs/ca-certificates.crt", Buffer.concat(kept.certificates));
  pack.entry({ name: "var/run", type: "symlink", linkname: "/run", mtime: epoch });
  if (kept.busybox !== undefined) await linkApplets(kept.busybox, kept.paths, pack);
  await addFolder(inputs.modules, "usr/lib/modules", pack);
  pack.finalize();
  await written;
  await truncate(target, (await stat(target)).size - tarEndBytes);
}

const epoch = new Date(0);

interface Kept {
  paths: Set<string>;
  texts: Map<string, string>;
  certificates: Buffer[];
  busybox: Buffer | undefined;
}

/** Copies what is not pruned, and remembers the few files that others are made from. */
async function copyPackages(inputs: BaseInputs, pack: tar.Pack): Promise<Kept> {
  const kept: Kept = { paths: new Set(), texts: new Map(), certificates: [], busybox: undefined };
  const prune = [...pruneAlways, ...inputs.recipe.prune];
  const extract = createReadStream(inputs.packages).pipe(tar.extract());
  for await (const entry of extract) {
    const { header } = entry;
    const path = header.name.replace(/^\.\//, "").replace(/\/$/, "");
    const content = Buffer.concat(await Array.fromAsync(entry as AsyncIterable<Buffer>));
    if (path === "") continue;
    if (path.endsWith(".master")) kept.texts.set(path, content.toString());
    if (path.startsWith("usr/share/ca-certificates/") && path.endsWith(".crt"))
      kept.certificates.push(content);
    if (path === "usr/bin/busybox") kept.busybox = content;
    if (prune.some((prefix) => `${path}/`.startsWith(prefix))) continue;
    if (kept.paths.has(path)) continue;
    kept.paths.add(path);
    const linkname = header.type === "link" ? header.linkname?.replace(/^\.\//, "") : undefined;
    const isFolder = header.type === "directory";
    const copy: tar.Header = { ...header, name: isFolder ? `${path}/` : path, pax: null };
    if (linkname !== undefined) copy.linkname = linkname;
    pack.entry(copy, content);
  }
  return kept;
}

/** A link for every busybox applet that no package brings; `busybox --list-full` runs on this machine. */
async function linkApplets(busybox: Buffer, paths: Set<string>, pack: tar.Pack): Promise<void> {
  const program = join(import.meta.dir, "..", "build", `busybox-${process.pid}`);
  await Bun.write(program, busybox);
  await run(["chmod", "755", program]);
  const names = (await run([program, "--list"])).split("\n").filter(Boolean);
  await Bun.file(program).delete();
  for (const name of names) {
    // A busybox shell prefers its own applets to the programs in PATH.
    if (name === "sh" || name === "ash") continue;
    if (["usr/bin/", "usr/sbin/"].some((folder) => paths.has(folder + name))) continue;
    const header = { name: `usr/bin/${name}`, linkname: "busybox", mtime: epoch } as const;
    pack.entry({ ...header, type: "symlink", mode: 0o777 });
  }
}

async function addFolder(source: string, target: string, pack: tar.Pack): Promise<void> {
  const made = new Set<string>();
  const paths = await Array.fromAsync(new Bun.Glob("**/*").scan({ cwd: source }));
  for (const path of paths.toSorted()) {
    const parts = `${target}/${path}`.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join("/");
      if (made.has(folder) || !folder.startsWith(target)) continue;
      made.add(folder);
      pack.entry({ name: `${folder}/`, type: "directory", mode: 0o755, mtime: epoch });
    }
    const content = Buffer.from(await Bun.file(join(source, path)).arrayBuffer());
    pack.entry({ name: parts.join("/"), mode: 0o644, mtime: epoch }, content);
  }
}

/** Base plus program as an EROFS image. */
export async function makeImage(
  base: string,
  program: { source: string; path: string },
  tools: string,
  target: string,
): Promise<void> {
  const { size } = await stat(program.source).catch((cause: unknown) => {
    throw new VicError("not-found", `${program.source} is not there`, {
      hint: "make it first",
      cause,
    });
  });
  const pack = tar.pack();
  pack.entry({
    name: "usr/sbin/init-vic",
    type: "symlink",
    linkname: `/${program.path}`,
    mtime: epoch,
  });
  const entry = pack.entry({ name: program.path, mode: 0o755, size, mtime: epoch });
  async function* whole(): AsyncGenerator<Uint8Array> {
    const file = await open(base);
    yield* file.createReadStream({ highWaterMark: 1 << 20 });
    const copied = pipeline(createReadStream(program.source, { highWaterMark: 1 << 20 }), entry);
    copied.then(
      () => pack.finalize(),
      (error: Error) => pack.destroy(error),
    );
    yield* pack as AsyncIterable<Uint8Array>;
  }
  const options = ["--quiet", "--tar=f", "-T0", "-U00000000-0000-0000-0000-000000000000"];
  await runTool(tools, "usr/bin/mkfs.erofs", "mkfs.erofs", [...options, target], stream(whole()));
}

function stream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
}
