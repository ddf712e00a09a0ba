/** Compares what docker says with what it has acknowledged, while nothing is going on. */
import { until, type Stand } from "../../stand/stand.ts";
import { difference } from "../durability/observe.ts";
import { docker, told } from "./docker.ts";
import { wrongLines, type Model, type ModelContainer } from "./model.ts";
import { findOrphans } from "./orphans.ts";

/** The port layer removes in the background what a killed one has left. */
const cleanSeconds = 90;
const hexId = /^[0-9a-f]{64}$/;
const always = "busybox:latest";

/** A way to look at a stand; collects what is wrong. */
export class Check {
  readonly problems: string[] = [];
  readonly #stand: Stand;

  constructor(stand: Stand) {
    this.#stand = stand;
  }

  /** Calls docker; a failure is a problem. */
  async call(args: string[]): Promise<string> {
    const called = await docker(this.#stand, args);
    if (called.code !== 0) this.problems.push(told(called));
    return called.stdout;
  }

  /** Everything. `stray`: containers that may be there, and then go. */
  async all(models: Model[], stray: Set<string>): Promise<void> {
    await this.#removeStray(stray);
    const containers = models.flatMap((model) => [...model.containers.values()]);
    const states = await this.#lines(["ps", "-a", "--format", "{{.Names}} {{.State}}"]);
    const wanted = new Set(containers.map(({ name, status }) => `${name} ${status}`));
    this.problems.push(...difference("container", states, wanted));
    for (const container of containers) await this.container(container);
    await this.#images(models);
    await this.#orphans();
  }

  async #lines(args: string[]): Promise<string[]> {
    return (await this.call(args)).split("\n").filter((line) => line !== "");
  }

  async #removeStray(stray: Set<string>): Promise<void> {
    for (const name of await this.#lines(["ps", "-a", "--format", "{{.Names}}"]))
      if (stray.has(name)) await this.call(["rm", "-f", name]);
  }

  /** What its execs and its starts have written. */
  async container(container: ModelContainer): Promise<void> {
    const { name, status, starts, marks } = container;
    await this.call(["inspect", "--type", "container", name]);
    if (status !== "running") return;
    const script = "cat /starts; echo; cat /marks 2>/dev/null; true";
    const text = await this.call(["exec", name, "sh", "-c", script]);
    const [started = "", marked = ""] = text.split("\n\n");
    const count = started.trim().split("\n").length;
    if (count < starts.sure || count > starts.most)
      this.problems.push(`${name}: ran ${count} times, not ${starts.sure} to ${starts.most}`);
    this.marks(name, marked, marks);
  }

  /** Compares the content of /marks. */
  marks(where: string, text: string, marks: ModelContainer["marks"]): void {
    const lines = text.split("\n").filter((line) => line !== "");
    this.problems.push(...wrongLines(lines, marks).map((wrong) => `${where}: ${wrong}`));
  }

  /** A commit that was cut off and made again may have left an image whose name went to the other one. */
  async #images(models: Model[]): Promise<void> {
    const wanted = new Set([always, ...models.flatMap((model) => [...model.images.keys()])]);
    const nameless = await this.#lines(["images", "-q", "--no-trunc", "-f", "dangling=true"]);
    if (nameless.length > 0) await this.call(["rmi", ...nameless]);
    const tags = await this.#lines(["images", "--format", "{{.Repository}}:{{.Tag}}"]);
    this.problems.push(...difference("image", tags, wanted));
  }

  async #orphans(): Promise<void> {
    const containers = await this.#lines(["ps", "-aq", "--no-trunc"]);
    const images = await this.#lines(["images", "-aq", "--no-trunc"]);
    const states = await this.#lines(["ps", "-a", "--format", "{{.State}}"]);
    const known = {
      containers: new Set(containers.filter((id) => hexId.test(id))),
      images: new Set(images.map((id) => id.replace("sha256:", ""))),
      running: states.filter((state) => state === "running").length,
      created: states.filter((state) => state === "created").length,
    };
    let orphans: string[] = [];
    await until("orphans to go", cleanSeconds, async () => {
      orphans = await findOrphans(this.#stand, known);
      return orphans.length === 0;
    }).catch(() => this.problems.push(...orphans));
  }
}
