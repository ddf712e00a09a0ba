import { expect } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Govc, GovcGroup } from "./case.ts";

const same = (name: string) => (govc: Govc) =>
  expect(govc.read(name).equals(govc.read("blob"))).toBe(true);
const onDisk = (govc: Govc, path: string) => existsSync(join(govc.host.datastore, path));

/** Files on a datastore: what goes up comes down as it was. */
export const datastoreGroups: GovcGroup[] = [
  {
    name: "files",
    cases: [
      {
        run: "datastore.info",
        out: [/Name: +datastore1/, /Capacity: +[\d.]+ GB/, /Free: +[\d.]+ GB/],
      },
      { run: "datastore.info", json: { "datastores.0.summary.accessible": true } },
      { run: "datastore.info nothing", code: 1, err: /not found/ },
      { run: "datastore.mkdir files" },
      { run: "datastore.mkdir files", code: 1, err: /there already|exists/ },
      { run: "datastore.mkdir a/b/c", code: 1, err: /not there|not found/ },
      { run: "datastore.mkdir -p a/b/c" },
      {
        run: "datastore.upload $DIR/blob files/blob.bin",
        check: (govc) =>
          expect(
            readFileSync(join(govc.host.datastore, "files/blob.bin")).equals(govc.read("blob")),
          ).toBe(true),
      },
      { run: 'datastore.upload $DIR/blob "files/spaces and ünïcode.bin"' },
      {
        run: 'datastore.download "files/spaces and ünïcode.bin" $DIR/down/u',
        check: same("down/u"),
      },
      { run: "datastore.upload $DIR/small nowhere/blob.bin", code: 1, err: /./ },
      {
        run: "datastore.upload $DIR/small ../outside.bin",
        code: 1,
        err: /./,
        check: (govc) =>
          expect(existsSync(join(govc.host.datastore, "../outside.bin"))).toBe(false),
      },
      { run: "datastore.ls files", out: ["blob.bin\n", "spaces and ünïcode.bin\n"] },
      { run: "datastore.ls -l files", out: [/2\.9MB .* blob\.bin/] },
      { run: "datastore.ls -R", out: [/files/, /blob\.bin/] },
      { run: "datastore.ls nothing", code: 1, err: /not there|not found/ },
      { run: "datastore.download files/blob.bin $DIR/down/blob", check: same("down/blob") },
      { run: "datastore.download files/nothing $DIR/down/nothing", code: 1, err: /404|not found/i },
      { run: "datastore.mv files/blob.bin files/moved.bin" },
      { run: "datastore.download files/moved.bin $DIR/down/moved", check: same("down/moved") },
      { run: "datastore.cp files/moved.bin files/copy.bin" },
      { run: "datastore.download files/copy.bin $DIR/down/copy", check: same("down/copy") },
      { run: "datastore.mv files/moved.bin files/copy.bin", code: 1, err: /there already|exists/ },
      {
        run: "datastore.rm files/moved.bin",
        check: (govc) => expect(onDisk(govc, "files/moved.bin")).toBe(false),
      },
      { run: "datastore.rm files/moved.bin", code: 1, err: /not there|not found/ },
      { run: "datastore.rm -f files/moved.bin" },
      { run: "datastore.rm a", check: (govc) => expect(onDisk(govc, "a")).toBe(false) },
      {
        run: "datastore.tail -c 5 files/copy.bin",
        check: (_, { stdout }) => expect(stdout.length).toBeGreaterThan(0),
      },
    ],
  },
  {
    name: "disks",
    cases: [
      { run: "datastore.disk.create -size 16M files/disk.vmdk" },
      {
        run: "datastore.disk.create -size 16M files/disk.vmdk",
        code: 1,
        err: /there already|exists/,
      },
      {
        run: "datastore.disk.info files/disk.vmdk",
        out: [/Name: +files\/disk\.vmdk/, /Type: +thin/],
      },
      { run: "datastore.ls -l files", out: [/disk\.vmdk/] },
      { run: "datastore.cp files/disk.vmdk files/disk2.vmdk" },
      { run: "datastore.disk.info files/disk2.vmdk", out: [/Type: +thin/] },
      { run: "datastore.mv files/disk2.vmdk files/disk3.vmdk" },
      { run: "datastore.disk.inflate files/disk3.vmdk" },
      { run: "datastore.disk.shrink files/disk3.vmdk" },
      { run: "datastore.rm files/disk3.vmdk" },
      { run: "datastore.disk.info files/disk3.vmdk", code: 1, err: /not there|not found/ },
    ],
  },
];
