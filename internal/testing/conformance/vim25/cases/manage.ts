import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

interface Role {
  roleId: number;
  name: string;
  system: boolean;
  privilege?: string[];
}
interface Permission {
  entity?: MoRef;
  principal: string;
  group: boolean;
  roleId: number;
  propagate: boolean;
}
const auth = (t: Scene) => t.manager("authorizationManager");
const roles = (t: Scene) => t.get<Role[]>(auth(t), "roleList");
async function addRole(
  t: Scene,
  privIds: string[] = ["VirtualMachine.Interact.PowerOn"],
): Promise<Role> {
  const name = t.name("role");
  await t.call<number>(auth(t), "AddAuthorizationRole", { name, privIds });
  const role = (await roles(t)).find((one) => one.name === name)!;
  const params = { roleId: role.roleId, failIfUsed: false };
  t.defer(() => t.call(auth(t), "RemoveAuthorizationRole", params));
  return role;
}
/** A role as good as the administrator's: who gives it to himself keeps his rights. */
async function addAdmin(t: Scene): Promise<Role> {
  const admin = (await roles(t)).find((role) => role.name === "Admin");
  return addRole(t, admin!.privilege);
}
const permissions = (t: Scene, entity: MoRef, inherited = false) =>
  t.call<Permission[]>(auth(t), "RetrieveEntityPermissions", { entity, inherited });
async function permit(t: Scene, entity: MoRef, role: Role, propagate = true): Promise<Permission> {
  const permission = {
    principal: t.target.login.username,
    group: false,
    roleId: role.roleId,
    propagate,
  };
  await t.call(auth(t), "SetEntityPermissions", { entity, permission: [permission] });
  t.defer(() =>
    t.call(auth(t), "RemoveEntityPermission", {
      entity,
      user: permission.principal,
      isGroup: false,
    }),
  );
  return permission;
}

