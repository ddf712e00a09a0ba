import type { DockerGroup } from "../case.ts";
import { createGroups } from "./create.ts";
import { imageGroups } from "./images.ts";
import { listGroups } from "./list.ts";
import { runningGroups } from "./running.ts";
import { systemGroups } from "./system.ts";

/** Every group, in the order they are done. */
export const groups: DockerGroup[] = [
  ...systemGroups,
  ...imageGroups,
  ...createGroups,
  ...listGroups,
  ...runningGroups,
];
