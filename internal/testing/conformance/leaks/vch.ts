/** A stand with a VCH and a busybox image, for suites that count or kill. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busyboxImage, dockerArchive } from "../../fixtures/image.ts";
import { sparesMax } from "../../../portlayer/templates/spares.ts";
import { Stand, until } from "../../stand/stand.ts";
import { spares } from "../durability/observe.ts";

/** A booted guest may take this long on a crowded host without KVM. */
const templateSeconds = 300;

/** Makes it, and waits until it is at rest. `loopback`: a /24 that no other suite uses. */
export async function openVch(loopback: string): Promise<Stand> {
  const stand = new Stand({ dir: mkdtempSync(join(tmpdir(), "vic-vch-")), loopback });
  await stand.startHost();
  await stand.createVch();
  await stand.dockerOk(["load"], dockerArchive(await busyboxImage(), "busybox:latest"));
  await stand.enableSsh();
  // It waits in there: every connection would take time that the template needs.
  const isReady = 'grep -q "templates: .*: ready after" /var/log/vic/port-layer.log';
  await stand.ssh(`timeout ${templateSeconds} sh -c 'until ${isReady}; do sleep 0.2; done'`);
  await untilSpares(stand);
  return stand;
}

/** Waits until all spare VMs are there that are made ahead. */
export async function untilSpares({ hostDir }: Stand): Promise<void> {
  await until("spare VMs", templateSeconds, () => spares(hostDir).size >= sparesMax);
}

/** Deletes it; with `isFailed` its logs stay, and their place is printed. */
export async function closeVch(stand: Stand, isFailed: boolean): Promise<void> {
  if (isFailed) {
    const log = await stand.ssh("tail -n 2000 /var/log/vic/*.log").catch(String);
    await Bun.write(join(stand.options.dir, "appliance.log"), log);
  }
  await stand.deleteVch();
  await stand.stopHost();
  if (isFailed) console.error(`the stand's logs are in ${stand.options.dir}`);
  else rmSync(stand.options.dir, { recursive: true });
}
