/**
 * All recent tasks of the server, followed by one standing filter: to learn of a task's end costs no call. vSphere keeps at
 * most 200 recent tasks and shows a user those of objects he may see, so a task may not be among them; vcsim tells of those
 * only that were there when the filter was made.
 */
import type { Client } from "./client.ts";
import { sharedWatcher } from "./properties.ts";
import { propertySpec, step } from "./specs.ts";
import { type DataObject, type MoRef, refKey, type TaskInfo } from "./types.ts";
import type { ObjectChange } from "./watcher.ts";

const infoPath = "info";

interface Listener {
  take: (info: TaskInfo) => void;
  /** Nothing will come any more. */
  lose: () => void;
}

/** See the file's head; one for each client. */
class TaskFeed {
  readonly #known = new Map<string, TaskInfo>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #hasBegun = false;
  isOver = false;
  /** It has told of a task that was not there when it began. */
  isProven = false;

  constructor(client: Client, manager: MoRef) {
    const { ended } = sharedWatcher(client).watch(recentTasksSpec(manager), (changes) => {
      this.isProven ||= this.#hasBegun && changes.some(({ kind }) => kind === "enter");
      this.#hasBegun = true;
      for (const change of changes) this.#take(change);
    });
    ended.catch(() => {
      this.isOver = true;
      this.#known.clear();
      for (const key of this.#listeners.keys()) this.#lose(key);
    });
  }

  #take({ ref, kind, props }: ObjectChange): void {
    const key = refKey(ref);
    const info = props[infoPath] as TaskInfo | undefined;
    if (kind === "leave") {
      this.#known.delete(key);
      this.#lose(key);
    } else if (info) {
      this.#known.set(key, info);
      for (const { take } of this.#listeners.get(key) ?? []) take(info);
    }
  }

  #lose(key: string): void {
    for (const { lose } of this.#listeners.get(key) ?? []) lose();
  }

  /** Tells what is known of a task, and all that comes; returns what ends that. */
  follow(task: MoRef, listener: Listener): () => void {
    const key = refKey(task);
    const all = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, all.add(listener));
    const known = this.#known.get(key);
    if (known) listener.take(known);
    return () => {
      all.delete(listener);
      if (all.size === 0) this.#listeners.delete(key);
    };
  }
}

function recentTasksSpec(manager: MoRef): DataObject {
  const selectSet = [step("recent", "TaskManager", "recentTask")];
  return {
    propSet: [propertySpec("Task", [infoPath])],
    objectSet: [{ obj: manager, skip: true, selectSet }],
  };
}

const feeds = new WeakMap<Client, TaskFeed>();

/** The feed that all users of a client share; undefined where the server has none. It ends with the client. */
export function taskFeed(client: Client): TaskFeed | undefined {
  const manager = client.content.taskManager;
  if (!manager) return undefined;
  let feed = feeds.get(client);
  if (!feed) feeds.set(client, (feed = new TaskFeed(client, manager)));
  return feed.isOver ? undefined : feed;
}
