/** Container names: what is allowed, and random ones. */
import { VicError } from "../../errors/errors.ts";

const pattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const nameMaxLength = 255;

const adjectives =
  "able amber brave bright brisk calm clever cool crisp daring deft eager easy fair fancy fleet fond frank gentle glad grand happy hardy jolly keen kind lively lucid merry mild neat nimble noble patient placid proud quick quiet ready sharp shiny silent smart solid steady sunny swift tidy vivid warm wise witty zesty".split(
    " ",
  );
const surnames =
  "ampere babbage bell bohr boole born carson church codd cori curie darwin dijkstra dirac edison einstein euler faraday fermi fermat franklin galileo gauss germain goodall hamilton hawking hertz hopper hypatia johnson joliot kepler knuth kowalevski lamarr leavitt liskov lovelace maxwell meitner mendel mirzakhani newton noether pascal pasteur payne perlman planck ptolemy ritchie rubin shannon tesla thompson torvalds turing volta wiles wing yalow yonath".split(
    " ",
  );

/** Throws unless the name may be given to a container; returns it without a leading slash. */
export function checkName(raw: string): string {
  const name = raw.replace(/^\//, "");
  if (pattern.test(name) && name.length <= nameMaxLength) return name;
  throw new VicError(
    "invalid",
    `Invalid container name (${raw}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
  );
}

/** A random name such as `brave_turing`; from the third try on with a number behind it. */
export function randomName(attempt = 0): string {
  const suffix = attempt < 2 ? "" : String(Math.floor(Math.random() * 1000));
  return `${pick(adjectives)}_${pick(surnames)}${suffix}`;
}

function pick(words: string[]): string {
  return words[Math.floor(Math.random() * words.length)]!;
}
