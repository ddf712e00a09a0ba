import { describe, expect, test } from "bun:test";
import type { RawOptions } from "./options.ts";
import { parseCommon, parseCreate } from "./settings.ts";

const base: RawOptions = { target: "u@esx", name: "vch" };
const create = (raw: RawOptions = {}) => parseCreate({ ...base, ...raw }, "/home/x");
const wrong = (raw: RawOptions) => {
  try {
    create(raw);
  } catch (error) {
    return (error as { text: string }).text;
  }
  return "";
};

describe("settings of create", () => {
  test("have defaults", () => {
    expect(create()).toMatchObject({
      name: "vch",
      timeoutMs: 180_000,
      scratchBytes: Math.ceil(8e9 / 2 ** 20) * 2 ** 20,
      endpoint: { memoryMb: 2048, cpus: 1 },
      tls: { mode: "verify", cname: "", dir: "/home/x/vch", rsaBits: 2048, organization: ["vch"] },
      networks: {
        bridge: undefined,
        range: { address: "172.16.0.0", prefix: 12 },
        width: 16,
        roles: {
          public: { network: "VM Network" },
          client: { network: "VM Network" },
          management: { network: "VM Network" },
        },
        dns: [],
      },
      memory: { limit: undefined },
      options: ["--target=esx", "--name=vch"],
    });
    expect(parseCommon({ target: "u@esx" }).name).toBe("virtual-container-host");
  });

  test("keep no secret", () => {
    const { options } = create({
      target: "https://u:secret@esx/dc",
      password: "secret",
      user: "u",
      "tls-server-key": "k",
      "tls-server-cert": "c",
      "insecure-registry": ["a:5000", "b"],
      force: true,
    });
    expect(options.join(" ")).not.toContain("secret");
    expect(options).toEqual([
      "--target=https://esx/dc",
      "--name=vch",
      "--insecure-registry=a:5000",
      "--insecure-registry=b",
      "--force=true",
    ]);
  });

  test("tell all mistakes at once", () => {
    const told = wrong({
      target: "",
      name: "a/b",
      timeout: "soon",
      cpu: "fast",
      "client-network-ip": "1.2.3.4",
      "registry-ca": ["/no/such"],
      "tls-server-key": "k",
    });
    for (const part of ["--target", "a/b", "soon", "fast", "1.2.3.4", "/no/such", "together"])
      expect(told).toContain(part);
  });

  test("limit pools and sizes", () => {
    expect(create({ memory: "0" }).memory.limit).toBeUndefined();
    expect(create({ memory: "512", "memory-reservation": "256" }).memory).toMatchObject({
      limit: 512,
      reservation: 256,
    });
    expect(wrong({ memory: "256", "memory-reservation": "512" })).toContain("more than the limit");
    expect(wrong({ "base-image-size": "1MB" })).toContain("64MiB");
    expect(wrong({ "endpoint-memory": "16" })).toContain("from 512");
    expect(wrong({ debug: "9" })).toContain("from 0 to 3");
  });

  test("allow insecure registries too once there is a whitelist", () => {
    expect(create({ "insecure-registry": ["a:5000"] }).registries.allowed).toEqual([]);
    const both = { "insecure-registry": ["a:5000"], "whitelist-registry": ["10.0.0.0/8"] };
    expect(create(both).registries.allowed).toEqual(["10.0.0.0/8", "a:5000"]);
  });

  test("of static addresses follow from the shared network", () => {
    const settings = create({
      "public-network-ip": "10.0.0.2/24",
      "public-network-gateway": "10.0.0.1",
    });
    expect(settings.tls.cname).toBe("10.0.0.2");
    expect(settings.tls.organization).toEqual(["vch", "10.0.0.2"]);
    expect(settings.networks.dns).toEqual(["8.8.8.8", "8.8.4.4"]);
    const own = create({ "client-network": "c", "client-network-ip": "10.1.0.2/24" });
    expect(own.tls.cname).toBe("10.1.0.2");
    expect(own.networks.dns).toEqual([]);
  });

  test("of static addresses are consistent", () => {
    expect(wrong({ "public-network-ip": "10.0.0.2/24" })).toContain("both static IP and gateway");
    expect(
      wrong({ "public-network-ip": "10.0.0.2/24", "public-network-gateway": "10.9.0.1" }),
    ).toContain("is not in the network");
    expect(
      wrong({
        "public-network-ip": "10.0.0.2/24",
        "public-network-gateway": "10.9.0.0/16:10.0.0.1",
      }),
    ).toContain("must not have any routing destinations");
    const own = { "client-network": "c", "client-network-ip": "10.1.0.2/24" };
    expect(wrong({ ...own, "client-network-gateway": "10.1.0.1" })).toContain(
      "at least one routing destination",
    );
    expect(wrong({ ...own, "client-network-gateway": "10.2.0.0/16:10.1.0.1" })).toBe("");
    expect(wrong({ "client-network-ip": "10.0.0.2/24" })).toContain("Incorrect static IP");
    expect(wrong({ ...own, "management-network-ip": "10.1.0.3/24" })).toContain(
      "Incorrect static IP",
    );
  });

  test("carve bridge networks out of a range that holds one", () => {
    expect(create({ "bridge-network-range": "10.9.8.7/16" }).networks.range).toEqual({
      address: "10.9.0.0",
      prefix: 16,
    });
    expect(wrong({ "bridge-network-range": "10.0.0.0/20" })).toContain("not large enough");
    expect(
      wrong({ "bridge-network-range": "10.0.0.0/16", "bridge-network-width": "16" }),
    ).toContain("Error specifying bridge network width: 16");
    expect(
      create({ "bridge-network-range": "10.0.0.0/20", "bridge-network-width": "24" }).networks
        .width,
    ).toBe(24);
    expect(wrong({ "bridge-network-width": "31" })).toContain("from 1 to 30");
  });
});
