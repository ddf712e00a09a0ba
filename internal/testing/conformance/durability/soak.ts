/** Kills vic-host at random moments while several clients change things, and looks at what is left of it each time. */
import { readdirSync } from "node:fs";
import { VicError } from "../../../errors/errors.ts";
import type { Client } from "../../../vim25/client.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { type Action, chooseAction, type Scene } from "./actions.ts";
import { observe, type Observed } from "./observe.ts";
import { Program } from "./program.ts";
import { Random } from "./random.ts";
import { emptyState, type State } from "./state.ts";

const clientCount = 3;
/** Longest time under load before a kill, milliseconds; sometimes it comes while vic-host starts. */
const loadMsMax = 1_500;
const startMsMax = 700;
const killsAtStart = 4;

/** What a soak did. */
export interface Report {
  kills: number;
  acknowledged: number;
  /** Cut off by a kill: found done, and found not done. */
  cutDone: number;
  cutUndone: number;
  problems: string[];
}

interface Actor {
  prefix: string;
  state: State;
  /** The change that a kill cut off. */
  open: Action | undefined;
}

/** Runs a soak in an empty folder. It ends at the first problem, with everything left as it is. */
export class Soak {
  readonly program: Program;
  readonly #random: Random;
  readonly #actors: Actor[];
  readonly #report: Report = { kills: 0, acknowledged: 0, cutDone: 0, cutUndone: 0, problems: [] };
  #observed: Observed | undefined;
  #count = 0;

  constructor(dir: string, seed: number) {
    this.program = new Program(dir);
    this.#random = new Random(seed);
    this.#actors = Array.from({ length: clientCount }, (_, i) => ({
      prefix: `a${i}`,
      state: emptyState(),
      open: undefined,
    }));
  }

  async run(kills: number, progress: (report: Report) => void = () => undefined): Promise<Report> {
    this.program.spawn();
    await this.program.ready();
    await this.#makeFolders();
    await this.#check();
    while (this.#report.kills < kills && this.#report.problems.length === 0) {
      await this.#load();
      if (this.#random.below(killsAtStart) === 0) await this.#killAtStart();
      this.program.spawn();
      await this.program.ready();
      await this.#check();
      progress(this.#report);
    }
    return this.#report;
  }

  /** Removes everything over the API and ends vic-host; what is still there is a problem. */
  async clear(): Promise<void> {
    await using client = await this.program.connect();
    const of = (kind: string) => [...this.#observed!.refs].filter(([key]) => key.startsWith(kind));
    await Promise.all(
      of("vm ").map(async ([key, ref]) => {
        const name = key.slice(3);
        const isOn = this.#actors.some(({ state }) => state.vms[name]?.isOn);
        if (isOn) await runTask(client, ref, "PowerOffVM_Task");
        await runTask(client, ref, "Destroy_Task");
      }),
    );
    for (const [, ref] of [...of("pool "), ...of("folder ")]) {
      await runTask(client, ref, "Destroy_Task");
    }
    for (const actor of this.#actors) {
      actor.state = { ...emptyState(), files: actor.state.files };
    }
    await this.#check();
    await this.program.kill("SIGTERM");
    const left = readdirSync(this.program.tmpDir).filter((name) => name.startsWith("vic"));
    this.#report.problems.push(...left.map((name) => `left in the temporary folder: ${name}`));
  }

  async #makeFolders(): Promise<void> {
    await using client = await this.program.connect();
    for (const { prefix } of this.#actors) {
      const name = `[datastore1] ${prefix}-files`;
      const datacenter = { type: "Datacenter", value: "ha-datacenter" };
      await client.call(client.content.fileManager!, "MakeDirectory", { name, datacenter });
    }
  }

  async #killAtStart(): Promise<void> {
    this.program.spawn();
    await Bun.sleep(this.#random.below(startMsMax));
    await this.program.kill();
    this.#report.kills++;
  }

  /** All clients work until vic-host is killed under them. */
  async #load(): Promise<void> {
    const end = new AbortController();
    const clients = await Promise.all(this.#actors.map(() => this.program.connect()));
    const working = this.#actors.map((actor, i) => this.#work(actor, clients[i]!, end.signal));
    await Bun.sleep(this.#random.below(loadMsMax));
    end.abort(new VicError("cancelled", "killed"));
    await this.program.kill();
    this.#report.kills++;
    await Promise.all(working);
    await Promise.all(clients.map((client) => client.close()));
  }

  async #work(actor: Actor, client: Client, signal: AbortSignal): Promise<void> {
    const made = new Map(this.#observed!.refs);
    const scene: Scene = {
      client,
      prefix: actor.prefix,
      state: actor.state,
      random: this.#random,
      next: () => ++this.#count,
      ref: (kind, name) => made.get(`${kind} ${name}`)!,
    };
    while (!signal.aborted) {
      scene.state = actor.state;
      const action = chooseAction(scene);
      actor.open = action;
      try {
        const result = await action.run(signal);
        learn(made, actor.state, action.after, result);
      } catch (error) {
        if (signal.aborted) return;
        const text = VicError.from(error).text;
        this.#report.problems.push(`${action.what} failed though nothing was killed: ${text}`);
        return;
      }
      actor.state = action.after;
      actor.open = undefined;
      this.#report.acknowledged++;
    }
  }

  async #check(): Promise<void> {
    await using client = await this.program.connect();
    const observed = await observe(client, this.program.dataDir);
    this.#observed = observed;
    this.#report.problems.push(...observed.leaks);
    for (const actor of this.#actors) {
      const found = observed.states.get(actor.prefix) ?? emptyState();
      const { open } = actor;
      actor.open = undefined;
      if (Bun.deepEquals(found, actor.state)) this.#report.cutUndone += open ? 1 : 0;
      else if (open && Bun.deepEquals(found, open.after)) this.#report.cutDone++;
      else this.#report.problems.push(explain(actor.state, open, found));
      actor.state = found;
    }
  }
}

/** Keeps the references of what an action made or renamed. */
function learn(refs: Map<string, MoRef>, before: State, after: State, result: unknown): void {
  for (const [kind, field] of [
    ["vm", "vms"],
    ["pool", "pools"],
    ["folder", "folders"],
  ] as const) {
    const added = Object.keys(after[field]).find((name) => !(name in before[field]));
    const removed = Object.keys(before[field]).find((name) => !(name in after[field]));
    if (added === undefined) continue;
    const ref = removed === undefined ? result : refs.get(`${kind} ${removed}`);
    refs.set(`${kind} ${added}`, ref as MoRef);
  }
}

function explain(state: State, open: Action | undefined, found: State): string {
  const parts = { acknowledged: state, cut: open?.what, after: open?.after, found };
  return `neither before nor after: ${JSON.stringify(parts, undefined, 1)}`;
}
