import { expect, test } from "bun:test";
import { FakePortLayer } from "./testing/fake-port-layer.ts";
import { DockerStand } from "./testing/stand.ts";

test("what a killed process was sending to the port layer is dropped at the next start", async () => {
  const fake = new FakePortLayer();
  fake.images.uploads.set("1", { begin: { config: "{}", layers: [] }, sizes: new Map() });
  await using _stand = await DockerStand.start(fake);
  expect([...fake.images.uploads.keys()]).toEqual([]);
});
