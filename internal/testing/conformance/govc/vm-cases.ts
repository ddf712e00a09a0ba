import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bin } from "../../stand/stand.ts";
import type { GovcGroup } from "./case.ts";

const bootSeconds = 120;

/** Virtual machines from their making to their end; `boots` is one that really runs. */
export const vmGroups: GovcGroup[] = [
  {
    name: "virtual machines",
    cases: [
      {
        run: "vm.create -m 64 -c 1 -on=false -disk 8MB -disk.controller pvscsi -net.adapter vmxnet3 -annotation first web",
      },
      { run: "vm.create -m 64 -c 1 -on=false web", code: 1, err: /taken|exists|there already/ },
      { run: "vm.create -m 3 -c 1 -on=false bad", code: 1, err: /MiB/ },
      {
        run: "vm.info web",
        out: [/Path: +\/ha-datacenter\/vm\/web/, /Memory: +64MB/, /CPU: +1 vCPU/, /poweredOff/],
      },
      { run: "vm.info -e -r web", out: [/Storage:/, /Network: +VM Network/] },
      {
        run: "vm.info web",
        json: {
          "virtualMachines.0.config.annotation": "first",
          "virtualMachines.0.config.files.vmPathName": "[datastore1] web/web.vmx",
        },
      },
      { run: "vm.change -vm web -m 128 -c 2 -annotation second -e guestinfo.color=blue" },
      { run: "vm.info -e web", out: [/Memory: +128MB/, /CPU: +2 vCPU/, /guestinfo\.color: +blue/] },
      { run: "vm.change -vm web -e guestinfo.color=", note: "an empty value takes the key away" },
      { run: "vm.info -e web", not: /guestinfo\.color/ },
      { run: "vm.change -vm web -mem.reservation 4096", code: 1, err: /more than the VM's memory/ },
      { run: "vm.change -vm web -name site" },
      { run: "vm.disk.create -vm site -name web/more -size 8M" },
      { run: "device.info -vm site disk-*", out: [/web\/more\.vmdk/, /8,192 KB/] },
      {
        run: "vm.disk.create -vm site -name web/more -size 8M",
        note: "one that is there already stays",
      },
      { run: "vm.disk.attach -vm site -disk files/disk.vmdk -link=false" },
      { run: "device.info -vm site disk-*", out: [/files\/disk\.vmdk/] },
      { run: "vm.disk.attach -vm site -disk files/none.vmdk", code: 1, err: /not there|not found/ },
      { run: 'vm.disk.change -vm site -disk.filePath "[datastore1] web/more.vmdk" -size 16M' },
      { run: "device.info -vm site disk-*", out: [/16,384 KB/] },
      {
        run: 'vm.network.add -vm site -net "VM Network" -net.adapter e1000e -net.address 00:50:56:00:00:42',
      },
      { run: "device.info -vm site ethernet-*", out: [/00:50:56:00:00:42/] },
      {
        run: 'vm.network.change -vm site -net "VM Network" -net.address 00:50:56:00:00:43 ethernet-1',
      },
      { run: "device.info -vm site ethernet-1", out: [/00:50:56:00:00:43/] },
      { run: "vm.power -off site", code: 1, err: /poweredOff|InvalidPowerState/ },
      { run: "vm.markastemplate site" },
      { run: "vm.power -on site", code: 1, err: /template|not supported/i },
      { run: "vm.markasvm -pool */Resources site" },
      { run: "vm.unregister site" },
      { run: "find vm -type m", not: /site/ },
      { run: "vm.register -name site web/web.vmx" },
      {
        run: "device.info -vm site ethernet-1",
        note: "after it came back",
        out: [/00:50:56:00:00:43/],
      },
      { run: "vm.register web/web.vmx", code: 1, err: /is registered/ },
      { run: "folder.create vm/apps" },
      { run: "object.mv vm/site vm/apps" },
      { run: "find vm -type m -name site", out: ["vm/apps/site\n"] },
      { run: "object.method -name Destroy_Task -enable=false -source g vm/apps/site" },
      { run: "vm.destroy site", code: 1, err: /disabled/ },
      { run: "object.method -name Destroy_Task -enable=true -source g vm/apps/site" },
      {
        run: "vm.destroy site",
        check: (govc) => expect(existsSync(join(govc.host.datastore, "web"))).toBe(false),
      },
      { run: "object.destroy vm/apps" },
    ],
  },
  {
    name: "a virtual machine that runs",
    cases: [
      { run: `datastore.upload ${bin("bootstrap.iso")} files/boot.iso` },
      {
        run: "vm.create -m 256 -c 1 -on=false -iso files/boot.iso -disk 16MB -disk.controller pvscsi -net.adapter vmxnet3 boots",
      },
      { run: "device.serial.add -vm boots", out: [/serialport-\d+/] },
      { run: 'device.serial.connect -vm boots "[datastore1] boots/console.log"' },
      { run: "vm.power -on boots" },
      { run: "vm.power -on boots", code: 1, err: /poweredOn|InvalidPowerState/ },
      { run: "vm.info boots", out: [/Power state: +poweredOn/, /Boot time: +20/] },
      {
        run: "datastore.tail -n 200 boots/console.log",
        within: bootSeconds,
        out: [/Linux|init|tether|vic/i],
      },
      { run: "vm.destroy nothing", code: 1, err: /not found/ },
      { run: "vm.disk.create -vm boots -name boots/hot -size 8M", note: "while it runs" },
      { run: "device.info -vm boots disk-*", out: [/boots\/hot\.vmdk/] },
      { run: "datastore.rm boots/hot.vmdk", code: 1, err: /in use|locked|is used|running/i },
      { run: "vm.power -reset boots" },
      { run: "vm.power -suspend boots" },
      { run: "vm.info boots", out: [/Power state: +suspended/] },
      { run: "vm.power -on boots" },
      { run: "vm.power -off boots" },
      { run: "vm.info boots", out: [/Power state: +poweredOff/] },
    ],
  },
];
