import { Database } from "bun:sqlite";

/** Events kept; older ones are deleted. */
export const eventsMax = 10_000;
/** Tasks kept; older ones are deleted. */
export const tasksMax = 1000;

/** Document kinds. */
export type Kind =
  | "vm"
  | "pool"
  | "folder"
  | "vswitch"
  | "port-group"
  | "disk"
  | "intent"
  | "datastore"
  | "dvs"
  | "dv-port-group"
  | "user"
  | "group"
  | "role"
  | "permission"
  | "option"
  | "license"
  | "ruleset"
  | "setting";

/**
 * The durable state of a vic-host: JSON documents by kind and id, and the event log. A call that returned has reached
 * the disk: synchronous=FULL, because NORMAL may lose the last commits of a WAL in a power cut, and what the API
 * acknowledged must be there afterwards. A commit costs 0.2 to a few milliseconds.
 */
export class Store implements Disposable {
  readonly #db: Database;

  constructor(path: string) {
    this.#db = new Database(path, { create: true, strict: true });
    this.#db.run("PRAGMA journal_mode = WAL");
    this.#db.run("PRAGMA synchronous = FULL");
    this.#db.run(
      `CREATE TABLE IF NOT EXISTS document
       (kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID`,
    );
    this.#db.run(
      "CREATE TABLE IF NOT EXISTS event (key INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL)",
    );
    this.#db.run("CREATE TABLE IF NOT EXISTS task (key INTEGER PRIMARY KEY, json TEXT NOT NULL)");
  }

  /** All of `work`'s writes or, when it throws, none. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work)();
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its kind holds
  get<T>(kind: Kind, id: string): T | undefined {
    const row = this.#db
      .query<{ json: string }, [string, string]>(
        "SELECT json FROM document WHERE kind = ? AND id = ?",
      )
      .get(kind, id);
    return row ? (JSON.parse(row.json) as T) : undefined;
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its kind holds
  all<T>(kind: Kind): { id: string; value: T }[] {
    return this.#db
      .query<{ id: string; json: string }, [string]>(
        "SELECT id, json FROM document WHERE kind = ? ORDER BY id",
      )
      .all(kind)
      .map((row) => ({ id: row.id, value: JSON.parse(row.json) as T }));
  }

  put(kind: Kind, id: string, value: unknown): void {
    this.#db
      .query("INSERT OR REPLACE INTO document (kind, id, json) VALUES (?, ?, ?)")
      .run(kind, id, JSON.stringify(value));
  }

  delete(kind: Kind, id: string): void {
    this.#db.query("DELETE FROM document WHERE kind = ? AND id = ?").run(kind, id);
  }

  /** A number never given out before, also not before a restart. */
  nextNumber(name: string): number {
    return this.transaction(() => {
      const next = (this.get<number>("setting", `next-${name}`) ?? 0) + 1;
      this.put("setting", `next-${name}`, next);
      return next;
    });
  }

  /** Appends to the event log and returns the key, which only grows. */
  appendEvent(event: unknown): number {
    return this.transaction(() => {
      const { lastInsertRowid } = this.#db
        .query("INSERT INTO event (json) VALUES (?)")
        .run(JSON.stringify(event));
      const key = Number(lastInsertRowid);
      this.#db.query("DELETE FROM event WHERE key <= ?").run(key - eventsMax);
      return key;
    });
  }

  /** The log, oldest first. */
  events(): { key: number; json: string }[] {
    return this.#db
      .query<{ key: number; json: string }, []>("SELECT * FROM event ORDER BY key")
      .all();
  }

  /** Stores a task, or what has become of it. */
  putTask(key: number, task: unknown): void {
    this.transaction(() => {
      this.#db
        .query("INSERT OR REPLACE INTO task (key, json) VALUES (?, ?)")
        .run(key, JSON.stringify(task));
      this.#db.query("DELETE FROM task WHERE key <= ?").run(key - tasksMax);
    });
  }

  /** The tasks, oldest first. */
  tasks(): { key: number; json: string }[] {
    return this.#db
      .query<{ key: number; json: string }, []>("SELECT * FROM task ORDER BY key")
      .all();
  }

  [Symbol.dispose](): void {
    this.#db.run("PRAGMA wal_checkpoint(TRUNCATE)");
    this.#db.close();
  }
}
