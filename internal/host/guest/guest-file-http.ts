import { type Code, VicError } from "../../errors/errors.ts";
import { faultOf } from "../fault.ts";
import type { World } from "../inventory/world.ts";
import { askGuest } from "./ask.ts";
import type { Transfer, Transfers } from "./transfers.ts";

const statusOf: Partial<Record<Code, number>> = {
  invalid: 400,
  unauthenticated: 403,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  exhausted: 507,
  unavailable: 503,
};

/**
 * Answers requests at `/guestFile`: one file into a guest or out of it. The token in the query is all that a client
 * has to show; it is good for one transfer, and in no log.
 */
export async function serveGuestFile(
  world: World,
  transfers: Transfers,
  request: Request,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const { method } = request;
  if (method !== "GET" && method !== "PUT") {
    return answer(405, "use GET or PUT", { allow: "GET, PUT" });
  }
  const length = request.headers.get("content-length");
  if (method === "PUT" && length === null) return answer(411, "say the length of the file");
  const [id, token] = [searchParams.get("id") ?? "", searchParams.get("token") ?? ""];
  const transfer = transfers.redeem(id, token, method);
  if (!transfer) return answer(403, "the token is not valid, or was used already");
  if (method === "PUT" && Number(length) !== transfer.sizeBytes) {
    return answer(400, `the file was said to have ${transfer.sizeBytes} bytes`);
  }
  try {
    return await (method === "PUT" ? put : get)(world, transfer, request);
  } catch (error) {
    const e = VicError.from(error);
    return answer(statusOf[e.code] ?? 500, faultOf(e).message);
  }
}

async function put(world: World, transfer: Transfer, request: Request): Promise<Response> {
  const { credentials, path, sizeBytes, overwrite, attributes } = transfer;
  const params = { ...credentials, path, sizeBytes, overwrite, attributes };
  const input = (request.body ?? []) as AsyncIterable<Uint8Array>;
  await askGuest(vmOf(world, transfer), "write", params, { input, signal: request.signal });
  return new Response(null, { status: 200 });
}

/** The file as it comes. What goes wrong on the way ends the connection: a client never takes half a file for whole. */
async function get(world: World, transfer: Transfer, request: Request): Promise<Response> {
  const { credentials, path } = transfer;
  const abort = new AbortController();
  request.signal.addEventListener("abort", () => abort.abort(), { once: true });
  const first = Promise.withResolvers<void>();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  writer.closed.catch(() => abort.abort());
  const reading = askGuest(
    vmOf(world, transfer),
    "read",
    { ...credentials, path },
    {
      output: async (bytes) => {
        first.resolve();
        await writer.ready;
        await writer.write(bytes);
      },
      signal: abort.signal,
    },
  );
  const done = reading.then(
    () => writer.close(),
    (error: unknown) => {
      first.reject(error);
      return writer.abort(error);
    },
  );
  done.catch(() => abort.abort());
  // What is refused before the first byte is answered with a status.
  await Promise.race([first.promise, reading]);
  return new Response(readable, { headers: { "content-type": "application/octet-stream" } });
}

const vmOf = (world: World, { vm }: Transfer) =>
  world.vms.get({ type: "VirtualMachine", value: vm });

const answer = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