/** Roles and permissions. */
export const permissionCases = topic("permissions", {
  "the system roles are there": async (t) => {
    const system = (await roles(t)).filter((role) => role.system).map((role) => role.name);
    for (const name of ["Admin", "ReadOnly", "NoAccess", "View", "Anonymous"])
      expect(system).toContain(name);
  },
  "system roles have the numbers of the documentation": async (t) => {
    const ids = new Map((await roles(t)).map((role) => [role.name, role.roleId]));
    expect([ids.get("Admin"), ids.get("ReadOnly"), ids.get("NoAccess")]).toEqual([-1, -2, -5]);
  },
  "the privileges are listed": async (t) => {
    const list = await t.get<{ privId: string }[]>(auth(t), "privilegeList");
    const ids = list.map((privilege) => privilege.privId);
    for (const id of ["VirtualMachine.Interact.PowerOn", "Datastore.AllocateSpace", "System.Read"])
      expect(ids).toContain(id);
  },
  "a role is added with its privileges": async (t) => {
    const role = await addRole(t);
    expect(role).toMatchObject({ system: false });
    expect(role.roleId).toBeGreaterThan(0);
    expect(role.privilege).toContain("VirtualMachine.Interact.PowerOn");
  },
  "the number of a new role is the answer": async (t) => {
    const name = t.name("role");
    const roleId = await t.call<number>(auth(t), "AddAuthorizationRole", { name, privIds: [] });
    t.defer(() => t.call(auth(t), "RemoveAuthorizationRole", { roleId, failIfUsed: false }));
    expect((await roles(t)).find((role) => role.name === name)).toMatchObject({ roleId });
  },
  "each role can see what it is for": async (t) => {
    const role = await addRole(t);
    expect(role.privilege).toEqual(
      expect.arrayContaining(["System.Anonymous", "System.Read", "System.View"]),
    );
  },
  "a name that is taken is AlreadyExists": async (t) => {
    const { name } = await addRole(t);
    const again = t.call(auth(t), "AddAuthorizationRole", { name, privIds: [] });
    expect(await t.fault(again)).toBe("AlreadyExists");
  },
  "a privilege that does not exist is InvalidArgument": async (t) => {
    const made = t.call(auth(t), "AddAuthorizationRole", {
      name: t.name("role"),
      privIds: ["No.Such"],
    });
    expect(await t.fault(made)).toBe("InvalidArgument");
  },
  "a role is changed": async (t) => {
    const { roleId } = await addRole(t);
    const newName = t.name("role");
    const privIds = ["VirtualMachine.Interact.PowerOff"];
    await t.call(auth(t), "UpdateAuthorizationRole", { roleId, newName, privIds });
    const role = (await roles(t)).find((one) => one.roleId === roleId)!;
    expect(role.name).toBe(newName);
    expect(role.privilege).toContain(privIds[0]);
    expect(role.privilege).not.toContain("VirtualMachine.Interact.PowerOn");
  },
  "a role is removed": async (t) => {
    const { roleId } = await addRole(t);
    await t.call(auth(t), "RemoveAuthorizationRole", { roleId, failIfUsed: true });
    expect((await roles(t)).map((role) => role.roleId)).not.toContain(roleId);
  },
  "a role that is not there is NotFound": async (t) => {
    const params = { roleId: 987_654, failIfUsed: false };
    expect(await t.fault(t.call(auth(t), "RemoveAuthorizationRole", params))).toBe("NotFound");
  },
  "a role that is used is RemoveFailed when told so": async (t) => {
    const role = await addAdmin(t);
    await permit(t, await t.resourcePool(), role);
    const params = { roleId: role.roleId, failIfUsed: true };
    expect(await t.fault(t.call(auth(t), "RemoveAuthorizationRole", params))).toBe("RemoveFailed");
  },
  "a permission is set and read": async (t) => {
    const [pool, role] = [await t.resourcePool(), await addAdmin(t)];
    const permission = await permit(t, pool, role);
    expect(await permissions(t, pool)).toContainEqual({ ...permission, entity: pool });
  },
  "a permission is replaced by the next of the same user": async (t) => {
    const [pool, role] = [await t.resourcePool(), await addAdmin(t)];
    await permit(t, pool, await addAdmin(t));
    await permit(t, pool, role);
    const mine = (await permissions(t, pool)).filter(
      (one) => one.principal === t.target.login.username,
    );
    expect(mine.map((one) => one.roleId)).toEqual([role.roleId]);
  },
  "a permission is removed": async (t) => {
    const [entity, role] = [await t.resourcePool(), await addAdmin(t)];
    const { principal } = await permit(t, entity, role);
    await t.call(auth(t), "RemoveEntityPermission", { entity, user: principal, isGroup: false });
    expect(await permissions(t, entity)).toEqual([]);
  },
  "a permission that is not there is NotFound": async (t) => {
    const params = {
      entity: await t.resourcePool(),
      user: t.target.login.username,
      isGroup: false,
    };
    expect(await t.fault(t.call(auth(t), "RemoveEntityPermission", params))).toBe("NotFound");
  },
  "permissions from above are told when asked for": async (t) => {
    const outer = await t.resourcePool();
    const inner = await t.resourcePool({}, outer);
    const permission = await permit(
      t,
      outer,
      (await roles(t)).find((role) => role.name === "Admin")!,
    );
    expect(await permissions(t, inner, false)).toEqual([]);
    expect(await permissions(t, inner, true)).toContainEqual({ ...permission, entity: outer });
  },
  "all permissions are told": async (t) => {
    const all = await t.call<Permission[]>(auth(t), "RetrieveAllPermissions");
    expect(all.length).toBeGreaterThan(0);
    expect(all.every((one) => one.entity !== undefined)).toBe(true);
  },
  "the administrator has every privilege": async (t) => {
    const manager = t.manager("sessionManager");
    const { key } = await t.get<{ key: string }>(manager, "currentSession");
    const params = {
      entity: t.content.rootFolder,
      sessionId: key,
      privId: ["VirtualMachine.Interact.PowerOn"],
    };
    expect(await t.call<boolean[]>(auth(t), "HasPrivilegeOnEntity", params)).toEqual([true]);
  },
  "the user is found in the directory": async (t) => {
    const params = {
      searchStr: t.target.login.username,
      exactMatch: true,
      findUsers: true,
      findGroups: false,
    };
    const found = await t.call<{ principal: string; group: boolean }[]>(
      t.manager("userDirectory"),
      "RetrieveUserGroups",
      params,
    );
    expect(found).toMatchObject([{ principal: t.target.login.username, group: false }]);
  },
  "a system role is not removed": async (t) => {
    const { roleId } = (await roles(t)).find((role) => role.name === "View")!;
    const params = { roleId, failIfUsed: false };
    const error = await t.error(t.call(auth(t), "RemoveAuthorizationRole", params));
    expect(hasFault(error, "InvalidArgument", "NotSupported")).toBe(true);
  },
  "somebody unknown is not found in the directory": async (t) => {
    const params = {
      searchStr: "nobody-knows",
      exactMatch: true,
      findUsers: true,
      findGroups: true,
    };
    expect(
      await t.call<unknown[]>(t.manager("userDirectory"), "RetrieveUserGroups", params),
    ).toEqual([]);
  },
});

