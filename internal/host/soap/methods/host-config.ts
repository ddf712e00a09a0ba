import { fault, invalidArgument } from "../../fault.ts";
import type { AllowedHosts } from "../../settings/firewall.ts";
import { serviceInfo, utc } from "../../settings/host-services.ts";
import { type Call, type Methods, param } from "../call.ts";

const idOf = (call: Call) => param<string>(call, "id");

/** HostFirewallSystem. */
export const hostFirewallSystem: Methods = {
  EnableRuleset: (call) => call.world.firewall.enable(idOf(call), true),
  DisableRuleset: (call) => call.world.firewall.enable(idOf(call), false),
  UpdateRuleset: (call) => {
    const { allowedHosts } = param<{ allowedHosts?: AllowedHosts }>(call, "spec");
    if (!allowedHosts) throw invalidArgument("spec", "say which hosts are allowed");
    call.world.firewall.allow(idOf(call), allowedHosts);
  },
  UpdateDefaultPolicy: (call) => {
    const policy = param<{ incomingBlocked?: boolean; outgoingBlocked?: boolean }>(
      call,
      "defaultPolicy",
    );
    if (policy.incomingBlocked !== true && policy.outgoingBlocked !== true) return;
    throw fault("NotSupported", "vic-host filters no packets: it cannot block by default");
  },
  RefreshFirewall: () => undefined,
};

interface Service {
  key: string;
  running: boolean;
  policy: string;
}

function service(call: Call): Service {
  const id = idOf(call);
  const found = (serviceInfo()["service"] as Service[]).find((s) => s.key === id);
  if (!found) throw fault("NotFound", `there is no service "${id}"`);
  return found;
}

function refuse(call: Call, wish: boolean): void {
  const { key, running } = service(call);
  if (running === wish) return;
  const why = wish ? "it has none" : "clients would be lost";
  throw fault("NotSupported", `vic-host cannot ${wish ? "start" : "stop"} ${key}: ${why}`);
}

/** HostServiceSystem. */
export const hostServiceSystem: Methods = {
  StartService: (call) => refuse(call, true),
  StopService: (call) => refuse(call, false),
  RestartService: (call) => {
    throw fault("NotSupported", `vic-host cannot restart ${service(call).key}`);
  },
  UpdateServicePolicy: (call) => {
    if (service(call).policy === param<string>(call, "policy")) return;
    throw fault("NotSupported", `vic-host cannot change when ${idOf(call)} starts`);
  },
  RefreshServices: () => undefined,
};

/** HostDateTimeSystem: the clock is the machine's. */
export const hostDateTimeSystem: Methods = {
  QueryDateTime: () => new Date().toISOString(),
  QueryAvailableTimeZones: () => [utc],
  UpdateDateTime: () => {
    throw fault("NotSupported", "vic-host does not set the clock of its machine");
  },
  RefreshDateTimeSystem: () => undefined,
};
