/**
 * Every flag of the docker CLI's `run`, and every field of HostConfig in API 1.50: honoured, refused with a reason, or
 * warned about; none is taken and then ignored.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CreateContainer } from "../portlayer/api/types.ts";
import { busyboxImage, dockerArchive } from "../testing/fixtures/image.ts";
import { DockerStand } from "./testing/stand.ts";

const MiB = 1024 * 1024;
setDefaultTimeout(60_000);
let stand: DockerStand;
/** A file of variables. */
let envFile: string;
beforeAll(async () => {
  stand = await DockerStand.start();
  const busybox = await busyboxImage();
  const archive = new Uint8Array(dockerArchive(busybox, "busybox:latest"));
  const load = await stand.docker(["load"], { stdin: archive });
  if (load.code !== 0) throw new Error(load.stderr);
  envFile = join(stand.directory, "env");
  await writeFile(envFile, "from_file=1\n");
  const run = await stand.docker(["run", "-d", "--name", "other", "busybox", "sleep", "1000"]);
  if (run.code !== 0) throw new Error(run.stderr);
});
afterAll(() => stand[Symbol.asyncDispose]());

type Wanted = Record<string, unknown>;
/** What becomes of a flag: see the functions that make them. */
type Flag =
  | "of the client"
  | { args: string; asked: Wanted }
  | { args: string; format: string; output: string }
  | { args: string; refused: string[] }
  | { args: string; warned: string };

/** It is the CLI's own affair. */
const ofClient: Flag = "of the client";
/** The port layer is asked for this. */
const asked = (args: string, wanted: Wanted): Flag => ({ args, asked: wanted });
const sandbox = (args: string, wanted: Wanted) => asked(args, { sandbox: wanted });
const limits = (args: string, wanted: Wanted) => sandbox(args, { limits: wanted });
const process = (args: string, wanted: Wanted) => asked(args, { process: wanted });
const health = (args: string, wanted: Wanted) =>
  asked(`--health-cmd=true ${args}`, { healthcheck: wanted });
/** inspect shows it. */
const shown = (args: string, format: string, output: string): Flag => ({ args, format, output });
/** An error, with its reason. */
const refused = (args: string, ...texts: [string, string]): Flag => ({ args, refused: texts });
const warned = (args: string, text: string): Flag => ({ args, warned: text });

const device = (value: string) => `/dev/sda:${value}`;
const ownKernel = "nothing to share";
const disks = "limits of the VM's disks in vSphere";
const noVolumes = "use --tmpfs";

