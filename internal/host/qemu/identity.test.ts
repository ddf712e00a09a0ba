import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeAcl, encodeAcl, readAcl, writeAcl } from "./acl.ts";
import { idBlock, type Identity, identityOf } from "./identity.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-identity-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a shell command as the user; whether it succeeded. */
async function can(identity: Identity, command: string): Promise<boolean> {
  const child = Bun.spawn(identity.command("sh", ["-c", command]), {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "ignore",
  });
  return (await child.exited) === 0;
}

const read = (path: string) => `cat ${path}`;
const write = (path: string) => `echo x >> ${path}`;

test("an access list is what it was after encoding and decoding", () => {
  const acl = {
    owner: 6,
    owningGroup: 0,
    other: 0,
    users: new Map([
      [7, 4],
      [1_879_048_200, 6],
    ]),
    groups: new Map([[9, 1]]),
  };
  expect(decodeAcl(encodeAcl(acl))).toEqual(acl);
});

describe("ids", () => {
  const whole = "         0          0 4294967295\n";

  test("differ by data folder, and are stable", () => {
    const one = idBlock("/a", whole);
    expect(idBlock("/a", whole)).toEqual(one);
    expect(idBlock("/b", whole).first).not.toBe(one.first);
    expect(one.first).toBeGreaterThanOrEqual(0x7000_0000);
    expect(one.first + one.count).toBeLessThanOrEqual(0x8000_0000);
  });

  test("are small where the user name space has few", () => {
    expect(idBlock("/a", "0 100000 65536\n")).toMatchObject({ first: 61_184, count: 4_096 });
  });
});

// Other users cannot be made by somebody who is not root.
const isRoot = process.getuid?.() === 0 && process.platform === "linux";

