import { parseArgs } from "node:util";
import { VicError } from "../../internal/errors/errors.ts";
import { changeUsers, type UserChange } from "../../internal/host/user-admin.ts";
import { userHelp } from "./help.ts";

/** Longest input that is read for a password, bytes. */
const inputMaxBytes = 64 * 1024;

/** Runs `vic-host user` and returns its exit code. */
export async function runUser(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [action, name, ...rest] = positionals;
  if (values.help || action === undefined) {
    console.log(userHelp);
    return values.help ? 0 : 2;
  }
  if (!values.data) throw usage("say where everything is: --data DIR");
  if (rest.length > 0) throw usage(`what is "${rest[0]}"?`);
  const change = await parseChange(action, name, values);
  for (const line of await changeUsers(values.data, change)) console.log(line);
  return 0;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        "password-file": { type: "string" },
        role: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function parseChange(
  action: string,
  name: string | undefined,
  flags: { "password-file"?: string | undefined; role?: string | undefined },
): Promise<UserChange> {
  if (action === "list") return { what: "list" };
  if (!["add", "password", "remove"].includes(action)) throw usage(`there is no "user ${action}"`);
  if (name === undefined) throw usage("say the name of the user");
  if (action === "remove") return { what: "remove", name };
  const password = await readPassword(flags["password-file"]);
  if (action === "password") return { what: "password", name, password };
  return { what: "add", name, password, role: flags.role };
}

/** The first line of a file or of the standard input. */
async function readPassword(path: string | undefined): Promise<string> {
  const source = path === undefined ? Bun.stdin : Bun.file(path);
  let text: string;
  try {
    text = await source.slice(0, inputMaxBytes).text();
  } catch (cause) {
    throw new VicError("invalid", `--password-file ${path} cannot be read`, { cause });
  }
  const password = text.split(/\r?\n/, 1)[0] ?? "";
  if (password === "") throw usage("the password is empty");
  return password;
}

const usage = (message: string, cause?: unknown) =>
  new VicError("invalid", message, { hint: "see vic-host user --help", cause });
