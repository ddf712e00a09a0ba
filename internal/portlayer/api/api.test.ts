import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { serve, type RunningServer } from "../../http/server.ts";
import { EventRing } from "../events/ring.ts";
import { PortLayerClient, upgradeToken } from "./client.ts";
import { routes, type PortLayer } from "./routes.ts";

const events = new EventRing();
let trouble: VicError | undefined;
let received = 0;
const images = {
  list: () => [],
  putLayer: async (_: string, n: number, body: ReadableStream<Uint8Array>) => {
    for await (const chunk of body) received += chunk.length;
    return { diffId: `layer ${n}` };
  },
};
const engine = {
  wait: async () => {
    throw new VicError("cancelled", "called off");
  },
};

let folder: string;
let server: RunningServer;
let client: PortLayerClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "api-"));
  const path = join(folder, "s");
  const portLayer = { events, images, engine, trouble: () => trouble } as unknown as PortLayer;
  server = await serve({
    app: routes(() => portLayer),
    upgrades: [upgradeToken],
    listen: { path },
  });
  client = new PortLayerClient(path);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test("a layer is streamed whole", async () => {
  let left = 64;
  const blob = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- === 0) controller.close();
      else controller.enqueue(new Uint8Array(256 * 1024));
    },
  });
  expect(await client.putLayer("u", 3, blob, "application/tar")).toEqual({ diffId: "layer 3" });
  expect(received).toBe(64 * 256 * 1024);
});

test("errors arrive as they were thrown", async () => {
  trouble = new VicError("internal", "session lost");
  await expect(client.ping()).rejects.toMatchObject({
    code: "unavailable",
    message: "session lost",
  });
  trouble = undefined;
  await client.ping();
  const nobody = new PortLayerClient(join(folder, "nobody"));
  await expect(nobody.images()).rejects.toMatchObject({ code: "unavailable" });
  const { result } = await client.wait("x", "removed");
  await expect(result).rejects.toMatchObject({ code: "cancelled", message: "called off" });
});

test("events come as they happen until the reader has enough", async () => {
  const event = { type: "image", action: "tag", id: "a", attributes: { name: "é\n" } } as const;
  events.publish(event);
  const seen: string[] = [];
  for await (const { attributes } of await client.events({ since: 0n })) {
    seen.push(attributes["name"] ?? "");
    if (seen.length === 2) break;
    await client.publishEvent(event);
  }
  expect(seen).toEqual(["é\n", "é\n"]);
});
