/** Clients that others wrote, in Python and JavaScript, against a VCH with mutual TLS. */
import { afterAll, beforeAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stand } from "../../stand/stand.ts";
import { dockerodeTests } from "./dockerode.ts";
import { loadImages } from "./images.ts";
import { pythonTests } from "./python.ts";
import { testcontainersTests } from "./testcontainers.ts";

const dir = mkdtempSync(join(tmpdir(), "vic-sdk-"));
const stand = new Stand({ dir, loopback: "127.0.39.0/24" });

beforeAll(async () => {
  await stand.startHost();
  await stand.createVch();
  await loadImages((args, stdin) => stand.docker(args, stdin));
}, 900_000);

afterAll(async () => {
  await stand.deleteVch().catch(() => undefined);
  await stand.stopHost();
  rmSync(dir, { recursive: true, force: true });
}, 300_000);

dockerodeTests(stand);
testcontainersTests(stand);
pythonTests(stand);
