/** `docker events` over the whole API; the port layer is a fake. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { PortLayerClient } from "../portlayer/api/client.ts";
import type { Event } from "../portlayer/api/types.ts";
import { DockerStand } from "./testing/stand.ts";

setDefaultTimeout(20_000);
let stand: DockerStand;
let portLayer: PortLayerClient;
beforeAll(async () => {
  stand = await DockerStand.start();
  portLayer = new PortLayerClient(join(stand.directory, "port-layer.sock"));
});
afterAll(() => stand[Symbol.asyncDispose]());

interface Shown {
  Action: string;
  Actor: { Attributes: Record<string, string> };
}

/** The stream of GET /events, once its head is there. */
async function open(query: Record<string, string>): Promise<AsyncIterator<Shown>> {
  const file = (name: string) => Bun.file(join(stand.directory, "certs", name)).text();
  const url = `https://127.0.0.1:${stand.server.port}/v1.50/events?${new URLSearchParams(query).toString()}`;
  const [ca, cert, key] = await Promise.all(["ca.pem", "cert.pem", "key.pem"].map(file));
  const response = await fetch(url, { tls: { ca: ca!, cert: cert!, key: key! } });
  if (!response.ok) throw new Error(await response.text());
  return lines(response.body!)[Symbol.asyncIterator]();
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<Shown> {
  let text = "";
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString();
    const whole = text.split("\n");
    text = whole.pop()!;
    for (const line of whole) yield JSON.parse(line) as Shown;
  }
}

let count = 0;
async function happen(more: Partial<Event> = {}): Promise<void> {
  const attributes = { number: String(count++), ...more.attributes };
  const about = { type: "image", action: "tag", id: "sha256:a" } as const;
  await portLayer.publishEvent({ ...about, ...more, attributes });
}

async function numbers(events: AsyncIterator<Shown>, howMany: number): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < howMany)
    seen.push(Number((await events.next()).value.Actor.Attributes["number"]));
  return seen;
}

test("past and present come once each and in order, however close they are", async () => {
  const begin = count;
  for (let i = 0; i < 20; i++) await happen();
  const race = { isOn: true };
  const racing = (async () => {
    while (race.isOn) await happen();
  })();
  const events = await open({ since: "1" });
  // The past is still being read.
  race.isOn = false;
  await racing;
  for (let i = 0; i < 20; i++) await happen();
  const wanted = Array.from({ length: count - begin }, (_, i) => begin + i);
  expect(await numbers(events, wanted.length)).toEqual(wanted);
  await events.return?.();
});

test("what happens after the head of the answer is not missed", async () => {
  const events = await open({});
  const first = count;
  await happen();
  await happen();
  expect(await numbers(events, 2)).toEqual([first, first + 1]);
  await events.return?.();
});

test("a stream ends when its time is over, and without a beginning it has everything", async () => {
  const until = String((Date.now() + 300) / 1000);
  const events = await open({ until });
  await happen();
  const seen: number[] = [];
  for (let next = await events.next(); !next.done; next = await events.next())
    seen.push(Number(next.value.Actor.Attributes["number"]));
  expect(seen).toEqual(Array.from({ length: count }, (_, i) => i));
  await expect(open({ since: "20", until: "10" })).rejects.toThrow(
    "`since` time (20) cannot be after `until` time (10)",
  );
});

test("filters are dockerd's", async () => {
  const id = "c".repeat(64);
  const about = { type: "container", id } as const;
  const attributes = { name: "webby", image: "busybox:1", team: "a" };
  const command = "/bin/sh -c x y";
  await happen({ ...about, action: "start", attributes });
  await happen({ ...about, action: "exec_create", attributes: { ...attributes, command } });
  await happen({ ...about, action: "health_status: healthy", attributes });
  await happen({ type: "network", action: "connect", id: "d", attributes: { name: "bridge" } });
  const actions = async (filters: Record<string, string[]>) => {
    const now = String(Date.now() / 1000);
    const all = { label: ["number"], ...filters };
    const events = await open({ since: "1", until: now, filters: JSON.stringify(all) });
    const seen: string[] = [];
    for (let next = await events.next(); !next.done; next = await events.next())
      if (next.value.Action !== "tag") seen.push(next.value.Action);
    return seen;
  };
  const ofContainer = ["start", `exec_create: ${command}`, "health_status: healthy"];
  const all = [...ofContainer, "connect"];
  const cases: [Record<string, string[]>, string[]][] = [
    [{}, all],
    [{ type: ["container"] }, ofContainer],
    [{ container: ["web"] }, ofContainer],
    [{ container: ["cccc", "nobody"] }, ofContainer],
    [{ network: ["br"] }, ["connect"]],
    [{ daemon: ["nothing"] }, []],
    [{ event: ["exec_create"] }, [ofContainer[1]!]],
    [{ event: [`exec_create: ${command}`] }, [ofContainer[1]!]],
    [{ event: ["exec"] }, []],
    [{ event: ["health_status"] }, ["health_status: healthy"]],
    [{ event: ["health_status: unhealthy"] }, []],
    [{ event: ["start", "connect"] }, ["start", "connect"]],
    [{ image: ["busybox"] }, ofContainer],
    [{ image: ["busybox:2"] }, []],
    [{ label: ["team=a"] }, ofContainer],
    [{ label: ["team=b"] }, []],
    [{ scope: ["swarm"] }, []],
  ];
  for (const [filters, wanted] of cases)
    expect([filters, await actions(filters)]).toEqual([filters, wanted]);
  await expect(actions({ nonsense: ["x"] })).rejects.toThrow("invalid filter");
});
