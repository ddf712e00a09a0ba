/** The parts of `docker create` that only read and check a request. */
import { describe, expect, test } from "bun:test";
import type { ImageDefaults } from "../../image/config.ts";
import type { Network } from "../../portlayer/api/types.ts";
import { Fields } from "../wire/decode.ts";
import { shownHostConfig, storedHostConfig } from "./echo.ts";
import { memoryMinMiB, resourceLimits } from "./limits.ts";
import { logLimits } from "./log-config.ts";
import { tmpfsMounts } from "./mounts.ts";
import { checkName, randomName } from "./names.ts";
import { chooseNetworks } from "./networks.ts";
import { portBindings } from "./ports.ts";
import { mergeConfig, processEnv } from "./process.ts";
import { refuseFields } from "./refused.ts";
import { memoryDefaultMiB, sandbox, vmSize } from "./resources.ts";
import { restartPolicy } from "./restart-policy.ts";
import { parseSignal } from "./signals.ts";

const MiB = 1024 * 1024;
const of = (json: Record<string, unknown>) => new Fields(json);
const none = of({});

test("the size of a VM", () => {
  const size = (json: Record<string, unknown>) => vmSize(of(json));
  expect(size({})).toEqual({ cpus: 1, memoryMiB: memoryDefaultMiB, warnings: [] });
  expect(size({ NanoCpus: 1.5e9 }).cpus).toBe(2);
  expect(size({ CpuQuota: 250_000 }).cpus).toBe(3);
  expect(size({ CpuQuota: 250_000, CpuPeriod: 50_000 }).cpus).toBe(5);
  expect(size({ Memory: 301 * MiB }).memoryMiB).toBe(304);
  expect(size({ Memory: 10 * MiB })).toEqual({ cpus: 1, memoryMiB: memoryMinMiB, warnings: [] });
  expect(size({ CpusetCpus: "0-2,5", NanoCpus: 1e9 }).cpus).toBe(4);
  const swapping = size({ Memory: 512 * MiB, MemorySwap: 1024 * MiB, MemorySwappiness: 10 });
  expect(swapping.memoryMiB).toBe(512);
  expect(swapping.warnings.join()).toMatch(/without swap.*swappiness discarded/);
  expect(size({ Memory: 512 * MiB, MemorySwap: 512 * MiB }).memoryMiB).toBe(512);
  const bad = [
    { NanoCpus: 1e9, CpuQuota: 1e5 },
    { CpuPeriod: 10 },
    { Memory: 1 },
    { MemorySwap: 5 * MiB },
    { MemorySwappiness: 101 },
    { CpusetCpus: "3-1" },
    { Memory: "5" },
    { NanoCpus: 1e15 },
  ];
  for (const json of bad) expect(() => size(json)).toThrow();
});

test("a field that is not honoured is refused unless it asks for nothing", () => {
  refuseFields(
    none,
    of({ CpuPercent: 0, DeviceRequests: [], IpcMode: "private", CpusetMems: "0" }),
  );
  refuseFields(none, of({ OomKillDisable: false, Isolation: "default", MaskedPaths: null }));
  refuseFields(none, of({ SecurityOpt: ["seccomp=unconfined", "label:disable"] }));
  refuseFields(none, of({ SecurityOpt: ["no-new-privileges", "no-new-privileges=false"] }));
  const bad: [Record<string, unknown>, string][] = [
    [{ CpuRealtimePeriod: 2 }, "--cpu-rt-period 2"],
    [{ CpusetMems: "0,1" }, "--cpuset-mems 0,1"],
    [{ PidMode: "host" }, "--pid host"],
    [{ VolumesFrom: ["x"] }, "--volumes-from"],
    [{ DeviceRequests: [{ Count: -1 }] }, "--gpus"],
    [{ SecurityOpt: ["seccomp={}"] }, "--security-opt seccomp={}"],
    [{ SecurityOpt: ["label=type:x"] }, "--security-opt label=type:x"],
  ];
  for (const [json, text] of bad) expect(() => refuseFields(none, of(json))).toThrow(text);
});

