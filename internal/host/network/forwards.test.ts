import { expect, test } from "bun:test";
import { VicError } from "../../errors/errors.ts";
import { type Forward, Forwards, type Forwarder } from "./forwards.ts";

const forward = (port: number, outside = "127.0.2.15"): Forward => {
  return { protocol: "tcp", outside, inside: "10.0.2.15", port };
};

/** Records what it is told; ports in `taken` cannot be had. */
class FakeForwarder implements Forwarder {
  readonly done: string[] = [];
  readonly taken = new Set<number>();
  #waiting: { count: number; fulfil: () => void }[] = [];

  async add({ port }: Forward): Promise<void> {
    this.#record(`+${port}`);
    if (this.taken.has(port)) throw new VicError("unavailable", "in use");
  }

  async remove({ port }: Forward): Promise<void> {
    this.#record(`-${port}`);
  }

  /** Waits until so much has been done. */
  async until(count: number): Promise<string[]> {
    if (this.done.length < count) {
      await new Promise<void>((fulfil) => this.#waiting.push({ count, fulfil }));
    }
    return this.done;
  }

  #record(text: string): void {
    this.done.push(text);
    for (const { count, fulfil } of this.#waiting) if (this.done.length >= count) fulfil();
  }
}

test("follows what the guests ask for", async () => {
  const forwarder = new FakeForwarder();
  const forwards = new Forwards(() => undefined);
  forwards.use(forwarder);
  forwards.set("vm", [forward(80), forward(81)]);
  expect(await forwarder.until(2)).toEqual(["+80", "+81"]);
  forwards.set("vm", [forward(81), forward(82)]);
  expect(await forwarder.until(4)).toEqual(["+80", "+81", "-80", "+82"]);
  forwards.set("vm", []);
  expect((await forwarder.until(6)).slice(4)).toEqual(["-81", "-82"]);
  forwards.close();
});

test("makes everything again in a new forwarder", async () => {
  const forwards = new Forwards(() => undefined);
  forwards.set("vm", [forward(80)]);
  for (let i = 0; i < 2; i++) {
    const forwarder = new FakeForwarder();
    forwards.use(forwarder);
    expect(await forwarder.until(1)).toEqual(["+80"]);
    forwards.use(undefined);
  }
  forwards.close();
});

test("a port that cannot be had is logged once and does not stop the others", async () => {
  const forwarder = new FakeForwarder();
  forwarder.taken.add(80);
  const lines: string[] = [];
  const forwards = new Forwards((line) => lines.push(line));
  forwards.use(forwarder);
  forwards.set("vm", [forward(80), forward(81)]);
  expect(await forwarder.until(2)).toEqual(["+80", "+81"]);
  forwards.set("vm", [forward(80), forward(81), forward(82)]);
  expect((await forwarder.until(4)).slice(2)).toEqual(["+80", "+82"]);
  expect(lines).toEqual(["port tcp 127.0.2.15:80: in use"]);
  forwards.close();
});

test("of two guests that claim an address the first keeps the port", async () => {
  const forwarder = new FakeForwarder();
  const forwards = new Forwards(() => undefined);
  forwards.set("one", [forward(80)]);
  forwards.set("two", [{ ...forward(80), inside: "10.0.2.16" }, forward(81)]);
  forwards.use(forwarder);
  expect(await forwarder.until(2)).toEqual(["+80", "+81"]);
  forwards.close();
});
