/** vic-host: the vSphere API on one machine. */
import { parseArgs } from "node:util";
import { VicError } from "../../internal/errors/errors.ts";
import { versionString } from "../../internal/version/version.ts";
import { mainHelp, serveHelp, userHelp } from "./help.ts";
import { runServe } from "./serve.ts";
import { runUser } from "./user.ts";

/** Exit code for a command line that makes no sense. */
const usageError = 2;

async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case undefined:
    case "help":
    case "--help":
    case "-h":
      console.log({ serve: serveHelp, user: userHelp }[rest[0] ?? ""] ?? mainHelp);
      return 0;
    case "version":
    case "--version":
      console.log(`vic-host ${versionString}`);
      return 0;
    case "serve":
      return runServe(parseServe(rest));
    case "user":
      return runUser(rest);
    default:
      console.error(`vic-host: there is no command "${command}"\n\n${mainHelp}`);
      return usageError;
  }
}

function parseServe(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: "string" },
        listen: { type: "string", default: "127.0.0.1:8989" },
        user: { type: "string", default: "root" },
        "password-file": { type: "string" },
        capacity: { type: "string" },
        datastore: { type: "string", multiple: true },
        mode: { type: "string" },
        loopback: { type: "string", default: "127.0.2.0/24" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new VicError("invalid", message, { hint: "see vic-host serve --help", cause });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const e = VicError.from(error);
  console.error(`vic-host: ${e.text}`);
  if (e.code === "internal" && e.cause instanceof Error) console.error(e.cause.stack);
  process.exitCode = e.code === "invalid" ? usageError : 1;
}
process.exit();
