import { expect, test } from "bun:test";
import type { ContainerConfig } from "../internal/guest/config.ts";
import { etcFiles } from "./etc-files.ts";

test("files below /etc", () => {
  const config = {
    hostname: "web",
    domainname: "example.org",
    networks: [{ mac: "a" }, { mac: "b" }],
    extraHosts: [{ name: "db", address: "10.0.0.9" }],
    dns: { nameservers: ["172.16.0.1"], search: ["a", "b"], options: ["ndots:0"] },
  } as unknown as ContainerConfig;
  const files = etcFiles(config, { a: "172.16.0.2/16" });
  expect(files.hostname).toBe("web\n");
  expect(files.hosts).toContain("127.0.0.1\tlocalhost\n");
  expect(files.hosts.endsWith("10.0.0.9\tdb\n172.16.0.2\tweb.example.org web\n")).toBeTrue();
  expect(files["resolv.conf"]).toBe("nameserver 172.16.0.1\nsearch a b\noptions ndots:0\n");
});
