import { expect, test } from "bun:test";
import { blockCounters, keyed, machineTime, networkCounters } from "./cgroup.ts";
import { pickProcesses } from "./processes.ts";

test("keyed files give their numbers and nothing else", () => {
  expect(keyed("usage_usec 12\nuser_usec 7\nbad\nword x\n")).toEqual({
    usage_usec: 12,
    user_usec: 7,
  });
});

test("the machine's time is the sum of eight columns, guest time not counted twice", () => {
  const text = "cpu  1 2 3 4 5 6 7 8 100 100\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu1 0 0 0 0 0 0 0 0 0 0\n";
  expect(machineTime(text)).toEqual({ totalNs: 360_000_000, online: 2 });
});

test("block counters are read by name, whatever their order", () => {
  const text = "8:16 rbytes=4096 wbytes=8 rios=1 wios=2 dbytes=9 dios=9\n253:0 \nnonsense\n";
  expect(blockCounters(text)).toEqual([
    { major: 8, minor: 16, readBytes: 4096, writtenBytes: 8, reads: 1, writes: 2 },
    { major: 253, minor: 0, readBytes: 0, writtenBytes: 0, reads: 0, writes: 0 },
  ]);
});

test("network counters leave the loopback out", () => {
  const text = [
    "Inter-|   Receive                  |  Transmit",
    " face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop",
    "    lo:  10 1 0 0 0 0 0 0 10 1 0 0 0 0 0 0",
    "  eth0:1500 3 1 2 0 0 0 0 900 4 5 6 0 0 0 0",
  ].join("\n");
  expect(networkCounters(text)).toEqual({
    eth0: {
      receivedBytes: 1500,
      receivedPackets: 3,
      receiveErrors: 1,
      receiveDropped: 2,
      sentBytes: 900,
      sentPackets: 4,
      sendErrors: 5,
      sendDropped: 6,
    },
  });
});

test("top shows the container's processes, and a command with its spaces", () => {
  const output = [
    "UID          PID    PPID  C STIME TTY          TIME CMD",
    "root           1       0  0 10:00 ?        00:00:00 /usr/sbin/tether",
    "root          77       1  0 10:01 ?        00:00:00 sh -c sleep  9",
    "",
  ].join("\n");
  expect(pickProcesses(output, new Set([77]))).toEqual({
    titles: ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
    processes: [["root", "77", "1", "0", "10:01", "?", "00:00:00", "sh -c sleep 9"]],
  });
  expect(() => pickProcesses("CMD\nx\n", new Set([1]))).toThrow("Couldn't find PID field");
});
