import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerConfig } from "../internal/guest/config.ts";
import type { CallStream } from "../internal/guest/operations/call-server.ts";
import { Container } from "./container.ts";
import { containerOperations } from "./operations.ts";
import type { Process } from "./process.ts";
import type { Runtime } from "./runtime.ts";

const root = mkdtempSync(join(tmpdir(), "vic-tether-operations-"));
mkdirSync(join(root, "etc"));
writeFileSync(join(root, "etc/passwd"), "root:x:0:0::/root:\nweb:x:33:33::/srv:\n");
afterAll(() => rmSync(root, { recursive: true }));

const id = "0123456789abcdef".repeat(4);

function makeContainer(): Container {
  const process = { args: ["x"], env: ["A=1"], cwd: "/", user: "web", tty: false };
  const config = { id, process, hostname: "h", sandbox: { groupAdd: [] } };
  const container = new Container(config as unknown as ContainerConfig, {} as Runtime);
  container.rootPath = root;
  return container;
}

test("the user is the container's id, with its own user or another of its users", async () => {
  const container = makeContainer();
  const { operate } = containerOperations(container);
  const environment = (username: string) =>
    operate("environment", { username, password: "", names: ["HOME", "A"] }, {} as CallStream);
  await expect(environment(id)).rejects.toMatchObject({
    detail: { fault: "GuestOperationsUnavailable" },
  });
  container.phase = "running";
  container.process = { pid: 4242, isRunning: true } as Process;
  expect(await environment(id)).toEqual(["A=1", "HOME=/srv"]);
  expect(await environment(`root@${id.slice(0, 12)}`)).toEqual(["A=1", "HOME=/root"]);
  for (const wrong of ["root", id.slice(0, 11), `nobody@${id}`, `${id}0`, "@"]) {
    await expect(environment(wrong)).rejects.toMatchObject({
      detail: { fault: "InvalidGuestLogin" },
    });
  }
});
