import { VicError } from "../../internal/errors/errors.ts";

const lengthMax = 1024;
const enter = new Set(["\r", "\n", "\u0004"]);
const backspace = new Set(["\b", "\u007f"]);
const clearLine = "\u0015";
const interrupt = "\u0003";

/** The terminal a person answers on. */
export interface Terminal {
  isTTY?: boolean;
  setRawMode(isRaw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: "data", listener: (data: Uint8Array) => void): unknown;
  off(event: "data", listener: (data: Uint8Array) => void): unknown;
}

/** Asks on the terminal and reads the answer without echo; rejects when the signal comes. */
export function askSecret(
  question: string,
  input: Terminal,
  output: { write(text: string): unknown },
  signal?: AbortSignal,
): Promise<string> {
  if (!input.isTTY) {
    const error = new VicError("invalid", "the vSphere password is missing", {
      hint: "set VIC_MACHINE_PASSWORD, or run this on a terminal to be asked for it",
    });
    return Promise.reject(error);
  }
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const decoder = new TextDecoder();
  let answer: string[] = [];
  const take = (data: Uint8Array) => {
    for (const key of decoder.decode(data, { stream: true })) {
      if (enter.has(key)) return resolve(answer.join(""));
      if (key === interrupt) return reject(new VicError("cancelled", "interrupted"));
      if (key === clearLine) answer = [];
      else if (backspace.has(key)) answer.pop();
      else if (answer.length < lengthMax) answer.push(key);
    }
  };
  const abort = () => reject(VicError.from(signal?.reason));
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  // Echo goes off before the question is asked: who is quick must not see what is typed.
  input.setRawMode(true);
  input.on("data", take);
  input.resume();
  output.write(question);
  return promise.finally(() => {
    signal?.removeEventListener("abort", abort);
    input.off("data", take);
    input.pause();
    input.setRawMode(false);
    output.write("\n");
  });
}