const flags: Record<string, Flag> = {
  "add-host": asked("--add-host a:1.2.3.4", { extraHosts: [{ name: "a", address: "1.2.3.4" }] }),
  annotation: sandbox("--annotation a=b", { annotations: { a: "b" } }),
  attach: shown(
    "--attach stderr",
    "{{.Config.AttachStdout}} {{.Config.AttachStderr}}",
    "false true",
  ),
  "blkio-weight": refused("--blkio-weight 10", "--blkio-weight 10 is not supported", disks),
  "blkio-weight-device": refused(
    `--blkio-weight-device ${device("10")}`,
    "is not supported",
    disks,
  ),
  "cap-add": sandbox("--cap-add net_admin", { capAdd: ["CAP_NET_ADMIN"] }),
  "cap-drop": sandbox("--cap-drop ALL", { capDrop: ["ALL"] }),
  "cgroup-parent": refused(
    "--cgroup-parent x",
    "--cgroup-parent x is not supported",
    "resource pool",
  ),
  cgroupns: refused("--cgroupns host", "--cgroupns host is not supported", ownKernel),
  cidfile: ofClient,
  "cpu-period": limits("--cpu-period 50000", { cpuPeriodUs: 50_000 }),
  "cpu-quota": limits("--cpu-quota 50000", { cpuQuotaUs: 50_000 }),
  "cpu-rt-period": refused("--cpu-rt-period 5", "--cpu-rt-period 5 is not supported", "use --cpus"),
  "cpu-rt-runtime": refused("--cpu-rt-runtime 5", "--cpu-rt-runtime 5 is", "use --cpus"),
  "cpu-shares": limits("--cpu-shares 512", { cpuShares: 512 }),
  cpus: asked("--cpus 2", { cpus: 2 }),
  "cpuset-cpus": asked("--cpuset-cpus 0-2", { cpus: 3 }),
  "cpuset-mems": refused("--cpuset-mems 0,1", "--cpuset-mems 0,1 is", "one memory node"),
  detach: ofClient,
  "detach-keys": ofClient,
  device: sandbox("--device /dev/fuse:/dev/f:r", {
    devices: [{ source: "/dev/fuse", destination: "/dev/f", access: "r" }],
  }),
  "device-cgroup-rule": refused(
    "--device-cgroup-rule=c%201:3%20rwm",
    "--device-cgroup-rule is",
    "use --device",
  ),
  "device-read-bps": refused(`--device-read-bps ${device("1mb")}`, "is not supported", disks),
  "device-read-iops": refused(`--device-read-iops ${device("1")}`, "is not supported", disks),
  "device-write-bps": refused(`--device-write-bps ${device("1mb")}`, "is not supported", disks),
  "device-write-iops": refused(`--device-write-iops ${device("1")}`, "is not supported", disks),
  "disable-content-trust": ofClient,
  dns: asked("--dns 1.2.3.4", { dns: { nameservers: ["1.2.3.4"] } }),
  "dns-option": asked("--dns-option ndots:2", { dns: { options: ["ndots:2"] } }),
  "dns-search": asked("--dns-search a.b", { dns: { search: ["a.b"] } }),
  domainname: asked("--domainname a.b", { domainname: "a.b" }),
  entrypoint: process("--entrypoint /bin/x", { args: ["/bin/x", "true"] }),
  env: shown("--env A=b", "{{index .Config.Env 0}}", "A=b"),
  "env-file": shown("--env-file $ENV", "{{index .Config.Env 0}}", "from_file=1"),
  expose: shown("--expose 80", "{{.Config.ExposedPorts}}", "map[80/tcp:{}]"),
  gpus: refused("--gpus all", "--gpus is not supported", "no devices of its host"),
  "group-add": sandbox("--group-add 7", { groupAdd: ["7"] }),
  "health-cmd": asked("--health-cmd x", { healthcheck: { args: ["/bin/sh", "-c", "x"] } }),
  "health-interval": health("--health-interval 2s", { intervalMs: 2000 }),
  "health-retries": health("--health-retries 7", { retries: 7 }),
  "health-start-interval": health("--health-start-interval 2s", { startIntervalMs: 2000 }),
  "health-start-period": health("--health-start-period 2s", { startPeriodMs: 2000 }),
  "health-timeout": health("--health-timeout 2s", { timeoutMs: 2000 }),
  help: ofClient,
  hostname: asked("--hostname h", { hostname: "h" }),
  init: sandbox("--init", { init: true }),
  interactive: process("--interactive", { openStdin: true, stdinOnce: true }),
  ip: asked("--ip 172.16.0.9 --network bridge", { networks: [{ address: "172.16.0.9" }] }),
  ip6: refused("--ip6 fd00::1 --network bridge", "--ip6 is not supported", "IPv4"),
  ipc: refused("--ipc host", "--ipc host is not supported", ownKernel),
  isolation: refused("--isolation hyperv", "--isolation hyperv is", "isolated as a VM"),
  // The CLI does not send it any more.
  "kernel-memory": ofClient,
  label: shown("--label a=b", "{{.Config.Labels.a}}", "b"),
  "label-file": shown("--label-file $ENV", "{{.Config.Labels.from_file}}", "1"),
  link: asked("--link other:o", {
    process: { env: expect.arrayContaining([expect.stringMatching(/^O_NAME=/)]) },
  }),
  "link-local-ip": refused(
    "--link-local-ip 169.254.1.1 --network bridge",
    "--link-local-ip is",
    "IPv4",
  ),
  "log-driver": asked("--log-driver none", { log: { maxBytes: 0, maxFiles: 0 } }),
  "log-opt": asked("--log-opt max-size=1m", { log: { maxBytes: MiB } }),
  "mac-address": asked("--mac-address 02:42:ac:11:00:09", {
    networks: [{ mac: "02:42:ac:11:00:09" }],
  }),
  memory: asked("--memory 1g", { memoryMiB: 1024 }),
  "memory-reservation": limits("--memory-reservation 64m", { memoryReservationBytes: 64 * MiB }),
  "memory-swap": warned("--memory 1g --memory-swap 2g", "Memory limited without swap"),
  "memory-swappiness": warned("--memory-swappiness 5", "Memory swappiness discarded"),
  mount: asked("--mount type=tmpfs,dst=/x,tmpfs-size=5", {
    tmpfs: [{ destination: "/x", options: ["size=5"] }],
  }),
  name: asked("--name called", { record: { name: "called" } }),
  network: asked("--network none", { networks: [] }),
  "network-alias": refused(
    "--network bridge --network-alias x",
    "network-scoped aliases are only supported",
    "for user-defined networks",
  ),
  "no-healthcheck": shown("--no-healthcheck", "{{.Config.Healthcheck.Test}}", "[NONE]"),
  "oom-kill-disable": refused("--oom-kill-disable", "--oom-kill-disable is", "--oom-score-adj"),
  "oom-score-adj": sandbox("--oom-score-adj 7", { oomScoreAdj: 7 }),
  pid: refused("--pid host", "--pid host is not supported", ownKernel),
  "pids-limit": sandbox("--pids-limit 7", { pidsLimit: 7 }),
  platform: refused(
    "--platform linux/arm64 --pull never",
    "does not match the specified platform",
    "linux/amd64",
  ),
  privileged: sandbox("--privileged", { privileged: true }),
  publish: asked("--publish 8080:80", { ports: [{ hostPort: 8080, containerPort: 80 }] }),
  "publish-all": asked("--publish-all --expose 80", {
    ports: [{ hostPort: 0, containerPort: 80 }],
  }),
  pull: ofClient,
  quiet: ofClient,
  "read-only": sandbox("--read-only", { readOnlyRootfs: true }),
  restart: asked("--restart on-failure:3", {
    record: { restartPolicy: { name: "on-failure", maximumRetryCount: 3 } },
  }),
  rm: asked("--rm", { record: { autoRemove: true } }),
  runtime: refused("--runtime kata", "unknown or invalid runtime name: kata", "crun"),
  "security-opt": sandbox("--security-opt no-new-privileges", { noNewPrivileges: true }),
  "shm-size": sandbox("--shm-size 1m", { shmSizeBytes: MiB }),
  "sig-proxy": ofClient,
  "stop-signal": asked("--stop-signal INT", { stopSignal: "SIGINT" }),
  "stop-timeout": asked("--stop-timeout 7", { stopTimeoutSeconds: 7 }),
  "storage-opt": refused("--storage-opt size=1g", "--storage-opt is", "the VCH sets the size"),
  sysctl: sandbox("--sysctl net.core.somaxconn=7", { sysctls: { "net.core.somaxconn": "7" } }),
  tmpfs: asked("--tmpfs /x:size=1m", { tmpfs: [{ destination: "/x", options: ["size=1m"] }] }),
  tty: process("--tty", { tty: true }),
  ulimit: sandbox("--ulimit nofile=5:6", { ulimits: [{ name: "nofile", soft: 5, hard: 6 }] }),
  "use-api-socket": refused("--use-api-socket", "can only be used with", "unix sockets"),
  user: process("--user 7:8", { user: "7:8" }),
  userns: refused("--userns x", "userns: invalid USER mode", "Run 'docker create --help'"),
  uts: refused("--uts host", "--uts host is not supported", "use --hostname"),
  volume: refused(
    "--volume /etc:/x",
    "mounting directories as a data volume",
    "does not see the files",
  ),
  "volume-driver": refused("--volume-driver nfs", "--volume-driver nfs is", noVolumes),
  "volumes-from": refused("--volumes-from other", "--volumes-from is not supported", noVolumes),
  workdir: process("--workdir /x", { cwd: "/x" }),
};
describe("docker run", () => {
  test("has no flag that is not here", async () => {
    const { stdout } = await stand.docker(["run", "--help"]);
    const known = [...stdout.matchAll(/^ +(?:-\w, )? *--([\w-]+)/gm)].map(([, name]) => name!);
    expect(known.toSorted()).toEqual(Object.keys(flags).toSorted());
  });

  for (const [name, flag] of Object.entries(flags)) {
    if (typeof flag === "string") continue;
    test(`--${name}`, async () => {
      const args = flag.args.replace("$ENV", envFile).split(" ").map(decodeURIComponent);
      const made = await stand.docker(["create", ...args, "busybox", "true"]);
      if ("refused" in flag) {
        expect(made.code).not.toBe(0);
        for (const text of flag.refused) expect(made.stderr).toContain(text);
        return;
      }
      expect(made).toMatchObject({ code: 0 });
      const request = stand.fake.created.at(-1)!;
      if ("asked" in flag) expect(request as Partial<CreateContainer>).toMatchObject(flag.asked);
      if ("warned" in flag) expect(made.stderr).toContain(flag.warned);
      else expect(made.stderr).toBe("");
      if ("format" in flag) {
        const inspect = await stand.docker(["inspect", "-f", flag.format, request.id]);
        expect(inspect.stdout.trim()).toBe(flag.output);
      }
    });
  }
});

