/** Everything at once on real VMs: the built binaries, the stock docker CLI, one VCH for all cases. */
import { afterAll, beforeAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busyboxImage, dockerArchive } from "../fixtures/image.ts";
import { Stand } from "../stand/stand.ts";
import { containerCases } from "./container-cases.ts";
import { fullCases } from "./full-cases.ts";
import { imageCases } from "./image-cases.ts";
import { recoveryCases } from "./recovery-cases.ts";
import { refusalCases } from "./refusal-cases.ts";
import { runCases } from "./run-cases.ts";

const dir = mkdtempSync(join(tmpdir(), "vic-e2e-"));
const stand = new Stand({ dir, loopback: "127.0.9.0/24" });
let isUp = false;

beforeAll(async () => {
  await stand.startHost();
  await stand.createVch(["--insecure-registry", "10.0.2.2"]);
  await stand.dockerOk(["load"], dockerArchive(await busyboxImage(), "busybox:latest"));
  await stand.enableSsh();
  isUp = true;
}, 900_000);

afterAll(async () => {
  if (isUp) await stand.deleteVch();
  await stand.stopHost();
  // A failed set-up keeps its logs for whoever looks.
  if (isUp) rmSync(dir, { recursive: true });
  else console.error(`the stand's logs are in ${dir}`);
}, 300_000);

runCases(() => stand);
containerCases(() => stand);
imageCases(() => stand);
recoveryCases(() => stand);
refusalCases(() => stand);
fullCases();
