import { expect } from "bun:test";
import type { GovcGroup } from "./case.ts";

const toolsSeconds = 180;

/** What happens in the guest of the VM `boots`, and an instant clone of it. */
export const guestGroups: GovcGroup[] = [
  {
    name: "guest operations",
    cases: [
      { run: "guest.run -vm boots /bin/true", code: 1, note: "while it is off", err: /./ },
      { run: "vm.power -on boots" },
      {
        run: "object.collect -s vm/boots guest.toolsRunningStatus",
        within: toolsSeconds,
        out: [/guestToolsRunning/],
      },
      { run: "guest.run -vm boots /bin/echo hello", out: [/^hello/] },
      { run: "guest.run -vm boots /bin/false", code: 1 },
      { run: "guest.start -vm boots /bin/sleep 1000", out: [/^\d+\n$/] },
      { run: "guest.ps -vm boots", out: [/sleep/] },
      { run: "guest.upload -vm boots $DIR/blob /tmp/blob" },
      {
        run: "guest.download -vm boots /tmp/blob $DIR/down/guest",
        check: (govc) => expect(govc.read("down/guest").equals(govc.read("blob"))).toBe(true),
      },
      { run: "guest.upload -vm boots $DIR/blob /tmp/blob", code: 1, err: /exists|there already/ },
      {
        run: "guest.download -vm boots /tmp/none $DIR/down/none",
        code: 1,
        err: /not found|not there|no such/i,
      },
      { run: "guest.ls -vm boots /tmp", out: [/blob/] },
      {
        run: "guest.run -l nobody:wrong -vm boots /bin/true",
        code: 1,
        err: /InvalidGuestLogin|log in|login|authenticate/i,
      },
    ],
  },
  {
    name: "instant clone",
    cases: [
      { run: "vm.instantclone -vm boots -e guestinfo.name=child child" },
      { run: "vm.info -e child", out: [/poweredOn/, /guestinfo\.name: +child/] },
      { run: "vm.destroy boots", note: "its clone needs its memory and disks", code: 1, err: /./ },
      { run: "vm.destroy child" },
      { run: "vm.destroy boots" },
    ],
  },
];
