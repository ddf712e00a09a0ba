/** `docker update`: the restart policy. A VM's size stays as it was created. */
import type { Fields } from "../wire/decode.ts";
import { shownHostConfig } from "./echo.ts";
import type { Engine } from "./engine.ts";
import { findContainer } from "./lookup.ts";
import { refused } from "./refused.ts";
import { restartPolicy } from "./restart-policy.ts";
import { VicError } from "../../errors/errors.ts";

/** POST /containers/:ref/update */
export async function updateContainer(engine: Engine, ref: string, body: Fields) {
  const { record } = await findContainer(engine, ref);
  const current = shownHostConfig(record.docker.hostConfig);
  for (const [name, value] of Object.entries(body.json)) {
    if (name === "RestartPolicy" || isUnset(value)) continue;
    if (JSON.stringify(value) === JSON.stringify(current[name])) continue;
    throw refused(`updating ${name}`, "only the restart policy of a container can be changed");
  }
  const given = body.object("RestartPolicy");
  if (given.string("Name") !== "") {
    const policy = restartPolicy(given);
    if (record.autoRemove && policy.name !== "no") {
      throw new VicError(
        "invalid",
        "Restart policy cannot be updated because AutoRemove is enabled for the container",
      );
    }
    await engine.portLayer.updateContainer(record.id, { restartPolicy: policy });
  }
  return { Warnings: [] };
}

function isUnset(value: unknown): boolean {
  if (value === null || value === "" || value === 0 || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
