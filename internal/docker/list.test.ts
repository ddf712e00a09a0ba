/** `docker ps` with every filter its documentation has, and what ps and inspect show; the port layer is a fake. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { busyboxImage, dockerArchive } from "../testing/fixtures/image.ts";
import { DockerStand } from "./testing/stand.ts";

setDefaultTimeout(20_000);
let stand: DockerStand;
const ids = new Map<string, string>();
beforeAll(async () => {
  stand = await DockerStand.start();
  const archive = new Uint8Array(dockerArchive(await busyboxImage(), "busybox:latest"));
  expect((await stand.docker(["load"], { stdin: archive })).code).toBe(0);
  const run = async (name: string, ...args: string[]) => {
    const ran = await stand.docker(["run", "-d", "--name", name, ...args]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    ids.set(name, ran.stdout.trim());
  };
  const mount = ["--mount", "type=tmpfs,dst=/data,readonly", "--tmpfs", "/scratch"];
  const ports = ["-p", "8080:80", "--expose", "90", "--expose", "53/udp"];
  await run("web", "--label", "a=b", ...ports, ...mount, "busybox", "sleep", "100");
  await run("db", "--label", "a", "--annotation", "x=y", "busybox", "sleep", "100");
  await run("job", "--network", "none", "busybox", "sh", "-c", "exit 3");
  await stand.docker(["wait", "job"]);
  ids.set("idle", (await stand.docker(["create", "--name", "idle", "busybox"])).stdout.trim());
  stand.fake.containers.get(ids.get("db")!)!.container.health = {
    status: "healthy",
    failingStreak: 0,
    log: [],
  };
});
afterAll(() => stand[Symbol.asyncDispose]());

async function listed(...filters: string[]): Promise<string[]> {
  const args = filters.flatMap((filter) => ["--filter", filter]);
  const ran = await stand.docker(["ps", "-a", ...args, "--format", "{{.Names}}"]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return ran.stdout.split("\n").filter(Boolean);
}

test("filters", async () => {
  const id = (name: string) => ids.get(name)!.slice(0, 12);
  const cases: [string[], string[]][] = [
    [[], ["idle", "job", "db", "web"]],
    [[`id=${id("db")}`], ["db"]],
    [["id=zz"], []],
    [["name=b$"], ["job", "db", "web"]],
    [["name=/web"], ["web"]],
    [
      ["name=web", "name=db"],
      ["db", "web"],
    ],
    [["label=a"], ["db", "web"]],
    [["label=a=b"], ["web"]],
    [["exited=3"], ["job"]],
    [["exited=0"], []],
    [["status=created"], ["idle"]],
    [
      ["status=exited", "status=created"],
      ["idle", "job"],
    ],
    [["ancestor=busybox"], ["idle", "job", "db", "web"]],
    [["ancestor=other"], []],
    [["before=db"], ["web"]],
    [["since=db"], ["idle", "job"]],
    [["volume=/data"], ["web"]],
    [["volume=/scratch"], []],
    [["network=none"], ["job"]],
    [["network=bridge"], ["idle", "db", "web"]],
    [["publish=80"], ["web"]],
    [["publish=70-80/tcp"], ["web"]],
    [["publish=90"], []],
    [["expose=90"], ["web"]],
    [["expose=53/udp"], ["web"]],
    [["expose=53"], []],
    [["health=healthy"], ["db"]],
    [["health=none"], ["idle", "job", "web"]],
    [["is-task=true"], []],
    [["is-task=false"], ["idle", "job", "db", "web"]],
    [["label=a", "status=running", "publish=80"], ["web"]],
  ];
  for (const [filters, wanted] of cases)
    expect([filters, await listed(...filters)]).toEqual([filters, wanted]);
  for (const [filter, text] of [
    ["nonsense=1", "invalid filter 'nonsense'"],
    ["status=nonsense", "invalid filter 'status=nonsense'"],
    ["health=nonsense", "Unrecognised filter value for health: nonsense"],
    ["exited=x", "exited=x"],
    ["before=nobody", "No such container: nobody"],
    ["publish=x", "error while looking up for publish x"],
  ] as const)
    await expect(listed(filter)).rejects.toThrow(text);
  const networks = await stand.docker(["network", "ls", "-f", "dangling=x"]);
  expect(networks.stderr).toContain("invalid value for filter 'dangling'");
});

test("a container without a network is listed with none", async () => {
  const args = ["ps", "-a", "-f", "name=job", "--format", "{{.Networks}}"];
  expect((await stand.docker(args)).stdout).toBe("none\n");
});

test("mounts and annotations are shown where the version has them", async () => {
  const mounts = { Type: "tmpfs", Source: "", Destination: "/data", Mode: "", RW: false };
  const inspect = await stand.docker(["inspect", "-f", "{{json .Mounts}}", "web"]);
  expect(JSON.parse(inspect.stdout)).toEqual([{ ...mounts, Propagation: "" }]);
  const format = ["--format", "{{json .}}", "--filter", "name=db"];
  const shown = await stand.docker(["ps", "-a", ...format]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ Names: "db", Networks: "bridge", Labels: "a=" });
  const db = stand.fake.containers.get(ids.get("db")!)!.container.record.docker;
  expect(db.hostConfig).toMatchObject({ Annotations: { x: "y" } });
});

test("inspect has every field of the newest API", async () => {
  const { stdout } = await stand.docker(["inspect", "web"]);
  const [container] = JSON.parse(stdout) as [Record<string, Record<string, unknown>>];
  const top =
    "AppArmorProfile Args Config Created Driver ExecIDs GraphDriver HostConfig HostnamePath HostsPath Id Image LogPath MountLabel Mounts Name NetworkSettings Path Platform ProcessLabel ResolvConfPath RestartCount State";
  expect(Object.keys(container).toSorted()).toEqual(top.split(" "));
  const state =
    "Dead Error ExitCode FinishedAt OOMKilled Paused Pid Restarting Running StartedAt Status";
  expect(Object.keys(container["State"]!).toSorted()).toEqual(state.split(" "));
  const settings =
    "Bridge EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen HairpinMode IPAddress IPPrefixLen IPv6Gateway LinkLocalIPv6Address LinkLocalIPv6PrefixLen MacAddress Networks Ports SandboxID SandboxKey SecondaryIPAddresses SecondaryIPv6Addresses";
  expect(Object.keys(container["NetworkSettings"]!).toSorted()).toEqual(settings.split(" "));
  const networks = container["NetworkSettings"]!["Networks"] as Record<string, object>;
  const endpoint =
    "Aliases DNSNames DriverOpts EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen GwPriority IPAMConfig IPAddress IPPrefixLen IPv6Gateway Links MacAddress NetworkID";
  expect(Object.keys(networks["bridge"]!).toSorted()).toEqual(endpoint.split(" "));
});

test("info tells of the limits that are kept, and of the logs there are", async () => {
  const { stdout } = await stand.docker(["info", "--format", "{{json .}}"]);
  const kept = { CPUShares: true, CPUSet: true, CpuCfsQuota: true, MemoryLimit: true };
  const plugins = { Log: ["json-file", "local", "none"] };
  expect(JSON.parse(stdout)).toMatchObject({ ...kept, PidsLimit: true, Plugins: plugins });
});

test("versions: the newest by default, old ones served, others refused", async () => {
  const version = async (wanted: string) => {
    const env = { DOCKER_API_VERSION: wanted };
    const ran = await stand.docker(["ps", "-q"], { env });
    return ran.code === 0 ? "served" : ran.stderr;
  };
  for (const wanted of ["1.24", "1.41", "1.50"]) expect(await version(wanted)).toBe("served");
  expect(await version("1.23")).toContain("client version 1.23 is too old");
  expect(await version("1.99")).toContain("client version 1.99 is too new");
  const shown = await stand.docker(["version", "--format", "{{json .Server}}"]);
  const details = { ApiVersion: "1.50", MinAPIVersion: "1.24", Os: "linux", Arch: "amd64" };
  const engine = { Name: "Engine", Details: expect.objectContaining(details) };
  expect(JSON.parse(shown.stdout)).toMatchObject({ ...details, Components: [engine] });
});
