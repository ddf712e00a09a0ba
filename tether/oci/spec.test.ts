import { describe, expect, test } from "bun:test";
import type { ProcessConfig, SandboxConfig } from "../../internal/guest/config.ts";
import { grantedCapabilities } from "./capabilities.ts";
import { containerSpec, processEnv, processSpec, renderSpec, type SpecInputs } from "./spec.ts";

const sandbox: SandboxConfig = {
  privileged: false,
  capAdd: [],
  capDrop: [],
  readOnlyRootfs: false,
  ulimits: [{ name: "nofile", soft: 10, hard: 20 }],
  sysctls: {},
  shmSizeBytes: 0,
  init: false,
  oomScoreAdj: 0,
  groupAdd: [],
  pidsLimit: 0,
};
const process: ProcessConfig = {
  args: ["sh"],
  env: ["A=1"],
  cwd: "",
  user: "",
  tty: true,
  openStdin: true,
  stdinOnce: false,
  consoleSize: [24, 80],
};
const root = { uid: 0, gid: 0, groups: [], home: "/root" };

describe("capabilities", () => {
  test("the default set has 14 and not SYS_ADMIN", () => {
    const granted = grantedCapabilities(false, [], []);
    expect(granted).toHaveLength(14);
    expect(granted).not.toContain("CAP_SYS_ADMIN");
  });
  test("add and drop, with and without prefix", () => {
    expect(grantedCapabilities(false, ["cap_net_admin"], ["ALL"])).toEqual(["CAP_NET_ADMIN"]);
    expect(grantedCapabilities(false, [], ["CHOWN"])).not.toContain("CAP_CHOWN");
    expect(grantedCapabilities(false, ["ALL"], ["SYS_ADMIN"])).not.toContain("CAP_SYS_ADMIN");
  });
  test("privileged has all", () => {
    expect(grantedCapabilities(true, [], ["CHOWN"])).toHaveLength(41);
  });
});

test("the environment is completed but what is there stays", () => {
  const env = ["PATH=/x", "HOME=/y", "A=1", "A=2=3", "=bad", "bad"];
  expect(processEnv({ ...process, env }, "/root", "h")).toEqual([
    "PATH=/x",
    "HOSTNAME=h",
    "TERM=xterm",
    "HOME=/y",
    "A=2=3",
  ]);
});

test("a process of root holds its capabilities, one of another user does not", () => {
  const asRoot = processSpec(process, root, sandbox, "h");
  expect(asRoot["capabilities"]).toMatchObject({ effective: { length: 14 } });
  expect(asRoot["cwd"]).toBe("/");
  expect(asRoot["consoleSize"]).toEqual({ height: 24, width: 80 });
  expect(asRoot["rlimits"]).toEqual([{ type: "RLIMIT_NOFILE", soft: 10, hard: 20 }]);
  const asOther = processSpec(process, { ...root, uid: 5 }, sandbox, "h");
  expect(asOther["capabilities"]).toMatchObject({ effective: [], bounding: { length: 14 } });
});

describe("container", () => {
  const config = {
    hostname: "h",
    domainname: "",
    process: { ...process, tty: false },
    sandbox,
  } as unknown as SpecInputs["config"];
  const inputs: SpecInputs = {
    config,
    user: root,
    rootPath: "/r",
    networkPath: "/n",
    mounts: [
      { destination: "/a/b", type: "bind", source: "/x", options: ["bind"] },
      { destination: "/a", type: "bind", source: "/y", options: ["bind"] },
      { destination: "/dev/shm", type: "tmpfs", source: "tmpfs", options: [] },
    ],
    devices: [],
    memoryBytes: 1000,
    initPath: "/usr/bin/tini-static",
  };
  type Mounts = { mounts: { destination: string; options: string[] }[] };

  test("mounts: parents before children, a user's mount replaces the default one", () => {
    const { mounts } = containerSpec(inputs) as Mounts;
    const order = mounts.map((m) => m.destination);
    expect(order.indexOf("/a")).toBeLessThan(order.indexOf("/a/b"));
    expect(order.filter((d) => d === "/dev/shm")).toHaveLength(1);
    expect(mounts.find((m) => m.destination === "/sys")!.options).toContain("ro");
  });

  test("privileged: nothing masked, everything writable", () => {
    const privileged = { ...config, sandbox: { ...sandbox, privileged: true } };
    const spec = containerSpec({ ...inputs, config: privileged }) as Mounts & { linux: object };
    expect(spec.linux).not.toHaveProperty("maskedPaths");
    expect(spec.mounts.find((m) => m.destination === "/sys/fs/cgroup")!.options).toContain("rw");
  });

  test("limits, devices and paths as asked for", () => {
    const asked = {
      ...sandbox,
      limits: { cpuShares: 512, memoryBytes: 500, memoryReservationBytes: 100 },
      noNewPrivileges: true,
      maskedPaths: [],
      readonlyPaths: [],
    };
    const numbers = { type: "c" as const, major: 10, minor: 229, fileMode: 0o666, uid: 0, gid: 0 };
    const devices = [{ path: "/dev/fuse", ...numbers, access: "rw" }];
    const spec = containerSpec({ ...inputs, devices, config: { ...config, sandbox: asked } });
    const linux = spec["linux"] as { resources: { devices: object[] } };
    expect(linux).toMatchObject({
      maskedPaths: [],
      devices: [{ path: "/dev/fuse", ...numbers }],
      resources: { memory: { limit: 500, reservation: 100 }, cpu: { shares: 512 } },
    });
    expect(linux.resources.devices.at(-1)).toEqual({
      allow: true,
      type: "c",
      major: 10,
      minor: 229,
      access: "rw",
    });
    expect(spec["process"]).toMatchObject({ noNewPrivileges: true });
    expect(containerSpec(inputs)["linux"]).not.toHaveProperty("resources.cpu");
  });

  test("--init goes in front, unlimited is the kernel's number", () => {
    const ulimits = [{ name: "core", soft: -1, hard: -1 }];
    const withInit = { ...config, sandbox: { ...sandbox, init: true, ulimits } };
    const spec = containerSpec({ ...inputs, config: withInit });
    expect(spec["process"]).toMatchObject({ args: ["/sbin/docker-init", "--", "sh"] });
    const text = renderSpec(spec);
    expect(text).toContain('"soft":18446744073709551615,"hard":18446744073709551615');
    expect(text).toContain('"hard":1048576');
  });
});

test("the main group is an additional one too", () => {
  const user = { uid: 5, gid: 6, groups: [7, 6], home: "/" };
  expect(processSpec(process, user, sandbox, "h")["user"]).toMatchObject({
    additionalGids: [6, 7],
  });
});