const settings = (t: Scene) => t.manager("setting");
const query = (t: Scene, name: string) =>
  t.call<{ key: string; value: unknown }[]>(settings(t), "QueryOptions", { name });

/** OptionManager. */
export const optionCases = topic("options", {
  "a setting is changed and read": {
    vcenter: async (t) => {
      const key = "config.vpxd.SerialPort.PersistNetworkBacking";
      await t.call(settings(t), "UpdateOptions", { changedValue: [{ key, value: true }] });
      expect(await query(t, key)).toMatchObject([{ key, value: true }]);
    },
  },
  "all settings are a property": async (t) => {
    const all = await t.get<{ key: string }[]>(settings(t), "setting");
    expect(all.length).toBeGreaterThan(0);
  },
  "a part of a name asks for all below": async (t) => {
    const all = await t.get<{ key: string }[]>(settings(t), "setting");
    const prefix = `${all[0]!.key.split(".")[0]}.`;
    const found = (await query(t, prefix)).map((option) => option.key);
    expect(found).toContain(all[0]!.key);
    expect(found.every((key) => key.startsWith(prefix))).toBe(true);
  },
  "a setting that is not there is InvalidName": async (t) => {
    expect(await t.fault(query(t, "No.Such.Setting"))).toBe("InvalidName");
  },
});

/** Licences. */
export const licenseCases = topic("licences", {
  "the licences are told": async (t) => {
    const licenses = await t.get<{ licenseKey: string; name: string }[]>(
      t.manager("licenseManager"),
      "licenses",
    );
    expect(licenses.length).toBeGreaterThan(0);
    expect(licenses[0]!.name).toBeString();
  },
  "a licence has the features an appliance needs": async (t) => {
    const licenses = await t.get<{ properties?: { key: string; value: { key?: string } }[] }[]>(
      t.manager("licenseManager"),
      "licenses",
    );
    const features = licenses
      .flatMap((license) => license.properties ?? [])
      .filter((property) => property.key === "feature")
      .map((property) => property.value.key?.split(":")[0]);
    expect(features).toEqual(expect.arrayContaining(["serialuri", "dvs"]));
  },
  "a vCenter assigns licences": {
    vcenter: async (t) => {
      const manager = await t.get<MoRef>(t.manager("licenseManager"), "licenseAssignmentManager");
      const assigned = await t.call<DataObject[]>(manager, "QueryAssignedLicenses", {});
      expect(assigned.length).toBeGreaterThan(0);
      expect(assigned[0]).toMatchObject({ assignedLicense: { licenseKey: expect.any(String) } });
    },
  },
  "a licence is decoded": async (t) => {
    const licenseKey = "00000-00000-00000-00000-00000";
    const info = await t.call<DataObject>(t.manager("licenseManager"), "DecodeLicense", {
      licenseKey,
    });
    expect(info).toMatchObject({ licenseKey });
  },
});

const firewall = (t: Scene) => t.get<MoRef>(t.host, "configManager.firewallSystem");
const rulesets = async (t: Scene) =>
  (
    await t.get<{ ruleset: { key: string; enabled: boolean; rule: DataObject[] }[] }>(
      await firewall(t),
      "firewallInfo",
    )
  ).ruleset;

