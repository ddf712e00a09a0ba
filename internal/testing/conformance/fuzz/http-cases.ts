import type { Random } from "./random.ts";
import { escapeMark } from "./values.ts";

/** A request as bytes, and whether the server may answer nothing because they are no HTTP request. */
export interface RawRequest {
  head: string;
  body: Uint8Array;
}

const paths: readonly string[] = [
  "/folder",
  "/folder/",
  "/folder/kept/kept.vmdk",
  "/folder/kept/kept.vmx",
  "/folder/kept",
  "/folder/fuzz.bin",
  "/folder/fuzz/new.bin",
  `/folder/../${escapeMark}`,
  `/folder/../../../../../tmp/${escapeMark}`,
  `/folder/%2e%2e/${escapeMark}`,
  `/folder/..%2f..%2f${escapeMark}`,
  `/folder/%252e%252e%252f${escapeMark}`,
  `/folder/..%5c..%5c${escapeMark}`,
  `/folder/kept/..%00/${escapeMark}`,
  "/folder/%c0%ae%c0%ae/etc/passwd",
  "/folder/%ff%fe",
  "/folder/%",
  "/folder/%zz",
  "/folder/a%00b",
  "/folder//etc/passwd",
  "/folder/kept//kept.vmx",
  "/folder/./kept/./kept.vmx",
  "/folder/link/passwd",
  "/folder/link",
  "/folder/.uploads/x",
  "/folder/" + "a/".repeat(2000),
  "/folder/" + "a".repeat(5000),
  "/folder/%F0%9F%A6%94",
  "/folder/fifo",
  "/guestFile",
  "/guestFile?id=1&token=x",
  "/guestFile?id=__proto__&token=constructor",
  "/guestFile?token=" + "a".repeat(5000),
  "/guestFile?id=1&id=2&token=%00",
  "/sdk",
  "/sdk/",
  "/sdk/vimServiceVersions.xml",
  "/",
  "//",
  "/..",
  "/sdk/../folder/kept",
];
const queries: readonly string[] = [
  "?dcPath=ha-datacenter&dsName=datastore1",
  "?dcPath=ha-datacenter&dsName=datastore1",
  "?dcPath=ha-datacenter&dsName=datastore1",
  "?dsName=datastore1",
  "?dcPath=/ha-datacenter&dsName=none",
  "?dcPath=../..&dsName=..",
  "?dsName=%00",
  "?dsName=datastore1&dsName=other",
  "?dcPath=%ff&dsName=%ff",
  "?" + "a=b&".repeat(2000),
  "",
];
const verbs = [
  "GET",
  "HEAD",
  "PUT",
  "DELETE",
  "POST",
  "OPTIONS",
  "PATCH",
  "TRACE",
  "FOO",
  "get",
  "MOVE",
];
const ranges: readonly string[] = [
  "bytes=0-0",
  "bytes=0-",
  "bytes=-1",
  "bytes=-0",
  "bytes=5-2",
  "bytes=99999999999999999999-",
  "bytes=0-99999999999999999999",
  "bytes=--1",
  "bytes=0-1,3-4",
  "bytes=" + "0-1,".repeat(1000),
  "items=0-1",
  "bytes=a-b",
  "",
];

/** A request below /folder, /guestFile and around them: hostile paths, ranges, lengths, encodings and methods. */
export function httpRequest(random: Random, cookie: string): RawRequest {
  const path = random.pick(paths);
  const query = path.includes("?") ? "" : random.pick(queries);
  const verb = random.pick(verbs);
  const lines = [`${verb} ${path}${query} HTTP/1.1`, "Host: fuzz", "Connection: close"];
  if (random.isLikely(0.9)) lines.push(`Cookie: ${cookie}`);
  else
    lines.push(
      random.pick([
        "Authorization: Basic !!!",
        "Authorization: Basic cm9vdDo=",
        "Cookie: ;;=",
        `Cookie: vmware_soap_session=${"x".repeat(4000)}`,
        "Cookie: vmware_cgi_ticket=__proto__",
      ]),
    );
  if (random.isLikely(0.4)) lines.push(`Range: ${random.pick(ranges)}`);
  const body = new Uint8Array(random.pick([0, 0, 1, 10, 5000])).fill(random.below(256));
  let sent = body;
  const framing = random.below(10);
  if (framing < 6) lines.push(`Content-Length: ${body.length}`);
  else if (framing === 6) {
    lines.push("Transfer-Encoding: chunked");
    sent = Buffer.concat([
      Buffer.from(`${body.length.toString(16)}\r\n`),
      body,
      Buffer.from("\r\n0\r\n\r\n"),
    ]);
  } else if (framing === 7) {
    lines.push("Transfer-Encoding: chunked");
    sent = Buffer.from(random.pick(["zz\r\n", "-1\r\nx\r\n", "ffffffffffffffff\r\nx", "5\r\nab"]));
  } else if (framing === 8) {
    lines.push(
      `Content-Length: ${random.pick(["-1", "1e3", "99999999999999999999", "5, 6", " ", "0x10"])}`,
    );
  } else lines.push("Content-Length: 5", "Content-Length: 6");
  if (random.isLikely(0.1))
    lines.push(
      random.pick([
        `X: ${"y".repeat(70_000)}`,
        "No colon here",
        ": empty",
        "X: \u0001",
        "Expect: 100-continue",
        "Content-Encoding: gzip",
        "Upgrade: websocket",
      ]),
    );
  return { head: `${lines.join("\r\n")}\r\n\r\n`, body: sent };
}
