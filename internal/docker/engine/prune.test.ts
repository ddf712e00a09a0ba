import { expect, test } from "bun:test";
import { VicError } from "../../errors/errors.ts";
import { Filters } from "../wire/filters.ts";
import type { Engine } from "./engine.ts";
import { pruneContainers } from "./lifecycle.ts";

const container = (id: string, status: string) => ({
  record: { id, labels: {}, createdAt: "2026-01-01T00:00:00Z" },
  status,
  isRestarting: false,
});

test("prune tells the bytes of what it removed, and of nothing else", async () => {
  const all = [
    container("stopped", "exited"),
    container("unreadable", "exited"),
    container("started-meanwhile", "exited"),
    container("up", "running"),
  ];
  const portLayer = {
    containers: () => Promise.resolve(all),
    usedBytes: (id: string) =>
      id === "unreadable"
        ? Promise.reject(new VicError("internal", "no disk"))
        : Promise.resolve(7),
    removeContainer: (id: string) =>
      id === "started-meanwhile"
        ? Promise.reject(new VicError("conflict", "it runs"))
        : Promise.resolve(),
  };
  const engine = { portLayer } as unknown as Engine;
  expect(await pruneContainers(engine, Filters.parse(undefined, ["label"]))).toEqual({
    removed: ["stopped", "unreadable"],
    reclaimedBytes: 7,
  });
});
