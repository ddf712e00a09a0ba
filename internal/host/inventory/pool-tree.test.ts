import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type PoolNode, PoolTree } from "./pool-tree.ts";

const node = (parent: string, more: Partial<PoolNode> = {}): PoolNode => ({
  parent,
  reservation: 0,
  isExpandable: true,
  limit: undefined,
  reservedByVms: 0,
  usage: 0,
  ...more,
});
const root = node("", { reservation: 1000, isExpandable: false, limit: 1000 });
const tree = (nodes: Record<string, PoolNode>) =>
  new PoolTree(new Map(Object.entries({ root, ...nodes })));

describe("reservations", () => {
  test("are taken from the parent whether they are used or not", () => {
    const t = tree({ a: node("root", { reservation: 300 }) });
    expect(t.unreserved("root")).toBe(700);
    expect(t.unreserved("a")).toBe(1000);
  });

  test("that are fixed end where the pool's own end", () => {
    const t = tree({
      a: node("root", { reservation: 300, isExpandable: false, reservedByVms: 200 }),
    });
    expect(t.unreserved("a")).toBe(100);
    expect(t.used("root")).toBe(300);
  });

  test("that grow take from the parent what is beyond", () => {
    const t = tree({ a: node("root", { reservation: 300, reservedByVms: 450 }) });
    expect(t.used("root")).toBe(450);
    expect(t.unreserved("a")).toBe(550);
  });

  test("stop at the limit of any pool around", () => {
    const t = tree({
      a: node("root", { limit: 400 }),
      b: node("a", { reservedByVms: 100 }),
    });
    expect(t.unreserved("b")).toBe(300);
    expect(t.limit("b")).toBe(400);
  });

  test("never exceed the root, whatever is admitted", () => {
    const step = fc.record({ pool: fc.constantFrom("a", "b", "c"), amount: fc.nat(600) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const nodes: Record<string, PoolNode> = {
          a: node("root", { reservation: 200, limit: 700 }),
          b: node("a", { reservation: 100, isExpandable: false }),
          c: node("a"),
        };
        for (const { pool, amount } of steps) {
          const before = nodes[pool];
          if (!before || amount > tree(nodes).unreserved(pool)) continue;
          nodes[pool] = { ...before, reservedByVms: before.reservedByVms + amount };
        }
        const after = tree(nodes);
        expect(after.used("root")).toBeLessThanOrEqual(1000);
        expect(after.used("a")).toBeLessThanOrEqual(700);
        expect(after.used("b")).toBeLessThanOrEqual(100);
      }),
    );
  });
});
