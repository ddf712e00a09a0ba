/** Kills parts of a VCH at random moments while several docker clients work, and looks at what is left each time. */
import { Random } from "../durability/random.ts";
import { until, type Stand } from "../../stand/stand.ts";
import { chooseAction, firstActions, type Action, type Scene } from "./actions.ts";
import { Check } from "./check.ts";
import { docker, told, type Called } from "./docker.ts";
import type { Model } from "./model.ts";
import { shuffled, victims, type Victim } from "./victims.ts";

const workerCount = 3;
/** Longest time under load before a kill, milliseconds, and after it before a second one. */
const loadMsMax = 8_000;
const secondMsMax = 4_000;
/** One in so many kills has a second one right behind. */
const doubleOneIn = 4;
/** Until docker answers again on a crowded host without KVM. */
const answerSeconds = 300;
/** Between two questions: each costs the appliance a TLS handshake. */
const askMs = 1_000;
const stopSeconds = "2";
/**
 * After the switch was away, milliseconds: libslirp sends again until then that a connection has ended. A call on a connection
 * that the appliance takes for alive is refused until it hears so.
 */
const staleMs = 3_000;

/** What a soak did. */
export interface Report {
  kills: Partial<Record<Victim, number>>;
  acknowledged: Record<string, number>;
  /** Calls that a kill made fail; all were made again. */
  cut: number;
  problems: string[];
}

/** Times in which calls may fail, of performance.now(). */
interface Trouble {
  from: number;
  to: number;
}

/** See the file's head. */
export class Soak {
  readonly #stand: Stand;
  readonly #random: Random;
  readonly #models: Model[];
  readonly #scenes: Scene[];
  readonly #stray = new Set<string>();
  readonly #troubles: Trouble[] = [];
  readonly #report: Report = { kills: {}, acknowledged: {}, cut: 0, problems: [] };
  readonly #say: (line: string) => void;
  #isPaused = false;
  /** The end of the latest trouble. */
  #settled = Promise.resolve();
  #count = 0;
  #due: Victim[] = [];

  constructor(stand: Stand, seed: number, say: (line: string) => void) {
    this.#stand = stand;
    this.#random = new Random(seed);
    this.#say = say;
    this.#models = Array.from({ length: workerCount }, () => ({
      containers: new Map(),
      images: new Map(),
    }));
    this.#scenes = this.#models.map((model, i) => ({
      prefix: `w${i}`,
      model,
      random: this.#random,
      stray: this.#stray,
      next: () => ++this.#count,
    }));
  }

  /** Until `isOver` says so, or something is wrong: then everything is left as it is. */
  async run(isOver: (report: Report) => boolean): Promise<Report> {
    const { problems } = this.#report;
    await Promise.all(this.#scenes.map((scene) => this.#begin(scene)));
    while (problems.length === 0 && !isOver(this.#report)) {
      this.#isPaused = false;
      const working = this.#scenes.map((scene) => this.#work(scene));
      await Bun.sleep(this.#random.below(loadMsMax));
      this.#settled = this.#trouble();
      await this.#settled;
      this.#isPaused = true;
      await Promise.all(working);
      if (problems.length === 0) await this.#check((check) => check.all(this.#models, this.#stray));
      this.#say(JSON.stringify(this.#report));
    }
    return this.#report;
  }

  /** All can be inspected, started, stopped, and removed; images run. What is wrong is in the report. */
  async clear(): Promise<Report> {
    await this.#check(async (check) => {
      for (const { images } of this.#models)
        for (const { tag, marks } of images.values()) {
          const show = ["run", "--rm", tag, "sh", "-c", "cat /marks 2>/dev/null; true"];
          check.marks(tag, await check.call(show), marks);
        }
      for (const { containers, images } of this.#models) {
        for (const container of containers.values()) {
          const { name, status, starts } = container;
          if (status !== "running") {
            await check.call(["start", name]);
            starts.sure++;
            starts.most++;
          }
          await check.container({ ...container, status: "running" });
          await check.call(["stop", "-t", stopSeconds, name]);
          await check.call(["rm", name]);
        }
        for (const tag of images.keys()) await check.call(["rmi", tag]);
        containers.clear();
        images.clear();
      }
      await check.all(this.#models, this.#stray);
    });
    return this.#report;
  }

  async #check(look: (check: Check) => Promise<void>): Promise<void> {
    const check = new Check(this.#stand);
    await look(check);
    this.#report.problems.push(...check.problems);
  }

  async #trouble(): Promise<void> {
    await this.#kill();
    if (this.#random.below(doubleOneIn) > 0) return;
    await Bun.sleep(this.#random.below(secondMsMax));
    await this.#kill();
  }

  async #kill(): Promise<void> {
    if (this.#due.length === 0) this.#due = shuffled(this.#random);
    const victim = this.#due.pop()!;
    const trouble = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    this.#troubles.push(trouble);
    this.#say(`${new Date().toISOString()} kill: ${victim}`);
    await victims[victim](this.#stand, this.#random);
    await this.#answers();
    trouble.to = performance.now() + (victim === "vic-host" ? staleMs : 0);
    this.#report.kills[victim] = (this.#report.kills[victim] ?? 0) + 1;
  }

  async #answers(): Promise<void> {
    await until("docker to answer", answerSeconds, async () => {
      const { code } = await docker(this.#stand, ["ps"]);
      if (code !== 0) await Bun.sleep(askMs);
      return code === 0;
    });
  }

  async #begin(scene: Scene): Promise<void> {
    for (const action of firstActions(scene)) await this.#do(action());
  }

  async #work(scene: Scene): Promise<void> {
    while (!this.#isPaused && this.#report.problems.length === 0)
      await this.#do(chooseAction(scene));
  }

  /** Calls until it is acknowledged; only trouble may make it fail. */
  async #do(action: Action): Promise<void> {
    const { acknowledged, problems } = this.#report;
    for (;;) {
      action.begin?.();
      const called = await docker(this.#stand, action.args);
      if (action.isDone(called) || (await this.#isThere(action, called))) {
        const wrong = called.code === 0 ? action.wrong?.(called) : undefined;
        if (wrong !== undefined) problems.push(`${told(called)}: ${wrong}`);
        action.after();
        const [kind = ""] = action.what.split(" ");
        acknowledged[kind] = (acknowledged[kind] ?? 0) + 1;
        return;
      }
      if (called.isHung || !this.#isExcused(called)) {
        problems.push(`${new Date().toISOString()} ${action.what} fails: ${told(called)}`);
        return;
      }
      this.#report.cut++;
      await this.#settled;
    }
  }

  async #isThere({ ask }: Action, called: Called): Promise<boolean> {
    if (!ask?.isOpen(called)) return false;
    return (await docker(this.#stand, ask.args)).code === 0;
  }

  #isExcused({ from, to }: Called): boolean {
    return this.#troubles.some((trouble) => trouble.from <= to && trouble.to >= from);
  }
}
