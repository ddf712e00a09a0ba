import { afterAll, beforeAll, expect, test } from "bun:test";
import { thumbprint } from "../pki/pki.ts";
import { Client } from "../vim25/client.ts";
import { FakeServer } from "../vim25/testing/fake-server.ts";
import { Datastore, parseDatastorePath } from "./datastore.ts";

let server: FakeServer;
let client: Client;
let datastore: Datastore;

const dc = { type: "Datacenter", value: "dc" };
const root = { type: "Folder", value: "root" };
const ds = { type: "Datastore", value: "ds" };
const content = (obj: object, props: Record<string, unknown>) => ({
  obj,
  propSet: Object.entries(props).map(([name, val]) => ({ name, val })),
});

beforeAll(async () => {
  server = await FakeServer.start({
    RetrievePropertiesEx: () => ({
      objects: [
        content(ds, {
          name: "ds 1",
          browser: { type: "HostDatastoreBrowser", value: "b" },
          parent: dc,
        }),
        content(dc, { name: "a%2fb", parent: root }),
        content(root, { name: "Datacenters" }),
      ],
    }),
  });
  client = await Client.connect({
    url: server.url,
    username: "u",
    password: server.password,
    thumbprint: thumbprint(server.pair.certPem, "sha1"),
  });
  datastore = await Datastore.open(client, ds);
});
afterAll(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

test("paths are taken in both forms and stay on the datastore", () => {
  expect(datastore.full("a/b")).toBe("[ds 1] a/b");
  expect(datastore.full("[ds 1] a/b")).toBe("[ds 1] a/b");
  expect(datastore.full("")).toBe("[ds 1]");
  expect(datastore.relative("/a/b/")).toBe("a/b");
  for (const bad of ["../x", "a/../../x", "[other] a", "[ds 1] ../a", "[broken a"]) {
    expect(() => datastore.relative(bad)).toThrow(expect.objectContaining({ code: "invalid" }));
  }
  expect(parseDatastorePath("[ds] a/b")).toEqual({ datastore: "ds", path: "a/b" });
});

test("the URL escapes what it must", () => {
  expect(datastore.urlPath("a b/#?.vmdk")).toBe(
    "/folder/a%20b/%23%3F.vmdk?dcPath=a%252fb&dsName=ds+1",
  );
});

test("the root is never removed", async () => {
  await expect(datastore.remove("/")).rejects.toMatchObject({ code: "internal" });
  await expect(datastore.remove("[ds 1]")).rejects.toMatchObject({ code: "internal" });
});

test("a source that fails says so, not that the host is down", async () => {
  const source = new ReadableStream<Uint8Array>({
    pull: () => {
      throw new Error("disk on fire");
    },
  });
  const upload = datastore.upload(source, "a", { sizeBytes: 100 });
  await expect(upload).rejects.toMatchObject({
    message: expect.stringContaining("its source failed"),
  });
  const endless = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
  await expect(datastore.upload(endless, "a")).rejects.toMatchObject({ code: "internal" });
});
