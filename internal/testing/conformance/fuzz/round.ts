import { parseXml } from "../../../vim25/xml.ts";
import type { MoRef } from "../../../vim25/types.ts";
import type { FakeProcess } from "../fake-process.ts";
import { httpRequest } from "./http-cases.ts";
import type { Random } from "./random.ts";
import { sendRaw } from "./raw-http.ts";
import { call, mutated, waits } from "./soap-cases.ts";

/** Requests under way at once. */
const concurrent = 16;
/** Longest answer to a call, ms; to one that waits for something, after which its client gives up. */
const answerMsMax = 60_000;
const waitMs = 200;
/** Of all cases: those that are HTTP requests on a connection of their own. */
const rawShare = 0.15;
/** Of the SOAP documents: those that are malformed. */
const mutatedShare = 0.6;

/** How many of each status came. */
export type Tally = Map<string, number>;

/** What a round works with. */
export interface RoundParts {
  host: FakeProcess;
  random: Random;
  refs: MoRef[];
  cookies: string[];
  tally: Tally;
}

/** Sends `count` cases, several at once; throws on the first answer that must not be. */
export async function round(parts: RoundParts, count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const { random } = parts;
      if (random.isLikely(rawShare)) await rawCase(parts);
      else await soapCase(parts);
      if (parts.host.exitCode !== undefined) {
        throw new Error(`vic-host ended with ${parts.host.exitCode}`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
}

async function soapCase({ host, random, refs, cookies, tally }: RoundParts): Promise<void> {
  const { method, xml } = call({ random, refs });
  const body = random.isLikely(mutatedShare) ? mutated(random, xml) : xml;
  const cookie = random.isLikely(0.95)
    ? random.pick(cookies)
    : random.pick(["", "vmware_soap_session=none", 'vmware_soap_session="__proto__"']);
  const mayWait = waits.has(method);
  const signal = AbortSignal.timeout(mayWait ? waitMs : answerMsMax);
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${host.url.origin}/sdk`, {
      method: "POST",
      headers: { cookie, "content-type": "text/xml", soapaction: '"urn:vim25/6.7"' },
      body,
      signal,
      tls: { rejectUnauthorized: false },
    });
    text = await answer.text();
  } catch (error) {
    if (mayWait && signal.aborted) return count(tally, "soap waits");
    throw new Error(`${method} got no answer\n${show(body)}`, { cause: error });
  }
  count(tally, `soap ${answer.status}`);
  const isAllowed = [200, 413].includes(answer.status);
  if (!isAllowed && (answer.status !== 500 || !isFault(text))) {
    throw new Error(`${method}: ${answer.status} ${text.slice(0, 500)}\n${show(body)}`);
  }
  if (answer.status === 200) parseXml(text);
}

function isFault(text: string): boolean {
  const body = parseXml(text).children.find((child) => child.name === "Body");
  return body?.children[0]?.name === "Fault";
}

async function rawCase({ host, random, cookies, tally }: RoundParts): Promise<void> {
  const request = httpRequest(random, random.pick(cookies));
  const status = await sendRaw(host.url, request);
  count(tally, `http ${status ?? "closed"}`);
  // A POST at /sdk may be answered with a fault; nothing else with a failure of the server.
  const isSdk = request.head.startsWith("POST /sdk");
  const isFull = status === 507 || status === 501 || status === 505;
  if (status !== undefined && status >= 500 && !isFull && !isSdk) {
    throw new Error(`${status} for\n${request.head.slice(0, 1000)}`);
  }
}

const count = (tally: Tally, what: string): void => {
  tally.set(what, (tally.get(what) ?? 0) + 1);
};

const show = (body: string | Uint8Array): string =>
  (typeof body === "string" ? body : Buffer.from(body).toString("latin1")).slice(0, 3000);
