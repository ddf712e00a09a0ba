import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { TestHost } from "./testing/fakes.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

const secret = "nobody may read this";
let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
  writeFileSync(join(host.dir, "secret"), secret);
  mkdirSync(join(host.dir, "outside"));
  const inside = join(host.dir, "datastore1");
  symlinkSync(join(host.dir, "secret"), join(inside, "file-link"));
  symlinkSync(join(host.dir, "outside"), join(inside, "folder-link"));
  symlinkSync("..", join(inside, "up-link"));
});
afterAll(() => host[Symbol.asyncDispose]());

/** A request whose path goes over the wire as it is: fetch would tidy it up. */
function raw(method: string, target: string): Promise<string> {
  const { port } = new URL(host.running.url);
  const credentials = Buffer.from(`root:${host.password}`).toString("base64");
  const body = method === "PUT" ? "content-length: 1\r\n\r\nx" : "\r\n";
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: Number(port), rejectUnauthorized: false };
    const socket = connect(options, () => {
      socket.write(
        `${method} ${target} HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${credentials}\r\n` +
          `connection: close\r\n${body}`,
      );
    });
    let answer = "";
    socket.on("data", (bytes: Buffer) => (answer += bytes.toString("latin1")));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

const escapes = [
  "../secret",
  "../../secret",
  "./../secret",
  "a/../../secret",
  "%2e%2e/secret",
  "%2e%2e%2fsecret",
  "..%2fsecret",
  "..%5csecret",
  "..\\secret",
  "%252e%252e/secret",
  "%c0%ae%c0%ae/secret",
  "..;/secret",
  "..%00/secret",
  "%EF%BC%8E%EF%BC%8E/secret",
  "up-link/secret",
  "file-link",
  "folder-link/new",
];

test("no path leaves the datastore, however it is written", async () => {
  const query = "?dcPath=ha-datacenter&dsName=datastore1";
  for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
    for (const path of escapes) {
      const answer = await raw(method, `/folder/${path}${query}`);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
      expect([method, path, status >= 400 && status < 500]).toEqual([method, path, true]);
      expect(answer).not.toContain(secret);
    }
  }
  expect(readFileSync(join(host.dir, "secret"), "utf8")).toBe(secret);
  expect(existsSync(join(host.dir, "outside", "new"))).toBe(false);
});

test("no other datacenter or datastore is made up", async () => {
  for (const query of [
    "dcPath=ha-datacenter&dsName=..",
    "dcPath=ha-datacenter&dsName=datastore1/..",
    "dcPath=..&dsName=datastore1",
    "dcPath=ha-datacenter&dsName=",
  ]) {
    const answer = await raw("GET", `/folder/secret?${query}`);
    expect([query, answer.slice(0, 12)]).toEqual([query, "HTTP/1.1 404"]);
  }
});
