/** Docker's restart policies. */
import { VicError } from "../../errors/errors.ts";
import type { ContainerRecord } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";

/** Checks and reads a RestartPolicy. */
export function restartPolicy(fields: Fields): ContainerRecord["restartPolicy"] {
  const name = fields.string("Name") || "no";
  const maximumRetryCount = fields.int("MaximumRetryCount");
  if (name !== "no" && name !== "always" && name !== "unless-stopped" && name !== "on-failure") {
    throw new VicError(
      "invalid",
      `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    );
  }
  if (name !== "on-failure" && maximumRetryCount !== 0) {
    throw new VicError(
      "invalid",
      "invalid restart policy: maximum retry count can only be used with 'on-failure'",
    );
  }
  if (maximumRetryCount < 0) {
    throw new VicError("invalid", "invalid restart policy: maximum retry count cannot be negative");
  }
  return { name, maximumRetryCount };
}
