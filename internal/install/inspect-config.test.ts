import { describe, expect, test } from "bun:test";
import type { ApplianceConfig } from "../guest/config.ts";
import {
  configOptions,
  formatRaw,
  formatVerbose,
  shellQuote,
  toStoreUrl,
} from "./inspect-config.ts";
import type { VchRecord } from "./record.ts";

const record = {
  target: "https://esx",
  thumbprint: "AA:BB",
  imageStore: "[datastore1] vch",
  options: [
    "--target=esx",
    "--name=vch",
    "--timeout=10m",
    "--force=true",
    "--tls-cname=vch.test",
    "--insecure-registry=a:5000",
    "--insecure-registry=b:5000",
    "--bridge-network-width=16",
    "--memory=1",
  ],
} as VchRecord;
const nic = (network: string) => ({ network, mac: "", mode: "dhcp" as const });
const config = {
  nics: {
    public: nic("VM Network"),
    client: nic("VM Network"),
    management: nic("mgmt"),
    bridge: nic("vch"),
  },
} as ApplianceConfig;
const live = {
  name: "vch",
  computePath: "/ha-datacenter/host/esx/Resources",
  bridgeName: "vch",
  memory: { limit: 4096, reservation: 0, shares: { level: "high", shares: 9 } },
  cpu: { limit: -1, shares: { level: "custom", shares: 77 } },
};

describe("inspect config", () => {
  test("tells what is there now, then what was given, without defaults", () => {
    expect(configOptions(record, config, live).map(([n, v]) => `${n}=${v}`)).toEqual([
      "target=https://esx",
      "thumbprint=AA:BB",
      "name=vch",
      "compute-resource=/ha-datacenter/host/esx/Resources",
      "image-store=ds://datastore1",
      "bridge-network=vch",
      "public-network=VM Network",
      "management-network=mgmt",
      "memory=4096",
      "memory-shares=high",
      "cpu-shares=77",
      "tls-cname=vch.test",
      "insecure-registry=a:5000",
      "insecure-registry=b:5000",
    ]);
  });

  test("names the folder of the image store when create did", () => {
    const stored = (option: string) =>
      configOptions(
        { ...record, imageStore: "[ds] a/b/vch", options: [option] },
        config,
        live,
      ).find(([n]) => n === "image-store")?.[1];
    expect(stored("--image-store=ds/a/b")).toBe("ds://ds/a/b");
    expect(stored("--image-store=ds://ds/a/b")).toBe("ds://ds/a/b");
    expect(stored("--image-store=ds")).toBe("ds://ds");
    expect(stored("--image-store=ds://ds")).toBe("ds://ds");
    expect(toStoreUrl("[ds] ")).toBe("ds://ds");
  });

  test("is one line a shell reads back, or a line each", () => {
    const options: [string, string][] = [
      ["name", "vch"],
      ["public-network", "VM Network"],
      ["tls-cname", "*.corp"],
    ];
    expect(formatRaw(options)).toBe(
      "--name=vch --public-network='VM Network' --tls-cname='*.corp'",
    );
    expect(formatVerbose(options)).toContain("\t--public-network=VM Network");
    expect(shellQuote("it's $HOME")).toBe(`'it'\\''s $HOME'`);
    expect(shellQuote("")).toBe("''");
  });
});
