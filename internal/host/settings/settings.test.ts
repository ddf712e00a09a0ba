import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { retrieveOne } from "../../vim25/properties.ts";
import { any, type MoRef } from "../../vim25/types.ts";
import { refs } from "../inventory/refs.ts";
import { TestHost } from "../testing/fakes.ts";
import { failure } from "../testing/users.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const call = <T = unknown>(ref: MoRef, method: string, params: Record<string, unknown> = {}) =>
  host.client.call<T>(ref, method, params);
const restart = async () => {
  await host.halt();
  await host.boot();
};

describe("options", () => {
  const key = "config.vpxd.SerialPort.PersistNetworkBacking";
  const update = (manager: MoRef, changes: Record<string, unknown>) =>
    call(manager, "UpdateOptions", {
      changedValue: Object.entries(changes).map(([name, value]) => ({ key: name, value })),
    });
  const query = (manager: MoRef, name: string) =>
    call<{ key: string; value: unknown }[]>(manager, "QueryOptions", { name });

  test("are read, changed and kept", async () => {
    expect(await query(refs.setting, key)).toMatchObject([{ key, value: false }]);
    await update(refs.setting, { [key]: true });
    await update(refs.advancedOption, { "Annotations.WelcomeMessage": "hello" });
    await restart();
    expect(await query(refs.setting, "config.vpxd")).toMatchObject([{ key, value: true }]);
    expect(await query(refs.advancedOption, "Annotations.")).toMatchObject([{ value: "hello" }]);
    const { setting } = await retrieveOne(host.client, refs.setting, ["setting"]);
    expect(setting).toContainEqual(expect.objectContaining({ key, value: true }));
    const { supportedOption } = await retrieveOne(host.client, refs.setting, ["supportedOption"]);
    expect(supportedOption).toContainEqual(
      expect.objectContaining({
        key,
        optionType: expect.objectContaining({ _type: "BoolOption" }),
      }),
    );
  });

  test("take only what they can be, all or nothing", async () => {
    const timeout = "Config.HostAgent.vmacore.soap.sessionTimeout";
    expect(await failure(query(refs.setting, "no.such"))).toBe("InvalidName");
    expect(await failure(update(refs.setting, { "no.such": 1 }))).toBe("InvalidName");
    expect(await failure(update(refs.advancedOption, { [key]: true }))).toBe("InvalidName");
    expect(await failure(update(refs.setting, { [key]: "true" }))).toBe("InvalidArgument");
    expect(await failure(update(refs.setting, { [timeout]: -1 }))).toBe("InvalidArgument");
    expect(await failure(update(refs.setting, { [timeout]: any("double", 1.5) }))).toBe(
      "InvalidArgument",
    );
    const name = "Misc.HostName";
    expect(await failure(update(refs.advancedOption, { [name]: "x" }))).toBe("InvalidArgument");
    expect(await failure(update(refs.setting, { [timeout]: 5, [key]: 1 }))).toBe("InvalidArgument");
    expect(await query(refs.setting, timeout)).toMatchObject([{ value: 30 }]);
  });
});

describe("licences", () => {
  const licenseKey = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
  const list = async () =>
    (await retrieveOne(host.client, refs.licenseManager, ["licenses"]))["licenses"] as {
      licenseKey: string;
    }[];

  test("are added with labels, assigned and removed", async () => {
    const labels = [{ key: "team", value: "a" }];
    await call(refs.licenseManager, "AddLicense", { licenseKey, labels });
    await call(refs.licenseManager, "UpdateLicenseLabel", {
      licenseKey,
      labelKey: "site",
      labelValue: "b",
    });
    await call(refs.licenseAssignmentManager, "UpdateAssignedLicense", {
      entity: refs.host.value,
      licenseKey,
    });
    await restart();
    expect(await list()).toContainEqual(
      expect.objectContaining({ licenseKey, labels: [...labels, { key: "site", value: "b" }] }),
    );
    const assigned = () =>
      call(refs.licenseAssignmentManager, "QueryAssignedLicenses", { entityId: refs.host.value });
    expect(await assigned()).toMatchObject([{ assignedLicense: { licenseKey } }]);
    await call(refs.licenseManager, "RemoveLicense", { licenseKey });
    expect(await list()).toHaveLength(1);
    expect(await assigned()).toMatchObject([
      { assignedLicense: { licenseKey: "00000-00000-00000-00000-00000" } },
    ]);
  });

  test("allow what clients ask licences for", async () => {
    const [license] = (await list()) as unknown as {
      properties: { key: string; value: { key: string } }[];
    }[];
    const features = license?.properties.map((p) => p.value.key);
    expect(features).toContain("dvs");
    expect(features).toContain("serialuri:2");
  });

  test("are refused when they are none", async () => {
    const add = (key: string) =>
      failure(call(refs.licenseManager, "AddLicense", { licenseKey: key }));
    expect(await add("x")).toBe("InvalidArgument");
    const gone = { licenseKey };
    expect(await failure(call(refs.licenseManager, "RemoveLicense", gone))).toBe("NotFound");
    const nothing = { entityId: "nothing" };
    const query = call(refs.licenseAssignmentManager, "QueryAssignedLicenses", nothing);
    expect(await failure(query)).toBe("LicenseEntityNotFound");
  });
});

