/** `vic-appliance init`: PID 1 of the appliance. */
import { defineCommand } from "citty";
import { VicError } from "../../internal/errors/errors.ts";

/** Subcommand of {@link file://./main.ts}. */
export const command = defineCommand({
  meta: { name: "init", description: "Start and watch over the appliance; process 1 only" },
  async run() {
    if (process.pid !== 1)
      throw new VicError("invalid", "init must be process 1", { hint: "boot the appliance ISO" });
    const { Appliance } = await import("./init/appliance.ts");
    await new Appliance().run();
  },
});
