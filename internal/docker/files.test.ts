/** cp, diff, export and commit by the stock docker CLI; the port layer is a fake with a folder for each container. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { lstat, mkdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { busyboxImage, dockerArchive, type FixtureImage } from "../testing/fixtures/image.ts";
import { goMode } from "./engine/files.ts";
import { DockerStand, type Ran } from "./testing/stand.ts";

setDefaultTimeout(20_000);
const name = "busybox:files";
let stand: DockerStand;
let image: FixtureImage;

beforeAll(async () => {
  stand = await DockerStand.start();
  image = await busyboxImage();
  const archive = join(stand.directory, "image.tar");
  await writeFile(archive, dockerArchive(image, name));
  ok(await stand.docker(["load", "-i", archive]));
  ok(await stand.docker(["create", "--name", "box", name, "sleep", "100"]));
});
afterAll(() => stand[Symbol.asyncDispose]());

/** A path in the folder that stands for the container's root. */
const inBox = (path: string) => join([...stand.fake.containers.values()][0]!.files, path);

function ok(ran: Ran): string {
  if (ran.code !== 0) throw new Error(`exit code ${ran.code}: ${ran.stderr}${ran.stdout}`);
  return ran.stdout.trim();
}

async function fails(args: string[], text: string): Promise<void> {
  const ran = await stand.docker(args);
  expect(ran.stderr + ran.stdout).toContain(text);
  expect(ran.code).not.toBe(0);
}

test("cp both ways keeps names, modes and links", async () => {
  const folder = join(stand.directory, "cp");
  await mkdir(join(folder, "sub"), { recursive: true });
  await writeFile(join(folder, "sub/run.sh"), "#!/bin/sh\n", { mode: 0o755 });
  await symlink("run.sh", join(folder, "sub/link"));
  ok(await stand.docker(["cp", folder, "box:/copied"]));
  expect(await readFile(inBox("copied/sub/run.sh"), "utf8")).toBe("#!/bin/sh\n");
  expect((await lstat(inBox("copied/sub/run.sh"))).mode & 0o777).toBe(0o755);
  ok(await stand.docker(["cp", "box:/copied/sub/.", join(stand.directory, "back")]));
  expect(await readlink(join(stand.directory, "back/link"))).toBe("run.sh");
  ok(await stand.docker(["cp", "-L", "box:/copied/sub/link", join(stand.directory, "followed")]));
  expect(await readFile(join(stand.directory, "followed"), "utf8")).toBe("#!/bin/sh\n");
  const listed = await stand.docker(["cp", "box:/copied/sub", "-"]);
  expect(listed.stdout).toContain("sub/run.sh");
});

test("cp tells what is missing and what cannot be", async () => {
  const text = "Could not find the file /missing in container";
  await fails(["cp", "box:/missing", stand.directory], text);
  await fails(["cp", "/etc/hostname", "box:/no/such/"], "no such");
  ok(await stand.docker(["create", "--name", "fixed", "--read-only", name]));
  await fails(["cp", "/etc/hostname", "fixed:/x"], "container rootfs is marked read-only");
  ok(await stand.docker(["rm", "fixed"]));
});

test("the raw calls tell path and container before they look at the archive", async () => {
  const call = async (request: string, init: RequestInit = {}) => {
    const response = await stand.call(`/containers/${request}`, init);
    return [response.status, await response.json().catch(() => null)] as unknown[];
  };
  const put = { method: "PUT" };
  expect(await call("box/archive", put)).toEqual([
    400,
    { message: "bad parameter: pathcannot be empty" },
  ]);
  expect(await call("box/archive?path=/missing", put)).toEqual([
    404,
    { message: "Could not find the file /missing in container box" },
  ]);
  expect(await call("box/archive?path=/", put)).toEqual([200, null]);
  const post = { method: "POST" };
  const attach = await stand.call("/containers/none/attach", post);
  expect([attach.status, await attach.text()]).toEqual([404, "No such container: none\r\n"]);
  expect(attach.headers.get("content-type")).toBe("application/vnd.docker.raw-stream");
  expect(await call("none/attach/ws")).toEqual([404, { message: "No such container: none" }]);
  expect(await call("box/resize?h=x&w=1", post)).toEqual([
    400,
    { message: 'invalid resize height "x": invalid syntax' },
  ]);
  const nameless = await stand.call("/commit", post);
  expect(await nameless.json()).toEqual({ message: 'invalid name or ID supplied: ""' });
});

test("a link's mode is that of Linux", () => {
  expect(goMode(0o120644)).toBe(0x08000000 + 0o777);
  expect(goMode(0o100644)).toBe(0o644);
});

test("diff and export", async () => {
  await writeFile(inBox("new"), "new");
  expect(ok(await stand.docker(["diff", "box"])).split("\n")).toContain("A /new");
  const file = join(stand.directory, "box.tar");
  ok(await stand.docker(["export", "-o", file, "box"]));
  const list = Bun.spawnSync(["tar", "-tf", file]).stdout.toString().split("\n");
  expect(list).toContain("new");
  expect(list).toContain("copied/sub/run.sh");
});

test("commit makes an image of the changes and of what --change says", async () => {
  const change = ["--change", 'CMD ["echo", "committed"]', "--change", "ENV A=b"];
  const id = ok(
    await stand.docker(["commit", "-m", "why", "-a", "me", ...change, "box", "made:1"]),
  );
  const format = "{{.Id}} {{json .Config.Cmd}} {{.Author}} {{.Comment}} {{len .RootFS.Layers}}";
  const shown = ok(await stand.docker(["inspect", "-f", format, "made:1"]));
  const layers = image.layers.length + 1;
  expect(shown).toBe(`${id} ["echo","committed"] me why ${layers}`);
  expect(ok(await stand.docker(["run", "--rm", "made:1"]))).toBe("committed");
  await fails(["commit", "--change", "RUN x", "box"], "run is not a valid change command");
  await fails(["commit", "box", "Bad Name"], "invalid reference format");
});
