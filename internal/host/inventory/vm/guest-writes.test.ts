import { afterEach, beforeEach, expect, test } from "bun:test";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { TestHost, vmSpec } from "../../testing/fakes.ts";
import { refs } from "../refs.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

let host: TestHost;
let vm: VirtualMachine;
beforeEach(async () => {
  host = await TestHost.start();
  const ref = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web"),
    pool: refs.rootPool,
  });
  vm = host.world.vms.get(ref);
});
afterEach(() => host[Symbol.asyncDispose]());

const stored = () => host.world.store.get<{ config: object }>("vm", vm.record.id)?.config;

test("a value is told to be stored once it is", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  host.world.guestWrites.write(vm, "guestinfo.a", "1", () => resolve(stored()));
  expect(await promise).toMatchObject({ extraConfig: { "guestinfo.a": "1" } });
});

test("while the database cannot be written, values wait and vic-host goes on", async () => {
  const { store, guestWrites } = host.world;
  const log: string[] = [];
  const write = (key: string, value: string) =>
    guestWrites.write(vm, key, value, (error) => log.push(`${value} ${error?.code ?? "stored"}`));
  const put = store.put.bind(store);
  const tried = Promise.withResolvers<void>();
  store.put = () => {
    setImmediate(() => tried.resolve());
    throw new Error("database or disk is full");
  };
  write("guestinfo.a", "1");
  await tried.promise;
  write("guestinfo.a", "2");
  write("guestinfo.b", "3");
  expect(log).toEqual([]);
  store.put = put;
  guestWrites.flush();
  expect(log).toEqual(["1 stored", "2 stored", "3 stored"]);
  expect(stored()).toMatchObject({ extraConfig: { "guestinfo.a": "2", "guestinfo.b": "3" } });
});

test("a value that is out of bounds is refused, not acknowledged", () => {
  const errors: (string | undefined)[] = [];
  const write = (key: string, value: string) =>
    host.world.guestWrites.write(vm, key, value, (error) => errors.push(error?.code));
  write("vic.vch", "x");
  write("guestinfo.long", "x".repeat(1024 * 1024 + 1));
  const extraConfig = { other: "x".repeat(4 * 1024 * 1024 - 100) };
  host.world.vms.update(vm, { config: { ...vm.record.config, extraConfig } });
  write("guestinfo.over", "x".repeat(200));
  host.world.guestWrites.flush();
  expect(errors).toEqual(["forbidden", "exhausted", "exhausted"]);
});
