import type { GovcGroup } from "./case.ts";

/** Devices of a VM that is off. */
export const deviceGroups: GovcGroup[] = [
  {
    name: "devices",
    cases: [
      { run: "vm.create -m 64 -c 1 -on=false -disk 8MB -disk.controller pvscsi dev" },
      {
        run: "device.ls -vm dev",
        out: [/^ide-200 +VirtualIDEController/, /pvscsi-1000/, /disk-1000-0/, /ethernet-0/],
      },
      {
        run: "device.info -vm dev disk-1000-0",
        json: {
          "devices.0.capacityInKB": 8192,
          "devices.0.backing.fileName": "[datastore1] dev/dev.vmdk",
        },
      },
      { run: "device.cdrom.add -vm dev", out: [/^cdrom-3000\n$/] },
      { run: "device.cdrom.insert -vm dev -device cdrom-3000 files/copy.bin" },
      {
        run: "device.info -vm dev cdrom-3000",
        json: { "devices.0.backing.fileName": "[datastore1] files/copy.bin" },
      },
      {
        run: "device.cdrom.insert -vm dev -device cdrom-3000 files/none.iso",
        note: "checked at power-on",
      },
      { run: "device.cdrom.eject -vm dev -device cdrom-3000" },
      { run: "device.info -vm dev cdrom-3000", not: /none\.iso/ },
      { run: "device.serial.add -vm dev", out: [/^serialport-9000\n$/] },
      {
        run: "device.serial.connect -vm dev -device serialport-9000 telnet://:33233",
        code: 1,
        err: /file/,
      },
      { run: 'device.serial.connect -vm dev -device serialport-9000 "[datastore1] dev/out.log"' },
      {
        run: "device.info -vm dev serialport-9000",
        json: { "devices.0.backing.fileName": "[datastore1] dev/out.log" },
      },
      { run: "device.serial.disconnect -vm dev -device serialport-9000" },
      { run: "device.disconnect -vm dev cdrom-3000" },
      { run: "device.boot -vm dev -delay 1000 -order cdrom,disk,ethernet" },
      { run: "device.boot -vm dev", code: 0 },
      { run: "device.floppy.add -vm dev", code: 1, err: /VirtualFloppy|not supported/i },
      { run: "device.usb.add -vm dev", code: 1, err: /USB/ },
      { run: "device.remove -vm dev serialport-9000 cdrom-3000" },
      { run: "device.ls -vm dev", not: /serialport|cdrom/ },
      { run: "device.remove -vm dev nothing", code: 1, err: /not found/ },
      { run: "vm.destroy dev" },
    ],
  },
];
