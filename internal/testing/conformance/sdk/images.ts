import { busyboxImage, dockerArchive, type FixtureImage, makeImage } from "../../fixtures/image.ts";
import { makeTar } from "../../fixtures/tar.ts";
import type { Finished } from "../../stand/stand.ts";

/** What the tests of the SDKs run. */
const tags = ["alpine:3.10", "alpine:latest", "busybox:latest"];

/** Loads what stands in for Alpine and busybox: busybox, with what the tests look for in Alpine. */
export async function loadImages(
  docker: (args: string[], stdin: Uint8Array) => Promise<Finished>,
): Promise<void> {
  const image = await alpineImage();
  for (const tag of tags) {
    const done = await docker(["load"], dockerArchive(image, tag));
    if (done.code !== 0) throw new Error(`docker load of ${tag}: ${done.stderr}`);
  }
}

async function alpineImage(): Promise<FixtureImage> {
  const { layers } = await busyboxImage();
  const users = ["root:x:0:0:root:/root:/bin/sh", "postgres:x:70:70::/var/lib/postgresql:/bin/sh"];
  const more = makeTar([
    { path: "etc/passwd", content: `${users.join("\n")}\n` },
    { path: "etc/group", content: "root:x:0:\npostgres:x:70:\n" },
    { path: "var/opt" },
  ]);
  return makeImage([...layers, more], { Cmd: ["/bin/sh"], Env: ["PATH=/usr/bin:/bin"] });
}