test("limits in the VM", () => {
  const limits = (json: Record<string, unknown>) => resourceLimits(of(json));
  expect(limits({ NanoCpus: 2e9 })).toEqual({});
  expect(limits({ NanoCpus: 1.5e9 })).toEqual({ cpuQuotaUs: 150_000, cpuPeriodUs: 100_000 });
  expect(limits({ NanoCpus: 1e9, CpusetCpus: "0,1" })).toMatchObject({ cpuQuotaUs: 100_000 });
  expect(limits({ CpuQuota: 5000, CpuPeriod: 10_000 })).toEqual({
    cpuQuotaUs: 5000,
    cpuPeriodUs: 10_000,
  });
  expect(limits({ CpuShares: 512, MemoryReservation: 8 * MiB, Memory: 8 * MiB })).toEqual({
    cpuShares: 512,
    memoryBytes: 8 * MiB,
    memoryReservationBytes: 8 * MiB,
  });
  expect(() => limits({ MemoryReservation: 1 })).toThrow("Minimum memory reservation");
  expect(() => limits({ MemoryReservation: 9 * MiB, Memory: 8 * MiB })).toThrow("can not be less");
});

test("swap is shown as dockerd's default where nobody said anything of it", () => {
  const swap = (hostConfig: object) => shownHostConfig(hostConfig).MemorySwap;
  expect(swap({})).toBe(0);
  expect(swap({ Memory: 64 * MiB })).toBe(128 * MiB);
  expect(swap({ Memory: 64 * MiB, MemorySwap: -1 })).toBe(-1);
  expect(storedHostConfig(of({ MemorySwappiness: -1 }))).toEqual({});
  expect(storedHostConfig(of({ MemorySwappiness: 5 }))).toEqual({ MemorySwappiness: 5 });
});

test("the sandbox", () => {
  const made = sandbox(
    of({
      CapAdd: ["net_admin", "CAP_SYS_TIME", "all"],
      PidsLimit: -1,
      Init: true,
      Privileged: true,
    }),
  );
  expect(made.capAdd).toEqual(["CAP_NET_ADMIN", "CAP_SYS_TIME", "ALL"]);
  expect(made).toMatchObject({ pidsLimit: 0, init: true, privileged: true });
  expect(sandbox(none)).toMatchObject({ limits: {} });
  expect(sandbox(none)).not.toContainKeys(["maskedPaths", "devices", "noNewPrivileges"]);
  const device = { PathOnHost: "/dev/fuse", PathInContainer: "/dev/f", CgroupPermissions: "rw" };
  expect(
    sandbox(
      of({
        SecurityOpt: ["no-new-privileges:true"],
        MaskedPaths: [],
        ReadonlyPaths: ["/proc/x"],
        Devices: [device],
        Annotations: { a: "b" },
      }),
    ),
  ).toMatchObject({
    noNewPrivileges: true,
    maskedPaths: [],
    readonlyPaths: ["/proc/x"],
    devices: [{ source: "/dev/fuse", destination: "/dev/f", access: "rw" }],
    annotations: { a: "b" },
  });
  for (const json of [
    { Devices: [{ PathOnHost: "fuse" }] },
    { Devices: [{ PathOnHost: "/dev/fuse", CgroupPermissions: "x" }] },
    { CapAdd: ["NOPE"] },
    { ShmSize: -1 },
    { OomScoreAdj: 2000 },
    { Runtime: "kata" },
    { Ulimits: [{ Name: "nope", Soft: 1, Hard: 1 }] },
    { Ulimits: [{ Name: "nofile", Soft: 2, Hard: 1 }] },
  ]) {
    expect(() => sandbox(of(json))).toThrow();
  }
  const dropped = of({ CapDrop: ["nope"] });
  expect(() => sandbox(dropped)).toThrow('invalid CapDrop: unknown capability: "CAP_NOPE"');
});

