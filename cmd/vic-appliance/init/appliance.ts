import { chmodSync, mkdirSync, watch, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { VicError } from "../../../internal/errors/errors.ts";
import {
  keys,
  services,
  type ApplianceConfig,
  type ApplianceState,
  type Service,
} from "../../../internal/guest/config.ts";
import {
  openGuestInfo,
  type GuestInfo,
  type PowerRequest,
} from "../../../internal/guest/guestinfo.ts";
import { appliancePaths } from "../../../internal/guest/paths.ts";
import { nft } from "../../../internal/net/links.ts";
import { versionString } from "../../../internal/version/version.ts";
import { setClockByHost } from "./clock.ts";
import { firewallModules, firewallScript } from "./firewall.ts";
import { mountDataDisk } from "./data-disk.ts";
import { applianceOperations } from "./operations.ts";
import { endMachine, reapOrphans } from "./kernel.ts";
import { LogFile } from "./log-file.ts";
import { Network } from "./network.ts";
import { Reporter } from "./reporter.ts";
import { ServiceProcess } from "./service.ts";
import { Ssh } from "./ssh.ts";
import { applySysctls } from "./sysctl.ts";

/** All services together may take this long to stop before the machine ends. */
const stopGraceMs = 15_000;
const leaseReleaseMs = 1_000;

/** The appliance as process 1 sees it: a network, services, and a hypervisor to report to. */
export class Appliance {
  readonly #log = new LogFile(appliancePaths.log("init"));
  readonly #stopping = new AbortController();
  #services: ServiceProcess[] = [];
  #network: Network | undefined;
  #reporter: Reporter | undefined;
  /** Why the appliance as a whole cannot serve. */
  #trouble = "";

  /** Brings everything up; afterwards timers and child processes keep the program running. */
  async run(): Promise<void> {
    const say = (text: string): void => this.#say(text);
    reapOrphans();
    process.on("uncaughtException", (error) => this.#crash(error));
    process.on("unhandledRejection", (error) => this.#crash(error));
    say(`vic-appliance ${versionString}`);
    const modules = this.#loadModules();
    const info = await openGuestInfo();
    void setClockByHost(info).then(
      (error) => {
        if (error !== undefined) say(`the clock was wrong by ${error.toFixed(3)} s`);
      },
      (error: unknown) => say(`the clock is not set: ${VicError.from(error).text}`),
    );
    info.serve(applianceOperations(info).operate);
    this.#reporter = new Reporter(info, say);
    this.#watchPower(info);
    const { config, secret } = await this.#readConfig(info);
    try {
      await this.#configure(config, secret, modules);
    } catch (error) {
      this.#trouble = VicError.from(error).text;
      say(`cannot configure the appliance: ${this.#trouble}`);
    }
    this.#report();
    void this.#reporter.watch(this.#stopping.signal);
    void this.#followDebug(info);
    if (this.#trouble === "") this.#startServices();
  }

  /** Network, firewall and the files the services read. */
  async #configure(config: ApplianceConfig, secret: string, modules: Promise<void>): Promise<void> {
    mkdirSync(appliancePaths.run, { recursive: true });
    writeFileSync(appliancePaths.config, JSON.stringify(config), { mode: 0o644 });
    writeFileSync(appliancePaths.secret, secret, { mode: 0o600 });
    chmodSync(appliancePaths.secret, 0o600);
    const name = config.name.replaceAll(/[^a-zA-Z0-9-]/g, "-").slice(0, 63) || "vch";
    await writeFile("/proc/sys/kernel/hostname", name);
    await writeFile("/etc/hostname", `${name}\n`);
    const missing = await applySysctls();
    if (missing.length > 0) this.#say(`this kernel has no ${missing.join(", ")}`);
    if (!(await mountDataDisk())) this.#say("there is no data disk: large archives go into memory");
    // The filter is in place before any interface is up.
    await modules;
    await nft(firewallScript(config.docker.port));
    this.#network = new Network(
      config,
      () => this.#report(),
      (text) => this.#say(text),
    );
    await this.#network.start();
    await this.#writeHosts(name);
  }

  /** The configuration may come after the VM was powered on. */
  async #readConfig(info: GuestInfo): Promise<{ config: ApplianceConfig; secret: string }> {
    const changes = info.changes();
    const read = async (): Promise<{ config: ApplianceConfig; secret: string } | undefined> => {
      const config = await info.get(keys.applianceConfig);
      const secret = await info.get(keys.applianceSecret);
      if (config === undefined || secret === undefined) return undefined;
      try {
        return { config: parseConfig(config), secret };
      } catch (error) {
        this.#say(VicError.from(error).text);
        return undefined;
      }
    };
    const first = await read();
    if (first !== undefined) return first;
    this.#say("waiting for the configuration");
    for await (const _ of changes) {
      const next = await read();
      if (next !== undefined) return next;
    }
    throw new VicError("cancelled", "stopped before there was a configuration");
  }

  /** Turns ssh on and off as `vic-machine debug` says. */
  async #followDebug(info: GuestInfo): Promise<void> {
    const ssh = new Ssh((text) => this.#say(text));
    const apply = async (): Promise<void> => {
      await ssh.apply(await info.get(keys.applianceDebug));
      void this.#reporter?.look();
    };
    const changes = info.changes();
    await apply();
    for await (const changed of changes) if (changed.includes(keys.applianceDebug)) await apply();
  }

  #startServices(): void {
    const forBun = Object.entries(process.env).filter(([name]) => name.startsWith("BUN_JSC_"));
    const env = {
      ...(Object.fromEntries(forBun) as Record<string, string>),
      PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin",
      HOME: "/root",
      LANG: "C.UTF-8",
    };
    this.#services = services.map((name) => {
      return new ServiceProcess({
        name,
        argv: [process.execPath, name],
        env,
        readyFile: appliancePaths.ready(name),
        log: new LogFile(appliancePaths.log(name)),
        onChange: () => this.#onService(name),
      });
    });
    watch(appliancePaths.run, (_event, name) => {
      for (const service of this.#services) service.checkReady();
      if (name === basename(appliancePaths.publishedPorts)) void this.#reporter?.look();
    });
    for (const service of this.#services) service.start();
  }

  #onService(name: Service): void {
    const service = this.#services.find((candidate) => candidate.name === name);
    if (service === undefined) return;
    if (service.status === "true") this.#say(`${name} serves`);
    else if (service.status !== "") {
      this.#say(`${name} ${service.status}`);
      if (this.#stopping.signal.aborted) return;
      for (const line of service.tail) this.#say(`${name}| ${line}`);
    }
    this.#report();
  }

  #report(): void {
    const byName = <T>(value: (service: ServiceProcess | undefined) => T): Record<Service, T> =>
      Object.fromEntries(
        services.map((name) => [name, value(this.#services.find((s) => s.name === name))]),
      ) as Record<Service, T>;
    const state: ApplianceState = {
      build: versionString,
      addresses: this.#network?.addresses ?? {},
      services: byName((service) => service?.status ?? this.#trouble),
      restarts: byName((service) => service?.restarts ?? 0),
    };
    this.#reporter?.report(state);
    void this.#reporter?.look();
  }

  #watchPower(info: GuestInfo): void {
    info.onPower((request) => void this.#end(request));
    // The same signals that busybox's poweroff and reboot send; Ctrl-Alt-Del is SIGINT.
    for (const signal of ["SIGUSR1", "SIGUSR2", "SIGPWR"] as const)
      process.on(signal, () => void this.#end("shutdown"));
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.on(signal, () => void this.#end("reboot"));
  }

  async #end(request: PowerRequest): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    this.#say(`${request} requested`);
    try {
      // In reverse: the Docker API goes before what it needs.
      for (const service of this.#services.toReversed())
        await service.stop(stopGraceMs / services.length);
      await Promise.race([this.#network?.stop(), Bun.sleep(leaseReleaseMs)]);
    } catch (error) {
      this.#say(`while stopping: ${VicError.from(error).text}`);
    }
    endMachine(request === "reboot" ? "restart" : "power-off");
  }

  /** A defect in process 1: the machine starts over rather than go on half dead. */
  #crash(error: unknown): void {
    this.#say(`defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    void this.#end("reboot");
  }

  async #loadModules(): Promise<void> {
    const child = Bun.spawn(["modprobe", "-a", ...firewallModules], {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "inherit",
    });
    await child.exited;
  }

  async #writeHosts(name: string): Promise<void> {
    const lines = ["127.0.0.1 localhost", "::1 localhost ip6-localhost", `127.0.1.1 ${name}`];
    for (const [role, cidr] of Object.entries(this.#network?.addresses ?? {}))
      lines.push(`${cidr.split("/")[0]} ${role}.localhost`);
    await writeFile("/etc/hosts", `${lines.join("\n")}\n`);
  }

  /** To the serial console, and to init's own log. */
  #say(text: string): void {
    const line = `${new Date().toISOString()} init: ${text}\n`;
    process.stdout.write(line);
    try {
      this.#log.write(Buffer.from(line));
    } catch {
      // The disk is full: the console has it.
    }
  }
}

/** Checks what process 1 itself uses; the services check the rest. */
export function parseConfig(text: string): ApplianceConfig {
  let config: ApplianceConfig;
  try {
    config = JSON.parse(text) as ApplianceConfig;
  } catch (cause) {
    throw new VicError("damaged", "the appliance's configuration is not JSON", { cause });
  }
  const word = /^[0-9a-fA-F:./]+$/;
  const nics = Object.values(config?.nics ?? {});
  const isUsable =
    config?.version === 1 &&
    typeof config.name === "string" &&
    Number.isInteger(config.docker?.port) &&
    Array.isArray(config.nameservers) &&
    nics.length === 4 &&
    nics.every(
      (nic) =>
        /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(nic.mac) &&
        [nic.address, nic.gateway, ...(nic.destinations ?? [])].every(
          // They become words of commands.
          (value) => value === undefined || value === "" || word.test(value),
        ),
    );
  if (!isUsable)
    throw new VicError("invalid", "the appliance's configuration lacks what init needs");
  return config;
}
