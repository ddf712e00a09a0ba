import { expect, test } from "bun:test";
import net from "node:net";
import { listeningPorts, parseTable } from "./listening.ts";

const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

test("only listeners that others can reach", () => {
  const lines = [
    "   0: 00000000:0948 00000000:0000 0A 00000000:00000000 00:00000000 00000000",
    "   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000",
    "   2: 0100A8C0:1F91 0200A8C0:C000 01 00000000:00000000 00:00000000 00000000",
    "   3: 00000000000000000000000001000000:1F92 00000000000000000000000000000000:0000 0A 0",
    "   4: 0000000000000000FFFF00000100007F:1F93 00000000000000000000000000000000:0000 0A 0",
    "   5: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0",
  ];
  expect(parseTable(head + lines.join("\n"), "tcp").map((p) => p.port)).toEqual([2376, 80]);
});

test("a damaged table holds no ports", () => {
  expect(parseTable("", "tcp")).toEqual([]);
  expect(parseTable(`${head}garbage\n: :\n`, "udp")).toEqual([]);
});

test("finds a real listener", async () => {
  const server = net.createServer().listen(0, "0.0.0.0");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as net.AddressInfo;
  expect(await listeningPorts()).toContainEqual({ protocol: "tcp", port });
  server.close();
});
