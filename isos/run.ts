import { VicError } from "../internal/errors/errors.ts";

/** Runs a program to its end and returns its standard output; a failure is an error with what it said. */
export async function run(
  argv: string[],
  options: { stdin?: string | ReadableStream<Uint8Array>; cwd?: string } = {},
): Promise<string> {
  const stdin = typeof options.stdin === "string" ? new Blob([options.stdin]) : options.stdin;
  const child = Bun.spawn(argv, {
    stdin: stdin ?? "ignore",
    stdout: "pipe",
    stderr: "pipe",
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const [code, out, said] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if (code !== 0)
    throw new VicError("internal", `${argv[0]} ended with ${code}: ${said.trim().slice(-2000)}`, {
      hint: `command: ${argv.join(" ")}`,
    });
  return out;
}
