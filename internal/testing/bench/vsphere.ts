/**
 * What vic-host's vSphere API costs: an inventory of 1,000 VMs, calls beside VMware's simulator, and files beside a
 * plain copy. `bun internal/testing/bench/vsphere.ts` prints only these.
 */
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refs } from "../../host/inventory/refs.ts";
import { Client } from "../../vim25/client.ts";
import { runTask } from "../../vim25/task.ts";
import { peer } from "../conformance/govc/case.ts";
import { ManyVms } from "../conformance/scale/many-vms.ts";
import { VicHost } from "../conformance/vic-host.ts";
import { startVcsim } from "../conformance/vim25/target.ts";
import { medianMs } from "./median.ts";

/** Prints one row: what, ours, theirs. */
export type Row = (what: string, ours: string, theirs?: string) => void;

const rounds = 9;
const vmsMany = 1_000;
const callsSeconds = 3;
const callers = 8;
const fileBytes = 256 * 1024 * 1024;

/** Measures and prints. */
export async function vsphereRows(row: Row): Promise<void> {
  await using host = await VicHost.start({ loopback: "127.0.45.0/24" });
  const client = await host.connect();
  try {
    await rates(client, row);
    await files(host, row);
    await inventory(client, row);
  } finally {
    await client.close();
  }
}

async function inventory(client: Client, row: Row): Promise<void> {
  const vms = new ManyVms(client, vmsMany);
  await vms.make(refs.vmFolder, refs.rootPool);
  const read = await medianMs(rounds, async () => {
    const found = await vms.retrieve();
    if (found.length !== vmsMany) throw new Error(`${found.length} VMs`);
  });
  row(`names and power states of ${vmsMany} VMs (goal: 200 ms)`, ms(read));
  const watch = await vms.watch();
  const [vm] = await vms.retrieve();
  if (!vm) throw new Error("no VM");
  let task: Promise<unknown> = Promise.resolve();
  let change: Promise<unknown> = Promise.resolve();
  let times = 0;
  const seen = await medianMs(
    rounds,
    async () => {
      task = runTask(client, vm.ref, "Rename_Task", { newName: `renamed-${times++}` });
      await change;
    },
    async () => {
      await task;
      change = watch.next();
    },
  );
  await task;
  row(`a change among ${vmsMany} VMs seen, from the call that makes it (goal: 50 ms)`, ms(seen));
  await watch.end();
}

async function rates(client: Client, row: Row): Promise<void> {
  const binary = peer("vcsim");
  await using theirs = binary ? await startVcsim(binary, "esx") : undefined;
  const other = theirs ? await Client.connect(theirs.login) : undefined;
  const kinds: [string, (c: Client) => Promise<unknown>][] = [
    ["CurrentTime", (c) => c.call(refs.serviceInstance, "CurrentTime")],
    [
      "RetrieveProperties of one property",
      (c) => c.call(c.content.propertyCollector, "RetrieveProperties", sessionRead(c)),
    ],
  ];
  for (const [name, call] of kinds) {
    const ours = await perSecond(() => call(client));
    const peers = other ? `vcsim ${await perSecond(() => call(other))}/s` : "";
    row(`${name}, ${callers} callers`, `${ours}/s`, peers);
  }
  await other?.close();
}

/** Parameters that ask for the caller's session. */
function sessionRead({ content }: Client): Record<string, unknown> {
  const propSet = [{ type: "SessionManager", pathSet: ["currentSession"] }];
  return { specSet: [{ objectSet: [{ obj: content.sessionManager }], propSet }] };
}

async function perSecond(call: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const end = performance.now() + callsSeconds * 1000;
  const caller = async () => {
    for (; performance.now() < end; count++) await call();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return Math.round(count / callsSeconds);
}

async function files(host: VicHost, row: Row): Promise<void> {
  const content = crypto.getRandomValues(new Uint8Array(65_536));
  const local = join(host.dir, "local");
  writeFileSync(local, Buffer.alloc(fileBytes, content));
  const url = `${host.info.url}/folder/bench.bin?dcPath=ha-datacenter&dsName=datastore1`;
  const authorization = `Basic ${Buffer.from(`root:${host.password}`).toString("base64")}`;
  const options = { headers: { authorization }, tls: { rejectUnauthorized: false } };
  const stored = join(host.datastore, "bench.bin");
  const put = await medianMs(rounds, async () => {
    const answer = await fetch(url, { ...options, method: "PUT", body: Bun.file(local) });
    if (!answer.ok) throw new Error(`PUT: ${answer.status} ${await answer.text()}`);
  });
  const get = await medianMs(rounds, async () => {
    let length = 0;
    const answer = await fetch(url, options);
    for await (const chunk of answer.body ?? []) length += (chunk as Uint8Array).length;
    if (length !== fileBytes) throw new Error(`GET: ${length} bytes`);
  });
  const copy = await medianMs(rounds, async () => copyFileSync(stored, `${stored}.copy`));
  const speed = (milliseconds: number) => `${Math.round(fileBytes / milliseconds / 1000)} MB/s`;
  row(`/folder PUT of ${fileBytes / 2 ** 20} MiB`, speed(put), `plain copy ${speed(copy)}`);
  row(`/folder GET of ${fileBytes / 2 ** 20} MiB`, speed(get), `plain copy ${speed(copy)}`);
  for (const path of [local, stored, `${stored}.copy`]) rmSync(path);
}

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

if (import.meta.main) {
  await vsphereRows((...cells) => console.log(`| ${cells.join(" | ")} |`));
  process.exit(0);
}
