/** The verbs against a vic-host whose machines are fakes: the test plays the appliance. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";
import { keys, type ApplianceConfig, type ApplianceSecret } from "../guest/config.ts";
import { TestHost, vmSpec, type FakeMachine } from "../host/testing/fakes.ts";
import { refs } from "../host/inventory/refs.ts";
import { versionString } from "../version/version.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { Datastore } from "../vsphere/datastore.ts";
import { add, childDisk, create as createDevice, pvscsi } from "../vsphere/device.ts";
import { createDisk } from "../vsphere/virtual-disk.ts";
import type { Context } from "./context.ts";
import { create } from "./create.ts";
import { debugVch } from "./debug.ts";
import { deleteVch } from "./delete.ts";
import { inspectConfig, inspectVch } from "./inspect.ts";
import { listVchs } from "./list.ts";
import type { RawOptions } from "./options.ts";

// A loaded machine takes its time.
setDefaultTimeout(180_000);

let host: TestHost;
let cwd: string;
let output: string;

beforeAll(async () => {
  host = await TestHost.start();
  cwd = mkdtempSync(join(tmpdir(), "vic-install-"));
  for (const name of ["appliance.iso", "bootstrap.iso"]) {
    const iso = Buffer.alloc(0x9000);
    iso.write("\u0001CD001", 0x8000, "latin1");
    iso.write(`VIC ${versionString}`.padEnd(128), 0x8000 + 318, "latin1");
    writeFileSync(join(cwd, name), iso);
  }
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  rmSync(cwd, { recursive: true });
});

/** Runs a verb; `onLine` sees each line of the log. */
function run(
  verb: (raw: RawOptions, context: Context) => Promise<void>,
  raw: RawOptions,
  onLine: (line: string) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  output = "";
  const say = (line: string) => {
    output += `${line}\n`;
    onLine(line);
  };
  const log = {
    debug: () => undefined,
    info: say,
    warn: say,
    error: say,
    progress: () => undefined,
  };
  const context: Context = {
    log,
    signal,
    cwd,
    app: "vic-machine",
    askPassword: async () => host.password,
    print: (text) => (output += text),
  };
  const { url, sha256 } = host.running;
  return verb({ target: url, user: "root", thumbprint: sha256, ...raw }, context).then(
    () => output,
  );
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: unknown) => VicError.from(error).text,
  );

/** The machine of the VM that was powered on last. */
const machine = (): FakeMachine => [...host.hypervisor.machines.values()].at(-1)!;

const configOf = () =>
  JSON.parse(machine().guestInfo.get(keys.applianceConfig)!) as ApplianceConfig;

/** Plays the appliance: takes an address, serves a Docker API with the certificates it was given, reports. */
async function playAppliance(): Promise<() => void> {
  const config = configOf();
  const secret = JSON.parse(machine().guestInfo.get(keys.applianceSecret)!) as ApplianceSecret;
  const server = createServer(
    {
      cert: config.docker.serverCertPem,
      key: secret.serverKeyPem,
      ca: config.docker.clientCaPem,
      requestCert: true,
    },
    (_, response) => response.end("{}"),
  );
  await new Promise<void>((done) => server.listen(config.docker.port, "127.0.2.77", done));
  const { events } = machine();
  events.toolsRunning(true);
  events.guestNics([{ mac: config.nics.client.mac, addresses: ["10.0.2.77/24"] }]);
  const state = {
    build: versionString,
    addresses: {},
    services: { "port-layer": "true", docker: "true" },
    restarts: { "port-layer": 0, docker: 0 },
  };
  events.guestInfo(keys.applianceState, JSON.stringify(state));
  return () => server.close();
}

const onDatastore = () =>
  readdirSync(join(host.dir, "datastore1"))
    .filter((name) => name !== ".vic-host") // its own
    .toSorted();
const base: RawOptions = { name: "vch", "tls-cname": "127.0.2.77" };

