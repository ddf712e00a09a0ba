/** Responses whose body is made while it is sent. */
import { VicError } from "../../errors/errors.ts";
import { within } from "../time.ts";

/** How long the first bytes, or a failure, are waited for before the head goes out. */
const headMs = 500;

/** Writes a body; each write resolves when the client has room for more. */
export type BodyWriter = (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>;

/**
 * A failure before the first byte rejects, and so becomes an ordinary error; a later one cuts the connection. A body that
 * may have nothing to say for long should not wait for its first byte.
 */
export async function streamResponse(
  produce: BodyWriter,
  contentType: string,
  waits: "a moment" | "for the first byte" | "not at all" = "a moment",
): Promise<Response> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  writer.closed.catch(() => {});
  const first = Promise.withResolvers<void>();
  const done = produce(async (bytes) => {
    first.resolve();
    await writer.write(bytes);
  });
  const ended = done.then(
    () => void writer.close().catch(() => {}),
    (error: unknown) => {
      void writer.abort(error).catch(() => {});
      throw error;
    },
  );
  ended.catch(() => {});
  const begun = Promise.race([first.promise, ended]);
  if (waits === "a moment") await within(begun, headMs);
  else if (waits === "for the first byte") await begun;
  return new Response(readable, { headers: { "content-type": contentType } });
}

/** JSON of a value that comes later; the head goes out at once. A failure is the JSON of its VicError. */
export function lateJson(value: Promise<unknown>): Response {
  const text = value.then(
    (result) => JSON.stringify(result),
    (error: unknown) => JSON.stringify(VicError.from(error)),
  );
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const bytes = new TextEncoder().encode(await text);
      try {
        controller.enqueue(bytes);
        controller.close();
      } catch {
        // The client has gone meanwhile.
      }
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}