describe.if(isRoot)("a machine's own user", () => {
  test("opens its own files and no others", async () => {
    const data = join(folder, "data");
    await mkdir(join(data, "store", "a"), { recursive: true, mode: 0o700 });
    const file = async (name: string) => {
      await writeFile(join(data, name), "content", { mode: 0o600 });
      return join(data, name);
    };
    const [a, b] = [identityOf(data, "1"), identityOf(data, "2")];
    const [diskA, diskB] = [await file("store/a/a.vmdk"), await file("store/a/b.vmdk")];
    const [base, secret] = [await file("store/base.vmdk"), await file("password")];
    const kernel = await file("kernel");
    a.allow(diskA, "write");
    a.allow(base, "read");
    b.allow(diskB, "write");
    b.allow(base, "read");
    b.allow(kernel, "share");
    const may = async (who: Identity) => ({
      diskA: [await can(who, read(diskA)), await can(who, write(diskA))],
      diskB: [await can(who, read(diskB)), await can(who, write(diskB))],
      base: [await can(who, read(base)), await can(who, write(base))],
      secret: [await can(who, read(secret)), await can(who, write(secret))],
      kernel: [await can(who, read(kernel)), await can(who, write(kernel))],
      list: await can(who, `ls ${data} ${join(data, "store")}`),
      unlink: await can(who, `rm ${diskA}`),
    });
    const others = {
      base: [true, false],
      secret: [false, false],
      kernel: [true, false],
      list: false,
      unlink: false,
    };
    expect(await may(a)).toEqual({ diskA: [true, true], diskB: [false, false], ...others });
    expect(await may(b)).toEqual({ diskA: [false, false], diskB: [true, true], ...others });
    // A disk that another VM gets, and one that becomes a parent.
    b.allow(diskA, "write");
    expect((await may(a)).diskA).toEqual([false, false]);
    a.allow(diskA, "read");
    expect((await may(b)).diskA).toEqual([true, false]);
    a.withdraw([diskA, base, join(data, "none")]);
    expect(await may(a)).toMatchObject({ diskA: [false, false], base: [false, false] });
  });

  test("has no capability, no group, and gets no more by a set-uid program", async () => {
    const identity = identityOf(folder, "1");
    const status = join(folder, "status");
    identity.allow(status, "write");
    expect(await can(identity, `cat /proc/self/status > ${status}`)).toBe(true);
    const text = await readFile(status, "utf8");
    const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(text)?.[1];
    expect(field("Uid")).toBe(Array(4).fill(identity.uid).join("\t"));
    expect(field("Gid")).toBe(Array(4).fill(identity.gid).join("\t"));
    expect(["CapPrm", "CapEff", "CapBnd", "CapInh"].map(field)).toEqual(
      Array(4).fill("0".repeat(16)),
    );
    expect(field("NoNewPrivs")).toBe("1");
  });

  test("opens its own files also on a file system without access lists", async () => {
    const root = join(folder, "plain");
    await mkdir(root);
    expect(Bun.spawnSync(["mount", "-t", "ramfs", "-o", "mode=0700", "vic", root]).exitCode).toBe(
      0,
    );
    try {
      const [disk, base] = [join(root, "disk"), join(root, "base")];
      for (const path of [disk, base]) await writeFile(path, "content", { mode: 0o600 });
      const [a, b] = [identityOf(folder, "1"), identityOf(folder, "2")];
      a.allow(disk, "write");
      a.allow(base, "read");
      expect(await can(a, `${write(disk)} && ${read(base)}`)).toBe(true);
      expect(await can(a, write(base))).toBe(false);
      expect(await can(b, read(disk))).toBe(false);
      // Who wrote a parent does so no longer.
      b.allow(disk, "read");
      expect(await can(a, write(disk))).toBe(false);
      expect(await can(b, read(disk))).toBe(true);
    } finally {
      Bun.spawnSync(["umount", root]);
    }
  });

  test("may use a device that was opened for all machines", async () => {
    const device = join(folder, "device");
    await writeFile(device, "", { mode: 0o600 });
    const identity = identityOf(folder, "1");
    expect(await can(identity, read(device))).toBe(false);
    identity.allowDevice(device);
    identity.allowDevice(join(folder, "no device"));
    identity.allow(join(folder, "other"), "write");
    expect(await can(identity, `${read(device)} && ${write(device)}`)).toBe(true);
    expect(await can(identityOf(join(folder, "data"), "1"), read(device))).toBe(true);
  });

  test("may listen on a low port when that is its purpose", async () => {
    const identity = identityOf(folder, "nat");
    const script = "Bun.listen({ hostname: '127.0.95.1', port: 81, socket: { data() {} } }).stop()";
    const run = (mayListen: boolean) =>
      Bun.spawn(identity.command(process.execPath, ["-e", script], mayListen), {
        stderr: "ignore",
      }).exited;
    expect([await run(false), await run(true)]).toEqual([1, 0]);
  });

  test("reads through a file with more readers than a list holds", async () => {
    const path = join(folder, "popular");
    await writeFile(path, "content", { mode: 0o600 });
    const acl = readAcl(path);
    const full = () => {
      for (let id = 100_000; ; id++) {
        acl.users.set(id, 4);
        writeAcl(path, acl);
      }
    };
    expect(full).toThrow(expect.objectContaining({ code: "exhausted" }));
    const identity = identityOf(folder, "1");
    identity.allow(path, "read");
    expect(await can(identity, read(path))).toBe(true);
    expect(await can(identity, write(path))).toBe(false);
  });

  test("makes files only in a folder of its own, and a file that it is to write is made for it", async () => {
    const [own, log] = [join(folder, "own"), join(folder, "serial.log")];
    await mkdir(own, { mode: 0o700 });
    const [a, b] = [identityOf(folder, "1"), identityOf(folder, "2")];
    a.give(own);
    a.allow(log, "write");
    expect(await can(a, write(join(own, "socket")))).toBe(true);
    expect(await can(a, write(log))).toBe(true);
    expect(await can(a, write(join(folder, "new")))).toBe(false);
    expect(await can(b, read(join(own, "socket")))).toBe(false);
  });
});
