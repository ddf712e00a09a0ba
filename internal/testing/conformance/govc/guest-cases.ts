import { expect } from "bun:test";
import { keys } from "../../../guest/config.ts";
import type { GovcGroup } from "./case.ts";

const bootSeconds = 180;

/** What happens in the guest of a container VM. */
export const guestGroups: GovcGroup[] = [
  {
    name: "guest operations",
    cases: [
      { run: "vm.info $VM", out: [/Power state: +poweredOn/] },
      { run: "guest.run -vm $VM /bin/echo hello", out: [/^hello/] },
      { run: "guest.run -vm $VM /bin/false", code: 1, err: /^(?![\s\S]*ServerFault)/ },
      { run: "guest.start -vm $VM /bin/sleep 1000", out: [/^\d+\n$/] },
      { run: "guest.ps -vm $VM -U root", out: [/sleep/], note: "whose login is the id, not root" },
      { run: "guest.upload -vm $VM $DIR/blob /tmp/blob" },
      {
        run: "guest.download -vm $VM /tmp/blob $DIR/down/guest",
        check: (govc) => expect(govc.read("down/guest").equals(govc.read("blob"))).toBe(true),
      },
      { run: "guest.upload -vm $VM $DIR/blob /tmp/blob", code: 1, err: /exists|already/ },
      { run: "guest.upload -f -vm $VM $DIR/blob /tmp/blob" },
      { run: "guest.download -vm $VM /tmp/none $DIR/down/none", code: 1, err: /no such|not /i },
      { run: "guest.ls -vm $VM /tmp", out: [/blob/] },
      { run: "guest.mkdir -vm $VM /tmp/made" },
      { run: "guest.rmdir -vm $VM /tmp/made" },
      { run: "guest.rm -vm $VM /tmp/blob" },
      {
        run: "guest.run -l nobody-here:wrong -vm $VM /bin/true",
        code: 1,
        err: /InvalidGuestLogin|the user is/,
      },
    ],
  },
];

/** An instant clone of a VM that runs. */
export const instantCloneGroups: GovcGroup[] = [
  {
    name: "instant clone",
    cases: [
      { run: "vm.create -m 256 -c 1 -on=false -iso files/boot.iso template" },
      { run: `vm.change -vm template -e ${keys.template}=1`, note: "its tether freezes it" },
      { run: "vm.power -on template" },
      {
        run: "object.collect -s vm/template runtime.instantCloneFrozen",
        within: bootSeconds,
        out: [/^true/],
      },
      { run: "vm.instantclone -vm template -e guestinfo.name=child child" },
      { run: "vm.info -e child", out: [/poweredOn/, /guestinfo\.name: +child/] },
      { run: "vm.destroy child" },
      { run: "vm.destroy template" },
    ],
  },
];
