import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPublicKey } from "./debug.ts";

const dir = mkdtempSync(join(tmpdir(), "vic-key-"));
afterAll(() => rmSync(dir, { recursive: true }));

function read(content: string): string {
  writeFileSync(join(dir, "key"), content);
  return readPublicKey("key", dir);
}

test("--authorized-key takes one OpenSSH public key and nothing else", () => {
  const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@here";
  expect(read(`${key}\n`)).toBe(key);
  expect(readPublicKey(undefined, dir)).toBe("");
  expect(() => read("-----BEGIN OPENSSH PRIVATE KEY-----\nx")).toThrow("is a private key");
  expect(() => read(`${key}\n${key}`)).toThrow("not an OpenSSH public key");
  expect(() => read('command="x" ssh-rsa AAAA')).toThrow("not an OpenSSH public key");
  expect(() => readPublicKey("missing", dir)).toThrow("--authorized-key");
});
