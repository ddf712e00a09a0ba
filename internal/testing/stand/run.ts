/** `make run`: vic-host, a VCH in it, and a first container, all below run/. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { busyboxImage, dockerArchive } from "../fixtures/image.ts";
import { root, Stand } from "./stand.ts";

const say = (line: string) => console.log(line);
const dir = join(root, "run");
mkdirSync(dir, { recursive: true });
const stand = new Stand({ dir, loopback: "127.0.2.0/24", say });

say("Starting vic-host");
await stand.startHost();
if ((await stand.docker(["version"])).code !== 0) {
  if ((await stand.machine(["inspect", "--name", stand.name])).code === 0) {
    throw new Error(`the VCH is there but docker does not answer: see ${dir}, or make stop`);
  }
  await stand.createVch();
}
stand.writeEnv(join(dir, "env"));

if ((await stand.docker(["image", "inspect", "busybox"])).code !== 0) {
  say("Loading an image made from Debian's busybox-static");
  await stand.dockerOk(["load"], dockerArchive(await busyboxImage(), "busybox:latest"));
}
say("$ docker run --rm busybox echo hello from a container in its own VM");
say(
  (
    await stand.dockerOk(["run", "--rm", "busybox", "echo", "hello from a container in its own VM"])
  ).trim(),
);

say(`
The VCH is running. To use it:    source run/env && docker run -it --rm busybox
What vSphere would show:          bin/vic-machine-linux ls --target ${stand.host.url} --user root --thumbprint ${stand.host.thumbprint}
                                  (the password is in run/host/password)
To stop it and remove its data:   make stop`);
process.exit(0);
