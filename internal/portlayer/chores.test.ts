import { expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { Chores } from "./chores.ts";

const away = () => new VicError("unavailable", "vSphere is away");

test("what fails is told, and done later", async () => {
  const done = Promise.withResolvers<number>();
  let tries = 0;
  const work = async () => {
    if (++tries < 3) throw away();
    done.resolve(tries);
  };
  await expect(new Chores(undefined, 1).do("a chore", work)).rejects.toThrow("vSphere is away");
  expect(await done.promise).toBe(3);
});

test("what is not there any more is done", async () => {
  const gone = () => Promise.reject(new VicError("not-found", "no such VM"));
  await new Chores().do("a chore", gone);
});

test("after the signal nothing is tried any more", async () => {
  const stop = new AbortController();
  const chores = new Chores(stop.signal, 1);
  let tries = 0;
  const work = async () => {
    tries += 1;
    throw away();
  };
  await expect(chores.do("a chore", work)).rejects.toThrow();
  stop.abort();
  const later = Promise.withResolvers<void>();
  await new Chores(undefined, 5).do("after it", async () => {
    if (tries < 0) throw away();
    setTimeout(later.resolve, 5);
  });
  await later.promise;
  expect(tries).toBe(1);
});