describe("the process", () => {
  const image: ImageDefaults = {
    user: "u",
    env: ["A=image", "B=image"],
    entrypoint: ["/entry"],
    cmd: ["default"],
    workingDir: "/w",
    labels: { a: "image", b: "image" },
    stopSignal: "SIGQUIT",
    exposedPorts: ["80/tcp"],
    volumes: [],
    shell: [],
    onBuild: [],
  };
  const merge = (json: Record<string, unknown>) => mergeConfig(of(json), image);

  test("entrypoint and command", () => {
    const args = (json: Record<string, unknown>) => {
      const { entrypoint = [], cmd = [] } = merge(json);
      return [...entrypoint, ...cmd];
    };
    expect(args({})).toEqual(["/entry", "default"]);
    expect(args({ Cmd: ["x"] })).toEqual(["/entry", "x"]);
    expect(args({ Cmd: "x" })).toEqual(["/entry", "x"]);
    expect(args({ Entrypoint: ["/mine"] })).toEqual(["/mine"]);
    expect(args({ Entrypoint: [], Cmd: ["x"] })).toEqual(["x"]);
    expect(args({ Entrypoint: [""], Cmd: ["x"] })).toEqual(["x"]);
    expect(() => merge({ Entrypoint: [""] })).toThrow("no command specified");
    expect(() => merge({ WorkingDir: "rel" })).toThrow("needs to be an absolute path");
  });

  test("everything else of the image", () => {
    const merged = merge({
      Env: ["A=mine"],
      Labels: { a: "mine" },
      ExposedPorts: { "81/tcp": {} },
    });
    expect(merged.env).toEqual(["A=mine", "B=image"]);
    expect(merged.labels).toEqual({ a: "mine", b: "image" });
    expect(merged.exposedPorts).toEqual(["81/tcp", "80/tcp"]);
    expect(merged).toMatchObject({ user: "u", workingDir: "/w", stopSignal: "SIGQUIT" });
  });

  test("environment of the process", () => {
    const env = processEnv(["PATH=/bin", "HOSTNAME", "X=a=b"], "h", true);
    expect(env).toEqual(["PATH=/bin", "TERM=xterm", "X=a=b"]);
    expect(processEnv([], "h", false)[1]).toBe("HOSTNAME=h");
  });
});

test("ports", () => {
  const bindings = (json: Record<string, unknown>) => portBindings(of(json), ["80/tcp", "53/udp"]);
  expect(
    bindings({
      PublishAllPorts: true,
      PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }], "9": [] },
    }),
  ).toEqual([
    { protocol: "tcp", containerPort: 9, hostAddress: "", hostPort: 0 },
    { protocol: "tcp", containerPort: 80, hostAddress: "127.0.0.1", hostPort: 8080 },
    { protocol: "udp", containerPort: 53, hostAddress: "", hostPort: 0 },
  ]);
  expect(bindings({ PortBindings: { "80/tcp": [{ HostPort: "1-5" }] } })[0]).toMatchObject({
    hostPort: 1,
    hostPortLast: 5,
  });
  for (const [key, HostPort] of [
    ["0/tcp", ""],
    ["80/sctp", ""],
    ["x", ""],
    ["80/tcp", "70000"],
    ["80/tcp", "5-1"],
    ["80/tcp", "0-5"],
    ["80/tcp", "1-70000"],
  ]) {
    expect(() => bindings({ PortBindings: { [key!]: [{ HostPort }] } })).toThrow();
  }
});

