import { afterEach, beforeEach, expect, test } from "bun:test";
import { thumbprint } from "../pki/pki.ts";
import { Client } from "./client.ts";
import { generatedPath, generatedTypes } from "./schema/generate.ts";
import { FakeServer } from "./testing/fake-server.ts";
import { invoke, invokeTask, read } from "./typed.ts";
import type { MoRef } from "./types.ts";
import type { AnyVirtualDevice, VirtualMachineConfigSpec } from "./vim.ts";

let server: FakeServer;
let client: Client;
beforeEach(async () => {
  server = await FakeServer.start();
  const { url, password, pair } = server;
  const print = thumbprint(pair.certPem, "sha256");
  client = await Client.connect({ url, username: "u", password, thumbprint: print });
});
afterEach(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const ref = (type: string): MoRef => ({ type, value: "1" });

test("vim.ts is what the tables make (else run: bun internal/vim25/schema/generate.ts)", async () => {
  // Formatting and quoting aside.
  const bare = (text: string) => text.replaceAll(/[\s;|]|,(?=\s*[}\]])/g, "");
  const written = await Bun.file(generatedPath).text();
  expect(bare(written) === bare(generatedTypes())).toBe(true);
});

test("a call is typed from its parameters to its result", async () => {
  server.handlers["FindByUuid"] = ({ params }) =>
    params["uuid"] === "u" ? ref("VirtualMachine") : undefined;
  const find = (uuid: string) =>
    invoke(client, ref("SearchIndex"), "FindByUuid", { uuid, vmSearch: true });
  const found: MoRef | undefined = await find("u");
  expect(found).toEqual(ref("VirtualMachine"));
  expect(await find("v")).toBeUndefined();
  // @ts-expect-error vmSearch is missing
  const missing = () => invoke(client, ref("SearchIndex"), "FindByUuid", { uuid: "u" });
  // @ts-expect-error a uuid is a string
  const wrong = () => invoke(client, ref("SearchIndex"), "FindByUuid", { uuid: 1, vmSearch: true });
  // @ts-expect-error no such method
  const unknown = () => invoke(client, ref("SearchIndex"), "FindByMagic", {});
  const powerOn = () => invokeTask(client, ref("VirtualMachine"), "PowerOnVM_Task", {});
  // @ts-expect-error a power-on gives nothing
  const result: () => Promise<MoRef> = powerOn;
  expect([missing, wrong, unknown, result]).toHaveLength(4);
});

test("devices are told apart by their type, and typos are found", () => {
  const spec: VirtualMachineConfigSpec = {
    deviceChange: [
      {
        operation: "add",
        device: {
          _type: "ParaVirtualSCSIController",
          key: -1,
          busNumber: 0,
          sharedBus: "noSharing",
        },
      },
      // @ts-expect-error a disk has its capacity in KB
      { operation: "add", device: { _type: "VirtualDisk", key: -2, capacityInMB: 1 } },
      // @ts-expect-error no such operation
      { operation: "plug", device: { key: -2 } },
    ],
  };
  const sizeOf = (device: AnyVirtualDevice) =>
    device._type === "VirtualDisk" ? device.capacityInKB : undefined;
  expect(spec.deviceChange?.map((change) => sizeOf(change.device))).toHaveLength(3);
});

test("properties are typed along their paths", async () => {
  server.handlers["RetrievePropertiesEx"] = ({ params }) => {
    const [spec] = params["specSet"] as { propSet: { pathSet: string[] }[] }[];
    const values: Record<string, unknown> = { name: "vm", "config.hardware.numCPU": 2 };
    const propSet = spec!.propSet[0]!.pathSet.map((name) => ({ name, val: values[name] }));
    return { objects: [{ obj: ref("VirtualMachine"), propSet }] };
  };
  const props = await read(client, ref("VirtualMachine"), "VirtualMachine", [
    "name",
    "config.hardware.numCPU",
  ]);
  const cpus: number | undefined = props["config.hardware.numCPU"];
  const name: string | undefined = props.name;
  expect([name, cpus]).toEqual(["vm", 2]);
  // @ts-expect-error no such property
  const wrong = () => read(client, ref("VirtualMachine"), "VirtualMachine", ["nmae"]);
  expect(wrong).toBeFunction();
});
