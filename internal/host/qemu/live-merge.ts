/** Merging a file of a running disk's chain into its parent: QEMU's block-commit. */
import { dirname, relative } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { backendId, deviceId } from "./devices.ts";
import { type LiveDisk, liveDisks, pathOf } from "./live-snapshot.ts";
import type { Qmp } from "./qmp.ts";

/** How often a job is looked at, milliseconds. */
const pollMs = 20;
/** Longest time without any progress, milliseconds. */
const stallTimeoutMs = 60_000;

interface BlockJob {
  device: string;
  status: string;
  offset: number;
  len: number;
  ready: boolean;
}
interface BlockNode {
  "node-name": string;
  file: string;
  drv: string;
}

/** Names the merge of a disk among QEMU's jobs. */
const jobId = (disk: { key: number }): string => `merge-${disk.key}`;

/**
 * Merges `child` into `parent`. For the file that is written to, `beforeSwitch` is called with the guest stopped and both
 * files alike, and the disk then is `parent`; when it throws, nothing has changed.
 */
export async function mergeLive(
  qmp: Qmp,
  disk: { kind: "disk"; key: number },
  files: { child: string; parent: string },
  beforeSwitch: () => void,
): Promise<void> {
  const live = (await liveDisks(qmp)).find(({ key }) => key === disk.key);
  if (!live) throw new VicError("not-found", `${deviceId(disk)} is not plugged`);
  const nodes = (await qmp.execute("query-named-block-nodes", { flat: true })) as BlockNode[];
  const nodeOf = (path: string) =>
    nodes.find((node) => node.drv !== "file" && pathOf(node.file) === path)?.["node-name"];
  const top = nodeOf(files.child);
  const base = nodeOf(files.parent);
  // Merged already, by a job that an earlier vic-host began.
  if (top === undefined) return;
  if (base === undefined) throw new VicError("not-found", `${files.parent} is not open`);
  const isActive = live.path === files.child;
  const over = isActive ? undefined : overlayOf(nodes, live, files.child);
  await qmp.execute("block-commit", {
    "job-id": jobId(disk),
    device: live.node,
    "top-node": top,
    "base-node": base,
    "auto-dismiss": true,
    ...(over === undefined ? {} : { "backing-file": relative(dirname(over), files.parent) }),
  });
  if (!isActive) return jobEnd(qmp, disk);
  await switchOver(qmp, disk, beforeSwitch);
  await qmp.execute("blockdev-del", { "node-name": top }).catch(() => undefined);
}

/** Ends the merges that an earlier vic-host left: those to the file that the disk is to have by now, and no others. */
export async function settleMerges(
  qmp: Qmp,
  wanted: (key: number) => string | undefined,
): Promise<void> {
  const jobs = (await qmp.execute("query-block-jobs")) as BlockJob[];
  for (const { device: id } of jobs) {
    const key = Number(/^merge-(\d+)$/.exec(id)?.[1] ?? Number.NaN);
    if (Number.isNaN(key)) continue;
    const disk = { kind: "disk" as const, key };
    const live = (await liveDisks(qmp)).find((d) => d.key === key);
    if (live && live.path !== wanted(key)) await finish(qmp, disk);
    else await cancel(qmp, disk);
  }
}

async function switchOver(qmp: Qmp, disk: { key: number }, beforeSwitch: () => void) {
  try {
    await jobReady(qmp, disk, (job) => job.ready);
    await qmp.execute("stop", {}, stallTimeoutMs);
    // What the guest wrote last is copied as well: from here on both files are alike.
    await jobReady(qmp, disk, (job) => job.ready && job.offset === job.len);
    beforeSwitch();
  } catch (error) {
    await cancel(qmp, disk);
    await qmp.execute("cont");
    throw error;
  }
  await finish(qmp, disk);
  await qmp.execute("cont");
}

async function finish(qmp: Qmp, disk: { key: number }): Promise<void> {
  await jobReady(qmp, disk, (job) => job.ready);
  await qmp.execute("block-job-complete", { device: jobId(disk) });
  await jobEnd(qmp, disk);
}

async function cancel(qmp: Qmp, disk: { key: number }): Promise<void> {
  await qmp.execute("block-job-cancel", { device: jobId(disk), force: true }).catch(() => {});
  await jobEnd(qmp, disk).catch(() => undefined);
}

/** Waits until the job is as `isWanted` says; it must not end before. */
async function jobReady(
  qmp: Qmp,
  disk: { key: number },
  isWanted: (job: BlockJob) => boolean,
): Promise<void> {
  await watchJob(qmp, disk, (job) => {
    if (!job) throw new VicError("unavailable", `${backendId({ kind: "disk", ...disk })}: failed`);
    return isWanted(job);
  });
}

/** Waits until the job is gone, and throws what it failed with. */
async function jobEnd(qmp: Qmp, disk: { key: number }): Promise<void> {
  const id = jobId(disk);
  let failure: unknown;
  const stop = qmp.listen(({ event, data }) => {
    if (event === "BLOCK_JOB_COMPLETED" && data["device"] === id) failure = data["error"];
  });
  try {
    await watchJob(qmp, disk, (job) => job === undefined);
  } finally {
    stop();
  }
  if (typeof failure === "string") throw new VicError("unavailable", `merging a disk: ${failure}`);
}

async function watchJob(
  qmp: Qmp,
  disk: { key: number },
  isDone: (job: BlockJob | undefined) => boolean,
): Promise<void> {
  let last = "";
  let deadline = performance.now() + stallTimeoutMs;
  for (;;) {
    const jobs = (await qmp.execute("query-block-jobs")) as BlockJob[];
    const job = jobs.find(({ device }) => device === jobId(disk));
    if (isDone(job)) return;
    const now = `${job?.status} ${job?.offset} ${job?.len}`;
    if (now !== last) deadline = performance.now() + stallTimeoutMs;
    last = now;
    if (performance.now() > deadline)
      throw new VicError("unavailable", "the merge goes no further");
    await Bun.sleep(pollMs);
  }
}

/** The file whose parent is `child`, in the chain of a running disk. */
function overlayOf(nodes: BlockNode[], live: LiveDisk, child: string): string {
  // A chain is short: from the file that is written to down, each names the next.
  const parentOf = new Map(
    nodes.flatMap((node) => {
      const own = pathOf(node.file);
      const backing = (node as { backing_file?: string }).backing_file;
      return node.drv === "qcow2" && backing !== undefined ? [[own, pathOf(backing)] as const] : [];
    }),
  );
  for (let at: string | undefined = live.path; at !== undefined;) {
    const next: string | undefined = parentOf.get(at);
    if (next === child) return at;
    at = next;
  }
  throw new VicError("not-found", `${child} is not in the chain of ${live.path}`);
}
