import { busyboxImage, dockerArchive, makeImage } from "../../fixtures/image.ts";
import type { Target } from "./target.ts";

/** Loads the images of the cases: busybox, and one whose configuration says something about everything. */
export async function loadImages(target: Target): Promise<void> {
  const busybox = await busyboxImage();
  const labelled = makeImage(busybox.layers, {
    Entrypoint: ["echo", "entry"],
    Cmd: ["default", "words"],
    Env: ["PATH=/bin", "FROM_IMAGE=1"],
    Labels: { made: "here", "with.dots": "a b" },
    ExposedPorts: { "80/tcp": {} },
    User: "33",
    WorkingDir: "/home",
    StopSignal: "SIGINT",
    Healthcheck: { Test: ["CMD", "true"], Interval: 30_000_000_000 },
  });
  const empty = makeImage(busybox.layers, {});
  const all = { "busybox:latest": busybox, "labelled:1": labelled, "empty:latest": empty };
  for (const [i, [tag, base]] of Object.entries(all).entries()) {
    // Images are listed by their age.
    const config = base.config.replace('created":"2026', `created":"202${i}`);
    const image = { ...base, config };
    const done = await target.shell("docker load", dockerArchive(image, tag));
    if (done.code !== 0) throw new Error(`${target.name}: docker load: ${done.stderr}`);
  }
}
