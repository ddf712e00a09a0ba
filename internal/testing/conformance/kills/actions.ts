/**
 * What workers do. Each action is a docker call that can be made again until it is acknowledged, whatever a kill has left of
 * earlier ones; so no container's state stays unknown for longer than the trouble.
 */
import type { Random } from "../durability/random.ts";
import type { Called } from "./docker.ts";
import { copyLines, newContainer, type Model, type ModelContainer } from "./model.ts";

const containersMax = 2;
const imagesMax = 2;
/** Output of an exec: longer than what the streams on the way hold. */
const outputLines = 20_000;
const output = Array.from({ length: outputLines }, (_, i) => `${i + 1}\n`).join("");

/** Writes a line for each start and ends at SIGTERM. */
const mainScript =
  'echo start >>/starts; sync; trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done';

/** See the file's head. */
export interface Action {
  what: string;
  args: string[];
  /** Called before every try. */
  begin?(): void;
  /** Whether the wanted state is there, also when an earlier try brought it about. */
  isDone(called: Called): boolean;
  /** Asks what an answer left open; another try when that does not help. */
  ask?: { isOpen(called: Called): boolean; args: string[] };
  /** What is wrong with an acknowledged call. */
  wrong?(called: Called): string | undefined;
  /** Called once when it is done. */
  after(): void;
}

/** What an action is chosen from. */
export interface Scene {
  prefix: string;
  model: Model;
  random: Random;
  /** Names of containers that no try will ask for again, but that may be there. */
  stray: Set<string>;
  /** A number not used before. */
  next(): number;
}

type Choice = (scene: Scene) => Action | undefined;

/** The first actions, after which all others are possible. */
export function firstActions(scene: Scene): (() => Action)[] {
  return [() => create(scene)!, () => start(scene)!];
}

/** A random action that is possible now. */
export function chooseAction(scene: Scene): Action {
  for (;;) {
    const action = scene.random.pick(choices)?.(scene);
    if (action) return action;
  }
}

const isOk = ({ code }: Called): boolean => code === 0;

function pick(scene: Scene, fits: (c: ModelContainer) => boolean): ModelContainer | undefined {
  return scene.random.pick([...scene.model.containers.values()].filter(fits));
}

const runs = ({ status }: ModelContainer): boolean => status === "running";

const create: Choice = (scene) => {
  const { model, prefix } = scene;
  if (model.containers.size >= containersMax) return undefined;
  const container = newContainer(`${prefix}-c${scene.next()}`);
  const { name } = container;
  return {
    what: `create ${name}`,
    args: ["create", "--name", name, "busybox", "sh", "-c", mainScript],
    isDone: isOk,
    // Made by an earlier try whose answer was lost, or by one that still goes on and may fail.
    ask: {
      isOpen: ({ stderr }) => /is already in use by container/.test(stderr),
      args: ["inspect", "--type", "container", name],
    },
    after: () => void model.containers.set(name, container),
  };
};

const start: Choice = (scene) => {
  const container = pick(scene, (c) => !runs(c));
  if (!container) return undefined;
  return {
    what: `start ${container.name}`,
    args: ["start", container.name],
    begin: () => void container.starts.most++,
    isDone: isOk,
    after: () => {
      container.status = "running";
      container.starts.sure++;
    },
  };
};

const stop: Choice = (scene) => {
  const container = pick(scene, runs);
  if (!container) return undefined;
  return {
    what: `stop ${container.name}`,
    args: ["stop", container.name],
    isDone: isOk,
    after: () => void (container.status = "exited"),
  };
};

const remove: Choice = (scene) => {
  if (scene.model.containers.size < containersMax) return undefined;
  const container = pick(scene, () => true);
  if (!container) return undefined;
  return {
    what: `rm ${container.name}`,
    args: ["rm", "-f", container.name],
    isDone: isOk,
    after: () => void scene.model.containers.delete(container.name),
  };
};

const exec: Choice = (scene) => {
  const container = pick(scene, runs);
  if (!container) return undefined;
  let mark = "";
  return {
    what: `exec in ${container.name}`,
    get args() {
      const script = `echo ${mark} >>/marks && sync && seq ${outputLines}`;
      return ["exec", container.name, "sh", "-c", script];
    },
    begin: () => {
      mark = `m${scene.next()}`;
      container.marks.maybe.add(mark);
    },
    isDone: isOk,
    wrong: ({ stdout }) =>
      stdout === output ? undefined : `its output is cut: ${stdout.length} bytes`,
    after: () => void container.marks.sure.add(mark),
  };
};

const run: Choice = (scene) => {
  const { prefix, stray } = scene;
  let name = "";
  return {
    what: `run --rm`,
    get args() {
      return ["run", "--rm", "--name", name, "busybox", "seq", String(outputLines)];
    },
    begin: () => {
      name = `${prefix}-r${scene.next()}`;
      stray.add(name);
    },
    isDone: isOk,
    wrong: ({ stdout }) =>
      stdout === output ? undefined : `its output is cut: ${stdout.length} bytes`,
    after: () => void stray.delete(name),
  };
};

const commit: Choice = (scene) => {
  const { model, prefix } = scene;
  const container = pick(scene, (c) => c.starts.sure > 0);
  if (!container || model.images.size >= imagesMax) return undefined;
  const tag = `${prefix}-i${scene.next()}:latest`;
  const marks = copyLines(container.marks);
  return {
    what: `commit ${container.name}`,
    args: ["commit", container.name, tag],
    isDone: isOk,
    after: () => void model.images.set(tag, { tag, marks }),
  };
};

const removeImage: Choice = ({ model, random }) => {
  const image = random.pick([...model.images.values()]);
  if (!image || model.images.size < imagesMax) return undefined;
  return {
    what: `rmi ${image.tag}`,
    args: ["rmi", image.tag],
    isDone: (called) => isOk(called) || /No such image/.test(called.stderr),
    after: () => void model.images.delete(image.tag),
  };
};

const choices: Choice[] = [create, create, start, start, stop, remove, exec, exec, run, commit];
choices.push(commit, removeImage);
