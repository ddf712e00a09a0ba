import { describe, expect, test } from "bun:test";
import type { ApplianceConfig } from "../guest/config.ts";
import { selfSigned } from "../pki/pki.ts";
import {
  dockerEnv,
  findCertifiedHost,
  reportLines,
  reportWarnings,
  type Reachable,
} from "./report.ts";

const vch = (tls: ApplianceConfig["docker"]["tls"], certDir?: string): Reachable => ({
  vmId: "vm-7",
  config: {
    bridge: { range: "172.16.0.0/12", width: 16 },
    docker: { port: tls === "none" ? 2375 : 2376, tls, serverCertPem: "", clientCaPem: "" },
  } as ApplianceConfig,
  addresses: { client: "127.0.2.15", public: "127.0.2.15", management: "10.1.0.1" },
  certifiedHost: "127.0.2.15",
  certDir,
});

describe("the report of a VCH", () => {
  test("tells the environment for each way of TLS", () => {
    expect(dockerEnv(vch("verify", "/c"))).toEqual([
      "DOCKER_TLS_VERIFY=1",
      "DOCKER_CERT_PATH=/c",
      "DOCKER_HOST=127.0.2.15:2376",
      "COMPOSE_TLS_VERSION=TLSv1_2",
    ]);
    expect(dockerEnv(vch("server"))).toEqual([
      "DOCKER_HOST=127.0.2.15:2376",
      "COMPOSE_TLS_VERSION=TLSv1_2",
    ]);
    expect(dockerEnv(vch("none"))).toEqual(["DOCKER_HOST=127.0.2.15:2375"]);
  });

  test("tells the command for each way of TLS", () => {
    const command = (reachable: Reachable) => reportLines(reachable, undefined).at(-1);
    expect(command(vch("verify", "/c"))).toBe(
      'docker -H 127.0.2.15:2376 --tlsverify --tlscacert="/c/ca.pem" --tlscert="/c/cert.pem" --tlskey="/c/key.pem" info',
    );
    expect(command(vch("verify"))).toBe("docker -H 127.0.2.15:2376 --tlsverify info");
    expect(command(vch("server"))).toBe("docker -H 127.0.2.15:2376 --tls info");
    expect(command(vch("none"))).toBe("docker -H 127.0.2.15:2375 info");
  });

  test("warns when no client certificate is known", () => {
    expect(reportWarnings(vch("verify"))).toHaveLength(2);
    expect(reportWarnings(vch("verify", "/c"))).toEqual([]);
    expect(reportWarnings(vch("none"))).toEqual([]);
    const lines = reportLines(vch("verify", "/c"), "/c/vch.env");
    for (const line of ["VCH ID: vm-7", "Environment saved in /c/vch.env", "10.1.0.1"])
      expect(lines).toContain(line);
  });

  test("names the host as the certificate does, or warns", async () => {
    const pair = await selfSigned({
      organization: ["x"],
      sans: ["*.corp.test", "vch.corp.test", "10.0.0.7"],
      usage: "server",
    });
    const { config } = vch("verify");
    config.docker.serverCertPem = pair.certPem;
    const resolve = async (name: string) => (name === "vch.corp.test" ? ["10.0.0.8"] : []);
    expect(await findCertifiedHost(config, "10.0.0.7", resolve)).toBe("10.0.0.7");
    expect(await findCertifiedHost(config, "10.0.0.8", resolve)).toBe("vch.corp.test");
    expect(await findCertifiedHost(config, "10.0.0.9", resolve)).toBeUndefined();
    const named = { ...vch("verify", "/c"), certifiedHost: "vch.corp.test" };
    expect(dockerEnv(named)).toContain("DOCKER_HOST=vch.corp.test:2376");
    expect(reportWarnings({ ...named, certifiedHost: undefined })[0]).toContain("viable address");
    expect(await findCertifiedHost(vch("server").config, "10.0.0.9", resolve)).toBe("10.0.0.9");
  });
});