test("mounts", () => {
  const mounts = (json: Record<string, unknown>) => tmpfsMounts(of(json));
  const mount = { Type: "tmpfs", Target: "/m/", TmpfsOptions: { SizeBytes: 5, Mode: 0o1777 } };
  expect(mounts({ Tmpfs: { "/t": "size=1m,ro" }, Mounts: [mount] })).toEqual([
    { destination: "/t", options: ["size=1m", "ro"] },
    { destination: "/m", options: ["size=5", "mode=1777"] },
  ]);
  expect(() => mounts({ Mounts: [{ Type: "bind", Source: "/etc", Target: "/x" }] })).toThrow(
    "mounting directories as a data volume is not supported",
  );
  expect(() => mounts({ Mounts: [{ Type: "volume", Source: "v", Target: "/x" }] })).toThrow();
  expect(() => mounts({ Binds: ["v:/x"] })).toThrow("volume mount");
  const options = [["noexec"], ["exec"]];
  const opened = { Type: "tmpfs", Target: "/m", TmpfsOptions: { Options: options } };
  expect(mounts({ Mounts: [opened] })[0]?.options).toEqual(["noexec", "exec"]);
  const bad = { ...opened, TmpfsOptions: { Options: [["size", "5"]] } };
  expect(() => mounts({ Mounts: [bad] })).toThrow("invalid tmpfs option");
  for (const option of ["nonsense", "size", "ro=1", "mode=7 7"])
    expect(() => mounts({ Tmpfs: { "/t": `rw,${option}` } })).toThrow(`tmpfs option "${option}"`);
  expect(() => mounts({ Tmpfs: { "/": "" } })).toThrow("destination can't be '/'");
  expect(() => mounts({ Tmpfs: { "/a": "", "/a/": "" } })).toThrow("Duplicate mount point");
});

test("networks", () => {
  const network = (name: string): Network => ({
    id: name.repeat(10),
    name,
    driver: "bridge",
    subnet: "",
    gateway: "",
    isInternal: false,
  });
  const known = [network("bridge"), network("other")];
  const choose = (config: object, hostConfig: object, networking: object = {}) =>
    chooseNetworks(known, of({ ...config }), of({ ...hostConfig }), of({ ...networking }));
  expect(choose({}, {})).toEqual([{ name: "bridge", aliases: [] }]);
  expect(choose({}, { NetworkMode: "none" })).toEqual([]);
  const endpoint = {
    Aliases: ["a"],
    IPAMConfig: { IPv4Address: "10.0.0.5" },
    MacAddress: "02-42-AC-11-00-02",
  };
  expect(
    choose({}, { NetworkMode: "other" }, { EndpointsConfig: { other: endpoint, bridge: null } }),
  ).toEqual([
    { name: "other", aliases: ["a"], address: "10.0.0.5", mac: "02:42:ac:11:00:02" },
    { name: "bridge", aliases: [] },
  ]);
  expect(choose({}, { NetworkMode: "default" }, { EndpointsConfig: { default: {} } })).toEqual([
    { name: "bridge", aliases: [] },
  ]);
  for (const NetworkMode of ["host", "container:x", "nowhere"]) {
    expect(() => choose({}, { NetworkMode })).toThrow();
  }
  expect(() => choose({}, {}, { EndpointsConfig: { bridge: { Aliases: ["a"] } } })).toThrow(
    "only for containers in user defined networks",
  );
  expect(() => choose({ MacAddress: "01:00:00:00:00:00" }, {})).toThrow("invalid MAC address");
});

test("small things", () => {
  expect(parseSignal("term")).toBe("SIGTERM");
  expect(parseSignal("9")).toBe("SIGKILL");
  expect(() => parseSignal("99")).toThrow("does not support signal 99");
  expect(parseSignal("RTMIN+3")).toBe("37");
  expect(() => parseSignal("0")).toThrow("invalid signal: 0");
  expect(checkName("/web-1")).toBe("web-1");
  expect(() => checkName("a")).toThrow("Invalid container name (a)");
  expect(checkName(randomName(5))).toMatch(/^[a-z]+_[a-z]+\d+$/);
  expect(restartPolicy(of({}))).toEqual({ name: "no", maximumRetryCount: 0 });
  expect(() => restartPolicy(of({ Name: "always", MaximumRetryCount: 2 }))).toThrow();
  expect(logLimits(of({ Config: { "max-size": "10m", "max-file": "3" } }))).toEqual({
    maxBytes: 10 * MiB,
    maxFiles: 3,
  });
  expect(logLimits(of({ Type: "none" }))).toEqual({ maxBytes: 0, maxFiles: 0 });
  logLimits(of({ Config: { mode: "blocking", compress: "false" } }));
  expect(() => logLimits(of({ Config: { mode: "non-blocking" } }))).toThrow("mode=non-blocking");
  expect(() => logLimits(of({ Type: "syslog" }))).toThrow("--log-driver syslog");
});
