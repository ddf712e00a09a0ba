import { Scene } from "./scene.ts";
import type { Case } from "./suite.ts";
import type { Target } from "./target.ts";

/** Longest case. Bun's own limit would end the endpoint's process with the case. */
const caseMsMax = 20_000;

/** A case that the endpoint did not survive, or did not answer: the next one needs a new endpoint. */
class Lost extends Error {}

/** Runs a case and undoes what it did. */
async function perform(one: Case, scene: Scene): Promise<void> {
  const lost = Promise.withResolvers<never>();
  const give = (why: string) => lost.reject(new Lost(why));
  const timer = setTimeout(() => give(`no end after ${caseMsMax} ms`), caseMsMax);
  void scene.target.ended.then((words) => give(`the endpoint has ended: ${words}`));
  try {
    await Promise.race([one.run(scene), lost.promise]);
  } finally {
    clearTimeout(timer);
    lost.promise.catch(() => undefined); // an endpoint that ends later is nobody's affair
  }
  await scene.tidy();
}

/** Whether an endpoint still answers after a case has failed. */
const isThere = ({ client }: Scene) =>
  client.call(client.instance, "CurrentTime").then(
    () => true,
    () => false,
  );

/** An endpoint's turn: one case after the other, each with the scene or a new one where the last was lost. */
export class Stage {
  readonly #start: () => Promise<Target>;
  #scene: Scene | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(start: () => Promise<Target>) {
    this.#start = start;
  }

  /** Runs a case when those before it are over. */
  run(one: Case): Promise<void> {
    const turn = this.#last.then(() => this.#perform(one));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #perform(one: Case): Promise<void> {
    const scene = (this.#scene ??= await Scene.open(await this.#start()));
    try {
      await perform(one, scene);
    } catch (error) {
      if (!(error instanceof Lost)) await scene.tidy();
      if (error instanceof Lost || !(await isThere(scene))) await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const scene = this.#scene;
    this.#scene = undefined;
    await scene?.[Symbol.asyncDispose]();
    await scene?.target[Symbol.asyncDispose]();
  }
}
