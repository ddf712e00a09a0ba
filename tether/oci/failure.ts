/** What the OCI runtime says when it cannot start a process, in Docker's words and with a shell's exit codes. */
import { VicError } from "../../internal/errors/errors.ts";

const textMaxBytes = 4096;

/**
 * The error for a runtime that failed. `log` is its JSON log, one object per line; `stderr` what it printed.
 * `detail.exitCode`: 127 when the command is not there, 126 when it cannot be executed.
 */
export function startFailure(command: string, log: string, stderr: string): VicError {
  const text = (lastMessage(log) ?? stderr.trim()).slice(0, textMaxBytes);
  const fail = (message: string, exitCode: number): VicError =>
    new VicError("invalid", message, { detail: { exitCode } });
  const exec = `exec: ${JSON.stringify(command)}`;
  if (/executable file .* not found in \$PATH/.test(text))
    return fail(`${exec}: executable file not found in $PATH`, 127);
  if (/executable file .* not found/.test(text))
    return fail(`${exec}: stat ${command}: no such file or directory`, 127);
  if (/is not a regular file/.test(text)) return fail(`${exec}: is a directory`, 126);
  if (/Exec format error/.test(text)) return fail(`${exec}: exec format error`, 126);
  if (/chdir|cwd/.test(text)) return fail(`cannot change to the working directory: ${text}`, 126);
  if (/Permission denied/.test(text)) return fail(`${exec}: permission denied`, 126);
  if (/No such file or directory/.test(text) && text.includes(command))
    return fail(`${exec}: no such file or directory`, 127);
  return new VicError("internal", text === "" ? "the OCI runtime failed without a message" : text);
}

function lastMessage(log: string): string | undefined {
  for (const line of log.trim().split("\n").toReversed()) {
    try {
      const { msg } = JSON.parse(line) as { msg?: unknown };
      if (typeof msg === "string") return msg;
    } catch {
      // A line that was cut off.
    }
  }
  return undefined;
}
