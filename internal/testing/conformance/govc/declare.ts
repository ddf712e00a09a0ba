import { describe, test } from "bun:test";
import { check, type Govc, type GovcGroup } from "./case.ts";

/** Makes a test of each case. */
export function declare(groups: GovcGroup[], govc: () => Govc): void {
  for (const group of groups) {
    describe(group.name, () => {
      for (const [index, one] of group.cases.entries()) {
        const note = one.note === undefined ? "" : `: ${one.note}`;
        test(`${index + 1} govc ${one.run}${note}`, () => check(govc(), one));
      }
    });
  }
}
