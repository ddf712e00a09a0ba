import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { VicError } from "../errors/errors.ts";
import { certFiles, type Certificates, type CertificateLog, type NewFile } from "./certificates.ts";
import type { Undo } from "./undo.ts";

const dirMode = 0o700;
const opensslMsMax = 10_000;

/** Writes a file; undoing it brings back what was there before. */
export function writeUndoable(file: NewFile, undo: Undo): void {
  const dir = dirname(file.path);
  try {
    makeDir(dir, undo);
    if (existsSync(file.path)) {
      const before = readFileSync(file.path);
      const { mode } = statSync(file.path);
      undo.push(`change to ${file.path}`, () => {
        writeFileSync(file.path, before);
        chmodSync(file.path, mode);
      });
    } else {
      undo.push(file.path, () => {
        if (existsSync(file.path)) unlinkSync(file.path);
      });
    }
    writeFileSync(file.path, file.content, { mode: file.mode });
    chmodSync(file.path, file.mode);
  } catch (cause) {
    throw new VicError("forbidden", `${file.path} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function makeDir(dir: string, undo: Undo): void {
  if (existsSync(dir)) return;
  makeDir(dirname(dir), undo);
  mkdirSync(dir, { mode: dirMode });
  undo.push(`folder ${dir}`, () => rmdirSync(dir));
}

/** Writes what was generated, and the PFX form for browsers where openssl is at hand. */
export async function writeCertificates(
  certificates: Certificates,
  undo: Undo,
  log: CertificateLog,
): Promise<void> {
  for (const file of certificates.files) writeUndoable(file, undo);
  const { dir } = certificates;
  const isClientNew = certificates.files.some((f) => f.path === join(dir, certFiles.client));
  if (isClientNew) await writePfx(dir, undo, log);
}

async function writePfx(dir: string, undo: Undo, log: CertificateLog): Promise<void> {
  const openssl = Bun.which("openssl");
  if (openssl === null) return;
  const path = join(dir, certFiles.pfx);
  // The empty file comes first: openssl keeps its mode, so the key in it is never readable for others.
  writeUndoable({ path, content: "", mode: 0o600 }, undo);
  const args = ["pkcs12", "-export", "-passout", "pass:", "-out", path];
  args.push("-inkey", join(dir, certFiles.clientKey), "-in", join(dir, certFiles.client));
  args.push("-certfile", join(dir, certFiles.ca));
  const child = Bun.spawn([openssl, ...args], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    timeout: opensslMsMax,
  });
  const told = await new Response(child.stderr).text();
  if ((await child.exited) === 0) {
    log.info(`Generated browser friendly PFX client certificate - certificate in ${path}`);
  } else {
    unlinkSync(path);
    log.warn(`Failed to generate browser friendly PFX client certificate: ${told.trim()}`);
  }
}