/** The firewall of a host. */
export const firewallCases = topic("firewall", {
  "rule sets have rules": async (t) => {
    const all = await rulesets(t);
    expect(all.length).toBeGreaterThan(0);
    const ssh = all.find((one) => one.key === "sshServer")!;
    expect(ssh.rule).toContainEqual(
      expect.objectContaining({ port: 22, direction: "inbound", protocol: "tcp" }),
    );
  },
  "a rule set is switched on and off": async (t) => {
    const id = "sshServer";
    const isOn = async () => (await rulesets(t)).find((one) => one.key === id)!.enabled;
    const before = await isOn();
    const self = await firewall(t);
    t.defer(() => t.call(self, before ? "EnableRuleset" : "DisableRuleset", { id }));
    await t.call(self, "EnableRuleset", { id });
    expect(await isOn()).toBe(true);
    await t.call(self, "DisableRuleset", { id });
    expect(await isOn()).toBe(false);
  },
  "a rule set that is not there is NotFound": async (t) => {
    expect(await t.fault(t.call(await firewall(t), "EnableRuleset", { id: "no-such" }))).toBe(
      "NotFound",
    );
  },
});

const perf = (t: Scene) => t.manager("perfManager");
interface Counter {
  key: number;
  nameInfo: { key: string };
  groupInfo: { key: string };
  rollupType: string;
}
const counters = (t: Scene) => t.get<Counter[]>(perf(t), "perfCounter");
const counterName = (c: Counter) => `${c.groupInfo.key}.${c.nameInfo.key}.${c.rollupType}`;

/** PerformanceManager. */
export const perfCases = topic("performance", {
  "counters have names": async (t) => {
    const names = (await counters(t)).map(counterName);
    expect(names).toEqual(
      expect.arrayContaining(["cpu.usage.average", "cpu.usagemhz.average", "mem.active.average"]),
    );
  },
  "counters are told by key": async (t) => {
    const [first] = await counters(t);
    const found = await t.call<Counter[]>(perf(t), "QueryPerfCounter", { counterId: [first!.key] });
    expect(found).toMatchObject([{ key: first!.key }]);
  },
  "a counter that does not exist is InvalidArgument": async (t) => {
    const found = t.call(perf(t), "QueryPerfCounter", { counterId: [987_654] });
    expect(await t.fault(found)).toBe("InvalidArgument");
  },
  "a VM gives figures every 20 seconds": async (t) => {
    const summary = await t.call<DataObject>(perf(t), "QueryPerfProviderSummary", {
      entity: await t.vm(),
    });
    expect(summary).toMatchObject({ currentSupported: true, refreshRate: 20 });
  },
  "the metrics of a running VM are told": async (t) => {
    const params = { entity: await t.runningVm(), intervalId: 20 };
    const metrics = await t.call<{ counterId: number; instance: string }[]>(
      perf(t),
      "QueryAvailablePerfMetric",
      params,
    );
    const byKey = new Map(
      (await counters(t)).map((counter) => [counter.key, counterName(counter)]),
    );
    expect(metrics.map((metric) => byKey.get(metric.counterId))).toContain("cpu.usagemhz.average");
  },
  "samples are as many as times": async (t) => {
    const entity = await t.runningVm();
    const counter = (await counters(t)).find((one) => counterName(one) === "cpu.usagemhz.average")!;
    const querySpec = [
      {
        entity,
        intervalId: 20,
        maxSample: 3,
        metricId: [{ counterId: counter.key, instance: "" }],
      },
    ];
    const found = await t.call<{ sampleInfo?: unknown[]; value?: { value?: number[] }[] }[]>(
      perf(t),
      "QueryPerf",
      { querySpec },
    );
    for (const { sampleInfo = [], value = [] } of found) {
      for (const series of value) expect(series.value ?? []).toHaveLength(sampleInfo.length);
    }
  },
  "the intervals of history are told": async (t) => {
    const intervals = await t.get<{ samplingPeriod: number }[]>(perf(t), "historicalInterval");
    expect(intervals.map((one) => one.samplingPeriod)).toContain(300);
  },
});
