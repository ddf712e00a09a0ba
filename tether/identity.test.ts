import { expect, test } from "bun:test";
import { keys } from "../internal/guest/config.ts";
import type { GuestInfo } from "../internal/guest/guestinfo.ts";
import { waitForIdentity } from "./identity.ts";

const config = (run: number) =>
  JSON.stringify({
    version: 1,
    id: "a",
    run,
    process: { args: [], env: [] },
    rootfs: { partitions: [] },
    mounts: [],
    networks: [],
    sandbox: { ulimits: [] },
    control: { mac: "00:50:56:00:00:01" },
  });
const secret = JSON.stringify({ caPem: "", certPem: "", keyPem: "" });

test("a VM learns who it is, and then of its start", async () => {
  const values: Record<string, string> = { [keys.config]: config(0), [keys.secret]: secret };
  const looks: string[] = [];
  const guestInfo = {
    get: async (key: string) => {
      if (key === keys.config) looks.push(values[key]!);
      return values[key];
    },
    changes: async function* () {
      yield [keys.record];
      values[keys.config] = config(1);
      yield [keys.config];
    },
  } as unknown as GuestInfo;
  expect((await waitForIdentity(guestInfo, 0)).config.run).toBe(0);
  expect((await waitForIdentity(guestInfo, 1)).config.run).toBe(1);
  expect(looks).toEqual([config(0), config(0), config(0), config(1)]);
});

test("a spare VM is told once that it is one, and then who it is", async () => {
  const spare = { version: 1, control: { mac: "00:50:56:00:00:01" }, macs: [], debug: 0 };
  const values: Record<string, string> = { [keys.spare]: JSON.stringify(spare) };
  const guestInfo = {
    get: async (key: string) => values[key],
    changes: async function* () {
      values[keys.secret] = secret;
      yield [keys.secret];
      yield [keys.record];
      values[keys.config] = config(0);
      yield [keys.config];
    },
  };
  const told: unknown[] = [];
  const identity = await waitForIdentity(guestInfo, 0, (found) => told.push(found));
  expect(told).toEqual([{ config: spare, secret: JSON.parse(secret) }]);
  expect(identity.config.id).toBe("a");
});

test("a spare VM's configuration that makes no sense is refused", async () => {
  const values: Record<string, string> = { [keys.spare]: "{}", [keys.secret]: secret };
  const guestInfo = {
    get: async (key: string) => values[key],
    changes: async function* () {},
  };
  expect(waitForIdentity(guestInfo, 0, () => {})).rejects.toMatchObject({ code: "damaged" });
});
