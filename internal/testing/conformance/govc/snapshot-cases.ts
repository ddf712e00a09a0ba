import type { GovcGroup } from "./case.ts";

/** Snapshots, clones and linked children. */
export const snapshotGroups: GovcGroup[] = [
  {
    name: "snapshots",
    cases: [
      { run: "vm.create -m 64 -c 1 -on=false -disk 8MB -disk.controller pvscsi snap" },
      { run: "snapshot.create -vm snap -d before one" },
      { run: "vm.change -vm snap -m 128 -annotation later" },
      { run: "snapshot.create -vm snap two" },
      { run: "snapshot.tree -vm snap", out: [/one\n/, / {2}two/] },
      { run: "snapshot.tree -vm snap -C", out: [/^two\n$/] },
      { run: "snapshot.tree -vm snap -f", out: ["one/two"] },
      { run: "snapshot.revert -vm snap one" },
      { run: "vm.info snap", out: [/Memory: +64MB/] },
      { run: "snapshot.tree -vm snap -C", out: [/^one\n$/] },
      { run: "snapshot.remove -vm snap two" },
      { run: "snapshot.revert -vm snap two", code: 1, err: /not found/ },
      { run: "snapshot.create -vm snap three" },
      { run: 'snapshot.remove -vm snap "*"', note: "all of them" },
      { run: "snapshot.tree -vm snap", not: /one|three/ },
    ],
  },
  {
    name: "clones",
    cases: [
      { run: "vm.clone -vm snap -on=false full" },
      { run: "device.info -vm full disk-*", out: [/\[datastore1\] full\/full\.vmdk/] },
      { run: "vm.info full", out: [/poweredOff/] },
      { run: "vm.clone -vm snap -on=false full", code: 1, err: /taken|exists|there already/ },
      { run: "snapshot.create -vm snap base" },
      { run: "vm.clone -vm snap -on=false -snapshot base -link linked" },
      { run: "device.info -vm linked disk-*", out: [/linked/, /Parent: +\[datastore1\] snap\//] },
      { run: "snapshot.remove -vm snap base", note: "a linked clone needs it", code: 1, err: /./ },
      { run: "vm.destroy linked" },
      { run: "snapshot.remove -vm snap base" },
      { run: "vm.instantclone -vm snap never", code: 1, err: /./, note: "of a VM that is off" },
      { run: "vm.destroy full" },
      { run: "vm.destroy snap" },
    ],
  },
];