describe("a VCH", () => {
  test("is created, listed, inspected, opened for debugging and deleted", async () => {
    let stop = () => {};
    const created = await run(create, base, (line) => {
      if (line === "Waiting for IP information") void playAppliance().then((s) => (stop = s));
    });
    for (const text of [
      'Creating Resource Pool "vch"',
      "Initialization of appliance successful",
      'Obtained IP address for client interface: "127.0.2.77"',
      `DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${join(cwd, "vch")} DOCKER_HOST=127.0.2.77:2376`,
    ])
      expect(created).toContain(text);
    expect(readFileSync(join(cwd, "vch/vch.env"), "utf8")).toContain(
      "DOCKER_HOST=127.0.2.77:2376\n",
    );
    const config = configOf();
    expect(config).toMatchObject({
      name: "vch",
      target: { url: expect.stringMatching(/^https:\/\/10\.0\.2\.2:\d+\/sdk$/), username: "root" },
      storage: { imageStore: "[datastore1] vch" },
      bootstrapIso: `[datastore1] vch/${versionString}-bootstrap.iso`,
      inventory: { bridgeNetworkName: "vch", datacenterPath: "/ha-datacenter" },
      nics: { bridge: { network: "vch", mode: "static", address: "172.16.0.1/16" } },
    });
    expect(JSON.stringify(config)).not.toContain(host.password);
    expect(config.target.thumbprint).toBe(host.running.sha256);
    const kinds = [...machine().devices.values()].map((d) => d.kind).toSorted();
    expect(kinds).toEqual(["cdrom", "disk", "nic", "nic", "serial"]);
    expect([...machine().guestInfo.keys()]).not.toContain(keys.vch);

    const listed = await run(listVchs, {});
    expect(listed).toMatch(/\nID +PATH +NAME +VERSION +UPGRADE STATUS\n/);
    expect(listed).toMatch(/ \/ha-datacenter\/host\/\S+\/Resources +vch +v\S+ +Up to date\n/);
    expect(await run(inspectVch, { name: "vch" })).toContain("DOCKER_HOST=127.0.2.77:2376");
    const raw = await run(inspectConfig, { name: "vch", format: "raw" });
    expect(raw).toMatch(/^--target=https:\/\/127\.0\.0\.1:\d+ --thumbprint=/);
    expect(raw).toContain(
      "--bridge-network=vch --public-network='VM Network' --tls-cname=127.0.2.77",
    );
    expect(raw).not.toContain("password");

    await run(debugVch, { name: "vch", "enable-ssh": true });
    expect(machine().guestInfo.get(keys.applianceDebug)).toContain('"enabled":true');

    expect(await failure(run(create, base, undefined))).toContain(
      'A VCH with the name "vch" already exists',
    );
    stop();
    const removed = await run(deleteVch, { name: "vch" });
    expect(removed).toContain('Removing Resource Pool "vch"');
    expect(onDatastore()).toEqual([]);
    expect(host.hypervisor.portGroups.map((g) => g.name)).toEqual(["VM Network"]);
    expect(await failure(run(inspectVch, { name: "vch" }))).toContain(`Didn't find VM "vch"`);
    rmSync(join(cwd, "vch"), { recursive: true });
  });

  test("is made on a vCenter in a folder of its own, on a distributed port group", async () => {
    const esx = host;
    await using vcenter = await TestHost.start({ mode: "vcenter" });
    host = vcenter;
    try {
      expect(await failure(run(create, base, undefined))).toContain("bridge network on vCenter");
      let stop = () => {};
      await run(create, { ...base, "bridge-network": "bridge" }, (line) => {
        if (line === "Waiting for IP information") void playAppliance().then((s) => (stop = s));
      });
      const config = configOf();
      expect(config.inventory).toMatchObject({ datacenterPath: "/DC0" });
      const nics = [...machine().devices.values()].filter((device) => device.kind === "nic");
      expect(nics.map(({ portGroup }) => portGroup).toSorted()).toEqual([
        "VM Network",
        "dvportgroup-23",
      ]);
      expect(await run(listVchs, {})).toMatch(/ \/DC0\/host\/DC0_C0\/Resources +vch /);
      stop();
      await run(deleteVch, { name: "vch" });
      expect(onDatastore()).toEqual([]);
      const { client, world } = vcenter;
      const search = { inventoryPath: "DC0/vm/vch" };
      expect(
        await client.call(world.refs.searchIndex, "FindByInventoryPath", search),
      ).toBeUndefined();
      expect(vcenter.hypervisor.portGroups.map(({ name }) => name)).toContain("dvportgroup-23");
    } finally {
      host = esx;
      rmSync(join(cwd, "vch"), { recursive: true, force: true });
    }
  });

  test("that does not come up is told with its console, and nothing is left of it", async () => {
    const told = await failure(
      run(create, { ...base, timeout: "1s", "image-store": "datastore1/a/b" }, (line) => {
        if (line !== "Waiting for IP information") return;
        const serial = [...machine().devices.values()].find((d) => d.kind === "serial")!;
        writeFileSync((serial as { path: string }).path, "boot\nkernel panic\n");
      }),
    );
    expect(told).toContain("Creating VCH exceeded time limit of 1s");
    expect(output).toContain("kernel panic");
    await expectNothing();
  });

  test("whose creation is interrupted leaves nothing, wherever that happens", async () => {
    // One key to generate instead of three, as often as there are steps.
    const quick = { ...base, "no-tlsverify": true };
    const lines: string[] = [];
    await failure(run(create, { ...quick, timeout: "1s" }, (line) => lines.push(line)));
    const steps = lines.slice(0, lines.indexOf("Waiting for IP information") + 1);
    expect(steps.length).toBeGreaterThan(8);
    for (const step of steps) {
      const stop = new AbortController();
      const onLine = (line: string) => {
        if (line === step) stop.abort(new VicError("cancelled", "interrupted"));
      };
      expect(await failure(run(create, quick, onLine, stop.signal))).not.toBe("");
      expect(stop.signal.aborted).toBe(true);
      await expectNothing();
    }
  });

  test("is deleted with its containers, running ones only with --force, and without others", async () => {
    let stop = () => {};
    await run(create, base, (line) => {
      if (line === "Waiting for IP information") void playAppliance().then((s) => (stop = s));
    });
    stop();
    const { inventory, vm } = configOf();
    const pool = { type: "ResourcePool", value: inventory.pool };
    const make = (name: string, more: Record<string, unknown>) =>
      runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
        config: vmSpec(name, more),
        pool,
      });
    const record = { extraConfig: [{ key: keys.record, value: "{}" }] };
    const running = await make("web", record);
    await make("db", record);
    await make("mine", {});
    await runTask(host.client, running, "PowerOnVM_Task");
    // What stands by for containers is in nobody's use, wherever its files are.
    const owner = { key: keys.owner, value: vm };
    const waiting = { key: keys.config, value: JSON.stringify({ run: 0 }) };
    for (const [name, extraConfig] of Object.entries({ a: [owner], b: [owner, waiting] }))
      await runTask(host.client, await make(name, { extraConfig }), "PowerOnVM_Task");

    // Its VM has gone, its folder is still to go.
    const { datastore: found } = await retrieveOne(host.client, refs.datacenter, ["datastore"]);
    const datastore = await Datastore.open(host.client, (found as MoRef[])[0]!);
    const image = "[datastore1] vch/images/image.vmdk";
    for (const folder of ["images", "containers/half"]) await datastore.mkdir(`vch/${folder}`);
    await createDisk(datastore, image, 1024);
    const child = childDisk("[datastore1] vch/containers/half/image.vmdk", image, {
      controllerKey: -100,
      unitNumber: 0,
    });
    const half = await make("half", {
      files: { vmPathName: "[datastore1] vch/containers/half/half.vmx" },
      deviceChange: [add(pvscsi(-100)), createDevice(child)],
    });
    await host.client.call(half, "UnregisterVM");

    const refused = await failure(run(deleteVch, { name: "vch" }));
    expect(refused).toContain('VM "web" is powered on');
    expect(refused).not.toContain("more)");
    expect(onDatastore()).toEqual(["a", "b", "db", "mine", "vch", "web"]);
    const removed = await run(deleteVch, { name: "vch", force: true });
    expect(removed).toContain('VM "mine" is not of this VCH and is left alone');
    expect(removed).toContain("VCH resource pool is not removed");
    expect(onDatastore()).toEqual(["mine"]);
    const mine = await host.client.call<MoRef>(refs.searchIndex, "FindByInventoryPath", {
      inventoryPath: "ha-datacenter/vm/mine",
    });
    await runTask(host.client, mine, "Destroy_Task");
    await runTask(host.client, pool, "Destroy_Task");
    rmSync(join(cwd, "vch"), { recursive: true });
    await expectNothing();
  });

  test("is not begun where something is wrong, and all that is wrong is told", async () => {
    const wrong: RawOptions = {
      ...base,
      "image-store": "nowhere",
      "public-network": "nothing",
      "compute-resource": "nobody",
    };
    const told = await failure(run(create, wrong));
    for (const text of [
      "validation of configuration failed",
      'datastore "nowhere" not found: Suggested values for --image-store: "datastore1"',
      `--public-network: network 'nothing' not found`,
      'compute resource "nobody" not found',
    ])
      expect(told).toContain(text);
    expect(told.match(/'nothing'/g)).toHaveLength(1);
    expect(await failure(run(create, { ...base, "bridge-network": "VM Network" }))).toContain(
      "must not be shared",
    );
    expect(await failure(run(create, { ...base, password: "wrong" }))).toContain(
      "wrong user name or password",
    );
    await expectNothing();
  });
});

async function expectNothing(): Promise<void> {
  expect(onDatastore()).toEqual([]);
  expect(existsSync(join(cwd, "vch"))).toBe(false);
  expect(host.hypervisor.portGroups.map((g) => g.name)).toEqual(["VM Network"]);
  expect(host.hypervisor.machines.size).toBe(0);
  expect(await run(listVchs, {})).not.toContain("vch ");
}