/** One value for every field of HostConfig that asks for something. */
const hostConfigFields: Record<string, unknown> = {
  Annotations: { a: "b" },
  AutoRemove: true,
  Binds: ["volume:/x"],
  BlkioDeviceReadBps: [{ Path: "/dev/sda", Rate: 5 }],
  BlkioDeviceReadIOps: [{ Path: "/dev/sda", Rate: 5 }],
  BlkioDeviceWriteBps: [{ Path: "/dev/sda", Rate: 5 }],
  BlkioDeviceWriteIOps: [{ Path: "/dev/sda", Rate: 5 }],
  BlkioWeight: 10,
  BlkioWeightDevice: [{ Path: "/dev/sda", Weight: 10 }],
  CapAdd: ["NET_ADMIN"],
  CapDrop: ["ALL"],
  Cgroup: "container:x",
  CgroupParent: "x",
  CgroupnsMode: "host",
  ConsoleSize: [7, 9],
  CpuCount: 2,
  CpuPercent: 5,
  CpuPeriod: 50_000,
  CpuQuota: 50_000,
  CpuRealtimePeriod: 5,
  CpuRealtimeRuntime: 5,
  CpuShares: 5,
  CpusetCpus: "0,1",
  CpusetMems: "1",
  DeviceCgroupRules: ["c 1:3 rwm"],
  DeviceRequests: [{ Count: -1 }],
  Devices: [{ PathOnHost: "/dev/fuse" }],
  Dns: ["1.2.3.4"],
  DnsOptions: ["ndots:2"],
  DnsSearch: ["a.b"],
  ExtraHosts: ["a:1.2.3.4"],
  GroupAdd: ["7"],
  IOMaximumBandwidth: 5,
  IOMaximumIOps: 5,
  Init: true,
  IpcMode: "none",
  Isolation: "process",
  KernelMemory: 5,
  KernelMemoryTCP: 5,
  Links: ["other:o"],
  LogConfig: { Type: "none" },
  MaskedPaths: [],
  Memory: 1024 * MiB,
  MemoryReservation: 64 * MiB,
  MemorySwap: 64 * MiB,
  MemorySwappiness: 5,
  Mounts: [{ Type: "tmpfs", Target: "/x" }],
  NanoCpus: 2e9,
  NetworkMode: "none",
  OomKillDisable: true,
  OomScoreAdj: 5,
  PidMode: "host",
  PidsLimit: 5,
  PortBindings: { "80/tcp": [{}] },
  Privileged: true,
  PublishAllPorts: true,
  ReadonlyPaths: [],
  ReadonlyRootfs: true,
  RestartPolicy: { Name: "always" },
  Runtime: "runc",
  SecurityOpt: ["no-new-privileges"],
  ShmSize: 5 * MiB,
  StorageOpt: { size: "5G" },
  Sysctls: { "net.core.somaxconn": "7" },
  Tmpfs: { "/x": "" },
  UTSMode: "host",
  Ulimits: [{ Name: "nofile", Soft: 5, Hard: 5 }],
  UsernsMode: "private",
  VolumeDriver: "nfs",
  VolumesFrom: ["other"],
};

