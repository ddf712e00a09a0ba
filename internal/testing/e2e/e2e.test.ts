/** Everything at once on real VMs: the built binaries, the stock docker CLI, one VCH for all cases. */
import { afterAll, beforeAll } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCa, issue } from "../../pki/pki.ts";
import { busyboxImage, dockerArchive } from "../fixtures/image.ts";
import { freePort } from "../fixtures/registry.ts";
import { Stand } from "../stand/stand.ts";
import { containerCases } from "./container-cases.ts";
import { fileCases } from "./file-cases.ts";
import { fullCases } from "./full-cases.ts";
import { imageCases } from "./image-cases.ts";
import { policyCases } from "./policy-cases.ts";
import { recoveryCases } from "./recovery-cases.ts";
import { refusalCases } from "./refusal-cases.ts";
import { runCases } from "./run-cases.ts";

const dir = mkdtempSync(join(tmpdir(), "vic-e2e-"));
const stand = new Stand({ dir, loopback: "127.0.9.0/24" });
const plainPorts: [number, number] = [freePort(), freePort()];
const registryCa = await generateCa({ organization: ["end-to-end tests"] });
const tls = await issue(registryCa, {
  organization: ["end-to-end tests"],
  sans: ["10.0.2.2"],
  usage: "server",
});
let isUp = false;

beforeAll(async () => {
  await stand.startHost();
  const caFile = join(dir, "registry-ca.pem");
  writeFileSync(caFile, registryCa.certPem);
  const insecure = plainPorts.flatMap((port) => ["--insecure-registry", `10.0.2.2:${port}`]);
  await stand.createVch([...insecure, "--registry-ca", caFile]);
  await stand.dockerOk(["load"], dockerArchive(await busyboxImage(), "busybox:latest"));
  await stand.enableSsh();
  isUp = true;
}, 900_000);

afterAll(async () => {
  // A create that failed has cleaned up after itself: there may be nothing to delete.
  if (isUp) await stand.deleteVch();
  else await stand.deleteVch().catch(() => undefined);
  await stand.stopHost();
  // A failed set-up keeps its logs for whoever looks.
  if (isUp) rmSync(dir, { recursive: true });
  else console.error(`the stand's logs are in ${dir}`);
}, 300_000);

runCases(() => stand);
containerCases(() => stand);
fileCases(() => stand);
policyCases(() => stand);
imageCases(() => stand, { plainPorts, tls });
recoveryCases(() => stand);
refusalCases(() => stand);
fullCases();
