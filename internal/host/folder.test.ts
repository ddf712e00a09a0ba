import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { faultOf } from "../vim25/fault.ts";
import { TestHost } from "./testing/fakes.ts";

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start({ capacityBytes: 32 * 1024 * 1024 });
  mkdirSync(join(host.dir, "datastore1/d"));
});
afterAll(() => host[Symbol.asyncDispose]());

const uploads = () => readdirSync(join(host.dir, "datastore1/.vic-host/upload"));

describe("/folder", () => {
  test("stores, serves and deletes files", async () => {
    expect((await host.fetch("d/a%20b", { method: "PUT", body: "0123456789" })).status).toBe(201);
    expect((await host.fetch("d/a%20b", { method: "PUT", body: "0123456789" })).status).toBe(200);
    const whole = await host.fetch("d/a%20b");
    expect(await whole.text()).toBe("0123456789");
    expect(whole.headers.get("content-length")).toBe("10");
    const head = await host.fetch("d/a%20b", { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("10");
    const part = await host.fetch("d/a%20b", { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 2-4/10",
      "234",
    ]);
    const beyond = await host.fetch("d/a%20b", { headers: { range: "bytes=10-" } });
    expect(beyond.status).toBe(416);
    expect(await (await host.fetch("d")).text()).toContain("a b</a>");
    expect((await host.fetch("d/a%20b", { method: "DELETE" })).status).toBe(204);
    expect((await host.fetch("d/a%20b")).status).toBe(404);
  });

  test("never leaves the datastore", async () => {
    for (const path of ["..%2fpassword", "a%00b", "..%5cx", ".vic-host/upload", "%ff"]) {
      const put = await host.fetch(path, { method: "PUT", body: "x" });
      expect([path, put.status]).toEqual([path, 400]);
    }
    expect((await host.fetch("none/a", { method: "PUT", body: "x" })).status).toBe(404);
    expect(existsSync(join(host.dir, "x"))).toBe(false);
  });

  test("is closed to strangers", async () => {
    const authorization = `Basic ${Buffer.from("root:wrong").toString("base64")}`;
    for (const headers of [
      { authorization },
      { authorization: "Basic !" },
      { authorization: "" },
    ]) {
      expect((await host.fetch("d", { headers })).status).toBe(401);
    }
  });

  test("refuses what does not fit and leaves nothing of it", async () => {
    const block = new Uint8Array(1024 * 1024).fill(1);
    const tooLarge = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 40; i++) controller.enqueue(block);
        controller.close();
      },
    });
    const answer = await host.fetch("d/large", { method: "PUT", body: tooLarge });
    expect(answer.status).toBe(507);
    expect(await answer.text()).toContain("is full");
    expect(existsSync(join(host.dir, "datastore1/d/large"))).toBe(false);
    expect(uploads()).toEqual([]);
    expect((await host.fetch("d/small", { method: "PUT", body: block })).status).toBe(201);
  });

  test("takes a ticket once and only for its request", async () => {
    const path = "/folder/d/small?dcPath=ha-datacenter&dsName=datastore1";
    const { client, running } = host;
    const acquire = (url: string) =>
      client.call<{ id: string }>(client.content.sessionManager!, "AcquireGenericServiceTicket", {
        spec: { _type: "SessionManagerHttpServiceRequestSpec", method: "httpGet", url },
      });
    for (const url of ["", "https://["]) {
      expect(faultOf(await acquire(url).catch((e: unknown) => e))).toBe("InvalidArgument");
    }
    const { id } = await acquire(running.url + path);
    const get = (method: string) =>
      fetch(running.url + path, {
        method,
        headers: { cookie: `vmware_cgi_ticket=${id}` },
        tls: { rejectUnauthorized: false },
      });
    expect((await get("GET")).status).toBe(200);
    expect((await get("GET")).status).toBe(401);
  });
});
