import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

const auth = {
  _type: "NamePasswordAuthentication",
  interactiveSession: false,
  username: "root",
  password: "x",
};
const guest = (t: Scene, name: string) => t.get<MoRef>(t.manager("guestOperationsManager"), name);
/** With a time of its own: vcsim never answers for a VM without a container. */
const list = async (t: Scene, vm: MoRef) => {
  const options = { timeoutMs: 4_000 };
  return t.client.call(
    await guest(t, "processManager"),
    "ListProcessesInGuest",
    { vm, auth },
    options,
  );
};
const unavailable = ["InvalidPowerState", "InvalidState", "GuestOperationsUnavailable"];

/** Guest operations without a guest that answers: what each says then. */
export const guestCases = topic("guest operations", {
  "there are managers of processes, files and credentials": async (t) => {
    for (const [name, type] of [
      ["processManager", "GuestProcessManager"],
      ["fileManager", "GuestFileManager"],
      ["authManager", "GuestAuthManager"],
    ] as const) {
      expect((await guest(t, name)).type).toBe(type);
    }
  },
  "a VM that is off lists no processes": async (t) => {
    expect(hasFault(await t.error(list(t, await t.vm())), ...unavailable)).toBe(true);
  },
  "a VM that is off starts no program": async (t) => {
    const spec = { programPath: "/bin/true", arguments: "" };
    const params = { vm: await t.vm(), auth, spec };
    const error = await t.error(
      t.call(await guest(t, "processManager"), "StartProgramInGuest", params),
    );
    expect(hasFault(error, ...unavailable)).toBe(true);
  },
  "a guest without tools is GuestOperationsUnavailable": async (t) => {
    expect(await t.fault(list(t, await t.runningVm()))).toBe("GuestOperationsUnavailable");
  },
  "files of a guest without tools are GuestOperationsUnavailable": async (t) => {
    const params: DataObject = {
      vm: await t.runningVm(),
      auth,
      guestFilePath: "/etc/hostname",
    };
    const error = await t.error(
      t.call(await guest(t, "fileManager"), "InitiateFileTransferFromGuest", params),
    );
    expect(hasFault(error, "GuestOperationsUnavailable")).toBe(true);
  },
  "a VM that is not there is ManagedObjectNotFound": async (t) => {
    expect(await t.fault(list(t, { type: "VirtualMachine", value: "no-such" }))).toBe(
      "ManagedObjectNotFound",
    );
  },
});

/** Whatever comes in a wrong way gets its fault and leaves nothing. */
export const faultCases = topic("faults", {
  "a method an object does not have is MethodNotFound": async (t) => {
    const call = t.client.call(t.host, "PowerOnVM_Task");
    expect(hasFault(await t.error(call), "MethodNotFound", "InvalidRequest")).toBe(true);
  },
  "an object of another type is refused": async (t) => {
    const config = { name: t.name("vm"), files: { vmPathName: t.path("") } };
    const error = await t.error(t.task(t.folder, "CreateVM_Task", { config, pool: t.host }));
    expect(
      hasFault(error, "InvalidRequest", "InvalidArgument", "ManagedObjectNotFound", "InvalidType"),
    ).toBe(true);
  },
  "a pool that is not there is ManagedObjectNotFound": async (t) => {
    const made = t.vm({}, { pool: { type: "ResourcePool", value: "no-such" } });
    expect(await t.fault(made)).toBe("ManagedObjectNotFound");
  },
  "the object of ManagedObjectNotFound is named": async (t) => {
    const obj = { type: "VirtualMachine", value: "no-such" };
    expect(await t.error(t.call(obj, "PowerOffVM_Task"))).toMatchObject({
      detail: { data: { obj } },
    });
  },
  "text that is no XML is a fault": async (t) => {
    const answer = await fetch(t.client.url, {
      method: "POST",
      body: "<not xml",
      headers: { "content-type": "text/xml", soapaction: "urn:vim25/6.7" },
      tls: { rejectUnauthorized: false },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toContain("Fault");
  },
  "an unknown method is a fault": async (t) => {
    const body =
      '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><NoSuchMethod xmlns="urn:vim25">' +
      '<_this type="ServiceInstance">ServiceInstance</_this></NoSuchMethod></Body></Envelope>';
    const answer = await fetch(t.client.url, {
      method: "POST",
      body,
      headers: { "content-type": "text/xml", soapaction: "urn:vim25/6.7" },
      tls: { rejectUnauthorized: false },
    });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain("Fault");
  },
});

const disable = (t: Scene, vm: MoRef, method: string, sourceId: string) =>
  t.call(t.manager("authorizationManager"), "DisableMethods", {
    entity: [vm],
    method: [{ method, reasonId: "conformance" }],
    sourceId,
    sessionScope: false,
  });

/** Methods switched off for an object. */
export const disabledCases = topic("disabled methods", {
  "a method that is switched off is MethodDisabled": async (t) => {
    const vm = await t.vm();
    await disable(t, vm, "Rename_Task", "conf");
    expect(await t.fault(t.task(vm, "Rename_Task", { newName: t.name("vm") }))).toBe(
      "MethodDisabled",
    );
    await t.call(t.manager("authorizationManager"), "EnableMethods", {
      entity: [vm],
      method: ["Rename_Task"],
      sourceId: "conf",
    });
    await t.task(vm, "Rename_Task", { newName: t.name("vm") });
  },
  "a method that is switched off is told": async (t) => {
    const vm = await t.vm();
    await disable(t, vm, "Rename_Task", "conf");
    expect(await t.get<string[]>(vm, "disabledMethod")).toContain("Rename_Task");
  },
});

/** What the logs of a server say. */
export const logCases = topic("logs", {
  "the logs are described": async (t) => {
    const logs = await t.call<{ key: string }[]>(
      t.manager("diagnosticManager"),
      "QueryDescriptions",
      {},
    );
    expect(logs.length).toBeGreaterThan(0);
  },
  "the lines of a log are read": async (t) => {
    const [log] = await t.call<{ key: string }[]>(
      t.manager("diagnosticManager"),
      "QueryDescriptions",
      {},
    );
    const params = { key: log!.key, start: 1, lines: 5 };
    const part = await t.call<{ lineStart: number; lineText?: string[] }>(
      t.manager("diagnosticManager"),
      "BrowseDiagnosticLog",
      params,
    );
    expect(part.lineStart).toBe(1);
  },
});