describe("HostConfig", () => {
  const create = async (hostConfig: object): Promise<{ request: string; answer: string }> => {
    const body = { Image: "busybox", Cmd: ["true"], ExposedPorts: { "80/tcp": {} } };
    const { code, text } = await post("/containers/create", { ...body, HostConfig: hostConfig });
    const answer = `${code} ${text}`;
    if (code !== 201) return { request: "", answer };
    const { id: _, record, hostname, process: own, ...rest } = stand.fake.created.at(-1)!;
    const { name, docker: __, ...kept } = record;
    const env = own.env.filter((entry) => !entry.includes(hostname) && !entry.includes(name));
    return { request: JSON.stringify({ ...rest, kept, own: { ...own, env } }), answer };
  };
  const post = async (path: string, body: object) => {
    const file = (name: string) => Bun.file(join(stand.directory, "certs", name)).text();
    const [ca, cert, key] = await Promise.all(["ca.pem", "cert.pem", "key.pem"].map(file));
    const response = await fetch(`https://127.0.0.1:${stand.server.port}/v1.50${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      tls: { ca: ca!, cert: cert!, key: key! },
    });
    return { code: response.status, text: await response.text() };
  };

  for (const [field, value] of Object.entries(hostConfigFields)) {
    test(`${field} is not ignored, however it is written`, async () => {
      const plain = await create({});
      for (const name of [field, field.toLowerCase()]) {
        const { request, answer } = await create({ [name]: value });
        if (request === "") expect(answer).toMatch(/^(400|501) .*message/);
        else if (answer.includes('"Warnings":[]')) expect(request).not.toBe(plain.request);
        else expect(answer).toContain('"Warnings":["');
      }
    });
  }

  test("given with a start it is refused, as it has been since 1.24", async () => {
    const { code, text } = await post("/containers/other/start", { Memory: 5 });
    expect([code, text]).toEqual([400, expect.stringContaining("non-empty request body")]);
    expect((await post("/containers/other/start", {})).code).toBe(304);
  });

  test("fields that only tell are kept", async () => {
    await create({ ContainerIDFile: "/a/file" });
    const { id } = stand.fake.created.at(-1)!;
    const { stdout } = await stand.docker(["inspect", "-f", "{{.HostConfig.ContainerIDFile}}", id]);
    expect(stdout).toBe("/a/file\n");
  });
});
