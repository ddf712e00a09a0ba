import { expect, test } from "bun:test";
import { resolveUser } from "./user.ts";

const passwd = "root:x:0:0:root:/root:/bin/sh\n# no\nwww:x:33:33::/var/www:/bin/sh\nbroken:x\n";
const group = "root:x:0:\nwww:x:33:\nextra:x:44:www,other\nvideo:x:45:\n";

test.each([
  ["", { uid: 0, gid: 0, groups: [], home: "/root" }],
  ["www", { uid: 33, gid: 33, groups: [44], home: "/var/www" }],
  ["33", { uid: 33, gid: 33, groups: [44], home: "/var/www" }],
  ["www:video", { uid: 33, gid: 45, groups: [], home: "/var/www" }],
  ["1000", { uid: 1000, gid: 0, groups: [], home: "/" }],
  ["1000:2000", { uid: 1000, gid: 2000, groups: [], home: "/" }],
])("user %p", (user, expected) => {
  expect(resolveUser(user, passwd, group)).toEqual(expected);
});

test("names that are not there are refused", () => {
  expect(() => resolveUser("nobody", passwd, group)).toThrow("unable to find user nobody");
  expect(() => resolveUser("www:nogroup", passwd, group)).toThrow("unable to find group nogroup");
  expect(() => resolveUser("99999999999", passwd, group)).toThrow("unable to find user");
});

test("added groups may be names or numbers", () => {
  expect(resolveUser("www", passwd, group, ["video", "7"]).groups).toEqual([44, 45, 7]);
});
