import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { VicError } from "../errors/errors.ts";
import { versionString } from "../version/version.ts";
import type { Client } from "../vim25/client.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { compareBuild } from "./build.ts";
import { withSession, type Context } from "./context.ts";
import { configOptions, formatRaw, formatVerbose, type LiveAllocation } from "./inspect-config.ts";
import { text, type RawOptions } from "./options.ts";
import { addressesOf } from "./ready.ts";
import { readConfig } from "./record.ts";
import { findCertDir, findCertifiedHost, reportLines, reportWarnings } from "./report.ts";
import { parentPath, poolScope } from "./scope.ts";
import { parseCommon, type CommonSettings } from "./settings.ts";
import { findVch, type Vch } from "./vms.ts";

/** `vic-machine inspect` */
export async function inspectVch(raw: RawOptions, context: Context): Promise<void> {
  const settings = parseCommon(raw);
  const { log, signal } = context;
  await withSession(settings.target, context, async ({ client }) => {
    const vch = await find(client, settings, signal);
    const config = readConfig(vch.extra);
    if (vch.powerState !== "poweredOn") {
      throw new VicError("conflict", `VCH is not powered on, state ${vch.powerState}`);
    }
    const { "guest.net": net } = await retrieveOne(client, vch.vm, ["guest.net"], signal);
    const addresses = addressesOf(config.nics, net);
    const { client: outside, public: published = outside, management = outside } = addresses;
    if (outside === undefined || published === undefined || management === undefined) {
      throw new VicError("unavailable", "No client IP address assigned", {
        hint: "the VCH may still be starting",
      });
    }
    const dirs = certDirs(raw, vch.name, context);
    const reachable = {
      vmId: vch.vm.value,
      config,
      addresses: { client: outside, public: published, management },
      certifiedHost: await findCertifiedHost(config, outside),
      certDir: findCertDir(dirs),
    };
    for (const line of versionLines(vch.record.build)) log.info(line);
    for (const line of reportWarnings(reachable)) log.warn(line);
    for (const line of reportLines(reachable, undefined)) log.info(line);
  });
}

async function find(client: Client, settings: CommonSettings, signal: AbortSignal): Promise<Vch> {
  const pools = await poolScope(client, settings, signal);
  return findVch(client, settings, pools, signal);
}

function certDirs(raw: RawOptions, name: string, { log, cwd }: Context): string[] {
  const given = text(raw, "tls-cert-path");
  if (given) return [resolve(cwd, given)];
  const dirs = [resolve(cwd, name), cwd, join(homedir(), ".docker")];
  log.info(`--tls-cert-path not supplied - checking for certs in ${dirs.join(", ")}`);
  return dirs;
}

function versionLines(build: string): string[] {
  const status = {
    same: ["Installer has same version as VCH", "No upgrade available with this installer version"],
    older: ["Upgrade available"],
    newer: [
      "Installer has older version than VCH",
      "No upgrade available with this installer version",
    ],
    unknown: ["Unknown"],
  }[compareBuild(build)];
  return [
    `Installer version: ${versionString}`,
    `VCH version: ${build}`,
    "",
    "VCH upgrade status:",
    ...status,
  ];
}

/** `vic-machine inspect config` */
export async function inspectConfig(raw: RawOptions, context: Context): Promise<void> {
  const format = text(raw, "format") ?? "verbose";
  if (format !== "raw" && format !== "verbose") {
    throw new VicError("invalid", `--format: "${format}" is not raw or verbose`);
  }
  const settings = parseCommon(raw);
  const { signal } = context;
  await withSession(settings.target, context, async ({ client }) => {
    const vch = await find(client, settings, signal);
    const { record } = vch;
    const pool = await retrieveOne(client, record.pool.ref, ["config"], signal);
    const limits = pool["config"] as
      { memoryAllocation?: LiveAllocation; cpuAllocation?: LiveAllocation } | undefined;
    const bridge = await retrieveOne(client, record.bridge.network, ["name"], signal);
    const options = configOptions(record, readConfig(vch.extra), {
      name: vch.name,
      computePath: await parentPath(client, record.pool, signal),
      bridgeName: String(bridge["name"]),
      memory: (record.pool.isOwn ? limits?.memoryAllocation : undefined) ?? {},
      cpu: (record.pool.isOwn ? limits?.cpuAllocation : undefined) ?? {},
    });
    if (format === "raw") context.print(`${formatRaw(options)}\n`);
    else for (const line of formatVerbose(options)) context.log.info(line);
  });
}
