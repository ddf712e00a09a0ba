import { describe as suite, expect, test } from "bun:test";
import type { GuestState } from "../../guest/config.ts";
import { parseFacts, type Facts, type Power } from "./facts.ts";
import { describe, isLost } from "./status.ts";

const id = "a".repeat(64);

function facts(run: number, power: Power, state?: Partial<GuestState>, own = {}): Facts {
  return {
    vm: { type: "VirtualMachine", value: "1" },
    vmName: "x",
    power,
    changeVersion: "1",
    record: { id } as Facts["record"],
    own: {
      ports: [],
      boundPorts: [],
      restartCount: 0,
      startedAt: "",
      finishedAt: "",
      usesApplianceDns: false,
      ...own,
    },
    config: { id, run } as Facts["config"],
    state: state && { run, phase: "running", ...state },
    cpus: 1,
    memoryMiB: 128,
  };
}

suite("status", () => {
  const cases: [string, Facts, string, number][] = [
    ["never started", facts(0, "poweredOff"), "created", 0],
    ["booting", facts(1, "poweredOn"), "created", 0],
    ["booting again", facts(2, "poweredOn", undefined, { startedAt: "t" }), "exited", 0],
    ["running", facts(1, "poweredOn", { startedAt: "t" }), "running", 0],
    ["suspended", facts(1, "suspended", {}), "running", 0],
    ["ended, VM still on", facts(1, "poweredOn", { phase: "exited", exitCode: 3 }), "exited", 3],
    ["ended", facts(1, "poweredOff", { phase: "exited", exitCode: 0 }), "exited", 0],
    ["cannot start", facts(1, "poweredOff", { phase: "failed", exitCode: 127 }), "created", 127],
    ["went off early", facts(1, "poweredOff"), "created", 128],
    ["off, last word on its way", facts(1, "poweredOff", {}), "running", 0],
  ];
  for (const [name, given, status, exitCode] of cases)
    test(name, () => expect(describe(given)).toMatchObject({ status, exitCode }));

  test("while a start goes on it is as the last run left it", () => {
    const given = facts(2, "poweredOff", undefined, { startedAt: "t", exitCode: 3 });
    expect(describe(given, true)).toMatchObject({ status: "exited", exitCode: 3, error: "" });
    expect(describe(given)).toMatchObject({ status: "exited", exitCode: 128 });
    const running = facts(2, "poweredOn", { startedAt: "t" }, { exitCode: 3 });
    expect(describe(running).exitCode).toBe(0);
  });

  test("only a run that was seen running can be lost", () => {
    expect(isLost(facts(1, "poweredOff", {}))).toBe(true);
    expect(isLost(facts(1, "poweredOn", {}))).toBe(false);
    expect(isLost(facts(1, "poweredOff"))).toBe(false);
    expect(isLost(facts(1, "poweredOff", { phase: "exited" }))).toBe(false);
  });
});

suite("facts", () => {
  const vm = { type: "VirtualMachine", value: "1" };
  const extra = (values: Record<string, unknown>) => ({
    "runtime.powerState": "poweredOn",
    "config.extraConfig": Object.entries(values).map(([key, value]) => ({
      key,
      value: typeof value === "string" ? value : JSON.stringify(value),
    })),
  });
  const whole = {
    "vic.container": { id },
    "guestinfo.vic.config": { id, run: 2 },
    "vic.portlayer": {},
  };

  test("a state of an earlier run is none", () => {
    const state = { "guestinfo.vic.state": { run: 1, phase: "running" } };
    expect(parseFacts(vm, extra({ ...whole, ...state }))?.state).toBeUndefined();
    const now = { "guestinfo.vic.state": { run: 2, phase: "running" } };
    expect(parseFacts(vm, extra({ ...whole, ...now }))?.state?.phase).toBe("running");
  });

  test("other VMs and damaged ones are no containers", () => {
    expect(parseFacts(vm, {})).toBeUndefined();
    expect(parseFacts(vm, extra({ "vic.container": "{" }))).toBeUndefined();
    expect(parseFacts(vm, extra({ ...whole, "vic.container": { id: "../x" } }))).toBeUndefined();
    const other = { "guestinfo.vic.config": { id: "b".repeat(64) } };
    expect(parseFacts(vm, extra({ ...whole, ...other }))).toBeUndefined();
    const broken = { "guestinfo.vic.state": "null" };
    expect(parseFacts(vm, extra({ ...whole, ...broken }))?.state).toBeUndefined();
  });
});
