import { expect, test } from "bun:test";
import { keys } from "../../guest/config.ts";
import { cloneKey } from "../templates/templates.ts";
import { listFolders, removeLeftovers, type LeftoverParts } from "./leftovers.ts";

const vm = (name: string, extraConfig: Record<string, string> = {}) => ({
  ref: { type: "VirtualMachine", value: name },
  props: {
    name,
    "config.extraConfig": Object.entries(extraConfig).map(([key, value]) => ({ key, value })),
  },
});

/** Folders by name, and the VMs there are. */
function scene(folders: Record<string, string[]>, vms: ReturnType<typeof vm>[]) {
  const removed: string[] = [];
  const parts: LeftoverParts = {
    folders: Object.keys(folders),
    list: async (folder) => folders[folder]!,
    vms: {
      list: async () => vms,
      removeFolder: async (folder) => void removed.push(folder),
    },
  };
  return { parts, removed };
}

const folders = { "[ds] containers": ["a1", "b2", "c3", "d4"], "[ds] templates": ["t1", "t2"] };
const vms = [
  vm("web-a1", { [keys.record]: '{"id":"a1"}' }),
  vm("db-b2", { [cloneKey]: "b2" }),
  vm("t1"),
  vm("broken", { [keys.record]: "{" }),
];

test("folders without a VM go, those of containers, clones and templates stay", async () => {
  const { parts, removed } = scene(folders, vms);
  const found = await listFolders(parts);
  await removeLeftovers(parts, found, new AbortController().signal, 0);
  expect(removed).toEqual(["[ds] containers/c3", "[ds] containers/d4", "[ds] templates/t2"]);
});

test("a folder that was made later is not looked at", async () => {
  const { parts, removed } = scene(folders, vms);
  await removeLeftovers(parts, ["[ds] containers/c3"], new AbortController().signal, 0);
  expect(removed).toEqual(["[ds] containers/c3"]);
});

test("a VM that comes to be in the meantime keeps its folder", async () => {
  const { parts, removed } = scene({ "[ds] containers": ["c3"] }, []);
  const found = await listFolders(parts);
  parts.vms.list = async () => [vm("late", { [keys.record]: '{"id":"c3"}' })];
  await removeLeftovers(parts, found, new AbortController().signal, 0);
  expect(removed).toEqual([]);
});
