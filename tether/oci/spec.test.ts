import { describe, expect, test } from "bun:test";
import type { ProcessConfig, SandboxConfig } from "../../internal/guest/config.ts";
import { grantedCapabilities } from "./capabilities.ts";
import { completeEnv, makeProcess } from "./spec.ts";

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
  const context = { hostname: "h", home: "/root", tty: true };
  expect(completeEnv(["PATH=/x", "HOME=/y"], context)).toEqual([
    "HOSTNAME=h",
    "TERM=xterm",
    "PATH=/x",
    "HOME=/y",
  ]);
});

test("a process of root holds its capabilities, one of another user does not", () => {
  const container = { hostname: "h", sandbox };
  const asRoot = makeProcess(process, root, container);
  expect(asRoot.capabilities.effective).toHaveLength(14);
  expect(asRoot.cwd).toBe("/");
  expect(asRoot.consoleSize).toEqual({ height: 24, width: 80 });
  expect(asRoot.rlimits).toEqual([{ type: "RLIMIT_NOFILE", soft: 10, hard: 20 }]);
  const asOther = makeProcess(process, { ...root, uid: 5 }, container);
  expect(asOther.capabilities.effective).toEqual([]);
  expect(asOther.capabilities.bounding).toHaveLength(14);
});