test("the firewall's rule sets are enabled, disabled and kept", async () => {
  const ruleset = async (id: string) => {
    const { firewallInfo } = await retrieveOne(host.client, refs.firewallSystem, ["firewallInfo"]);
    const { ruleset: all } = firewallInfo as { ruleset: { key: string }[] };
    return all.find((r) => r.key === id);
  };
  const set = (method: string, id: string) => call(refs.firewallSystem, method, { id });
  await set("EnableRuleset", "remoteSerialPort");
  const allowedHosts = { allIp: false, ipNetwork: [{ network: "10.0.0.0", prefixLength: 8 }] };
  const spec = { allowedHosts };
  await call(refs.firewallSystem, "UpdateRuleset", { id: "sshServer", spec });
  await restart();
  expect(await ruleset("remoteSerialPort")).toMatchObject({ enabled: true });
  expect(await ruleset("sshServer")).toMatchObject({ enabled: false, allowedHosts });
  await set("DisableRuleset", "remoteSerialPort");
  expect(await ruleset("remoteSerialPort")).toMatchObject({ enabled: false });
  expect(await failure(set("EnableRuleset", "none"))).toBe("NotFound");
  const bad = { allowedHosts: { allIp: false, ipAddress: ["x"] } };
  const update = call(refs.firewallSystem, "UpdateRuleset", { id: "sshServer", spec: bad });
  expect(await failure(update)).toBe("InvalidArgument");
});

describe("esxcli", () => {
  const execute = (method: string, args: { name: string; val: string }[] = []) =>
    call<{ response?: string; fault?: { faultMsg: string } }>(refs.methodExecuter, "ExecuteSoap", {
      moid: "x",
      version: "urn:vim25/5.0",
      method,
      argument: args,
    });

  test("tells its commands and whether the firewall filters", async () => {
    const executer = await call(refs.host, "RetrieveManagedMethodExecuter");
    expect(executer).toEqual(refs.methodExecuter);
    const val = "<typeName>vim.EsxCLI.network.firewall</typeName>";
    const info = await execute("vim.CLIInfo.FetchCLIInfo", [{ name: "typeName", val }]);
    expect(info.response).toContain("<method><name>get</name>");
    const firewall = await execute("vim.EsxCLI.network.firewall.get");
    expect(firewall.response).toContain("<Enabled>false</Enabled>");
    expect(firewall.response).toContain('xsi:type="VimEsxCLINetworkFirewallGetFirewall"');
  });

  test("answers what it does not have with a fault inside", async () => {
    expect((await execute("vim.EsxCLI.no.such")).fault?.faultMsg).toContain("no command");
    expect((await execute("constructor")).fault?.faultMsg).toContain("no command");
    expect((await execute("vim.EsxCLI.network.firewall.constructor")).fault).toBeDefined();
    expect(await failure(execute("vim.CLIInfo.FetchCLIInfo"))).toBe("InvalidArgument");
  });

  test("shows its name spaces as types and objects", async () => {
    const filterSpec = { _type: "DynamicTypeMgrMoFilterSpec", typeSubstr: "firewall" };
    const found = await call<{ id: string }[]>(
      refs.dynamicTypeManager,
      "DynamicTypeMgrQueryMoInstances",
      { filterSpec },
    );
    expect(found.map((o) => o.id)).toContain("ha-cli-handler-network-firewall");
    const types = await call<{ managedTypeInfo: { name: string }[] }>(
      refs.dynamicTypeManager,
      "DynamicTypeMgrQueryTypeInfo",
      {},
    );
    expect(types.managedTypeInfo.map((t) => t.name)).toContain("vim.EsxCLI.vm.process");
  });
});

describe("the log", () => {
  const browse = (more: Record<string, unknown>) =>
    call<{ lineStart: number; lineEnd: number; lineText?: string[] }>(
      refs.diagnosticManager,
      "BrowseDiagnosticLog",
      { key: "hostd", ...more },
    );

  test("is read in parts, and tells of logins without what is secret", async () => {
    const all = await browse({});
    expect(all.lineText?.join("\n")).toContain("login: root from 127.0.0.1");
    expect(all.lineText?.join("\n")).not.toContain(host.password);
    expect((await browse({ start: all.lineEnd, lines: 1 })).lineText).toEqual([
      all.lineText!.at(-1)!,
    ]);
    const end = await browse({ start: 2 ** 31 - 1 });
    expect(end).toEqual({ lineStart: all.lineEnd, lineEnd: all.lineEnd });
    expect(await failure(browse({ key: "../x" }))).toBe("InvalidArgument");
  });

  test("cannot be written to by those who log in", async () => {
    const bad = { userName: "x\n2026 login: root", password: "y" };
    expect(await failure(call(refs.sessionManager, "Login", bad))).toBe("InvalidLogin");
    const { url } = host.running;
    const name = "a&#10;forged";
    await fetch(`${url}/sdk`, {
      method: "POST",
      body:
        '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><Login>' +
        `<_this type="SessionManager">ha-sessionmgr</_this><userName>${name}</userName>` +
        "<password>y</password></Login></Body></Envelope>",
      tls: { rejectUnauthorized: false },
    });
    const { lineText } = await browse({});
    expect(lineText?.some((line) => line.startsWith("forged"))).toBe(false);
    expect(lineText?.at(-1)).toContain("login failed: a forged from 127.0.0.1");
  });
});

test("services and the clock say what is so", async () => {
  const { serviceInfo } = await retrieveOne(host.client, refs.serviceSystem, ["serviceInfo"]);
  expect((serviceInfo as { service: { key: string }[] }).service.map((s) => s.key)).toEqual([
    "vic-host",
    "TSM-SSH",
  ]);
  const start = (id: string) => failure(call(refs.serviceSystem, "StartService", { id }));
  expect(await start("TSM-SSH")).toBe("NotSupported");
  expect(await start("vic-host")).toBeUndefined();
  expect(await start("none")).toBe("NotFound");
  const now = await call<string>(refs.dateTimeSystem, "QueryDateTime");
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  const time = { dateTime: new Date().toISOString() };
  const update = call(refs.dateTimeSystem, "UpdateDateTime", time);
  expect(await failure(update)).toBe("NotSupported");
});
