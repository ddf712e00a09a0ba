import { afterAll, beforeAll, describe } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busyboxImage, dockerArchive } from "../../fixtures/image.ts";
import { Stand } from "../../stand/stand.ts";
import { Govc, peer } from "./case.ts";
import { declare } from "./declare.ts";
import { guestGroups } from "./guest-cases.ts";

const binary = peer("govc");

describe.skipIf(!binary)("govc against a container VM", () => {
  let stand: Stand;
  let govc: Govc;
  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "vic-govc-"));
    stand = new Stand({ dir, loopback: "127.0.48.0/24" });
    await stand.startHost();
    await stand.createVch();
    await stand.dockerOk(["load"], dockerArchive(await busyboxImage(), "busybox:latest"));
    const run = ["run", "-d", "--name", "guest", "busybox", "sleep", "100000"];
    const id = (await stand.dockerOk(run)).trim();
    govc = new Govc(binary ?? "", {
      info: stand.host,
      password: stand.password,
      dir: stand.options.dir,
      datastore: join(stand.hostDir, "datastore1"),
    });
    govc.guestLogin = `${id}:`;
    govc.makeLocalFiles();
    govc.vmPath = (await govc.ok("find / -type m -name guest-*")).trim();
  });
  afterAll(async () => {
    await stand.deleteVch();
    await stand.stopHost();
    rmSync(stand.options.dir, { recursive: true, force: true });
  });
  declare(guestGroups, () => govc);
});
