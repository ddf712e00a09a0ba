import { Database } from "bun:sqlite";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";

/** Files that SQLite makes, with the mode that the process's umask leaves. */
const privateFiles = ["lock", "db", "db-wal", "db-shm"].map((name) => `vic-host.${name}`);

/** A process that was killed may take a moment to let go of its files, milliseconds. */
const lockMs = 2_000;

/** The folder that holds everything of one vic-host. At most one process has it open. */
export class DataDir implements Disposable {
  readonly path: string;
  readonly #lock: Database;

  /** Makes the folder and takes its lock, which ends with the process however that ends. */
  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // The users that QEMUs run as pass through this folder; what is in it is not for them.
    for (const name of privateFiles)
      if (existsSync(this.file(name))) chmodSync(this.file(name), 0o600);
    // SQLite's exclusive lock is a lock of the operating system on the file.
    this.#lock = new Database(this.file("vic-host.lock"), { create: true });
    try {
      this.#lock.run(`PRAGMA busy_timeout = ${lockMs}`);
      this.#lock.run("PRAGMA locking_mode = EXCLUSIVE");
      this.#lock.run("BEGIN EXCLUSIVE");
    } catch (cause) {
      this.#lock.close();
      throw new VicError("conflict", `another vic-host uses ${path}`, {
        hint: "stop it, or give this one another --data",
        cause,
      });
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Replaces a file as a whole. */
  write(name: string, content: string, mode: number): void {
    const temporary = this.file(`.${name}.new`);
    writeFileSync(temporary, content, { mode });
    chmodSync(temporary, mode);
    renameSync(temporary, this.file(name));
  }

  remove(name: string): void {
    rmSync(this.file(name), { force: true });
  }

  async read(name: string): Promise<string | undefined> {
    const file = Bun.file(this.file(name));
    return (await file.exists()) ? file.text() : undefined;
  }

  [Symbol.dispose](): void {
    this.#lock.close();
  }
}
