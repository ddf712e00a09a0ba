import { VicError } from "../errors/errors.ts";

/** An element: names without their prefix, child elements in document order. */
export interface Element {
  name: string;
  /** Value of the default namespace if this element sets one. */
  namespace: string | undefined;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Longest document read by {@link parseXml}; the largest honest ones are a few MiB. */
export const documentCharsMax = 64 * 1024 * 1024;
/** Deepest nesting; a chain of 32 snapshots with their trees needs 40. */
const depthMax = 128;
/** Elements in one document. */
const elementsMax = 2_000_000;

/** Refuses anything before the root element but a declaration, comments and processing instructions. */
function refuseDoctype(text: string): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    while (/\s/.test(text[at] ?? "")) at += 1;
    const end = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : undefined;
    if (end === undefined) break;
    const close = text.indexOf(end, at);
    if (close < 0) return; // not well-formed: the parser says so
    at = close + end.length;
  }
  if (text.startsWith("<!", at)) {
    throw new VicError("invalid", "XML with a document type declaration is refused");
  }
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/**
 * Parses an XML document into {@link Element}s. No DTD, no entities but the five of XML, bounded size, depth and count.
 * Throws a VicError `invalid` on anything else.
 */
export function parseXml(text: string): Element {
  if (text.length > documentCharsMax) {
    throw new VicError("invalid", `XML of ${text.length} characters is over ${documentCharsMax}`);
  }
  refuseDoctype(text);
  let root: Bun.XML.Node;
  try {
    root = Bun.XML.parse(text, { compact: false });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VicError("invalid", `malformed XML: ${why}`, { cause: error });
  }
  const budget = { elements: elementsMax };
  return convert(root, 0, budget);
}

function convert(node: Bun.XML.Node, depth: number, budget: { elements: number }): Element {
  if (depth > depthMax) throw new VicError("invalid", `XML is nested deeper than ${depthMax}`);
  budget.elements -= 1;
  if (budget.elements < 0) throw new VicError("invalid", `XML has over ${elementsMax} elements`);
  const children: Element[] = [];
  let text = "";
  for (const child of node.children) {
    if (typeof child === "string") text += child;
    else if ("name" in child) children.push(convert(child, depth + 1, budget));
  }
  return {
    name: local(node.name),
    namespace: node.attributes["xmlns"],
    attributes: node.attributes,
    children,
    text,
  };
}

/** The first child of this name. */
export function childOf(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The type named by xsi:type without its prefix; undefined when there is none. */
export function typeAttribute(element: Element): string | undefined {
  for (const name in element.attributes) {
    // MoRefs carry an attribute `type` without prefix: that is not xsi:type.
    if (name.endsWith(":type")) return local((element.attributes[name] ?? "").trim());
  }
  return undefined;
}

/** Whether the element says xsi:nil. */
export function isNil(element: Element): boolean {
  for (const name in element.attributes) {
    if (name.endsWith(":nil")) return /^(true|1)$/.test(element.attributes[name] ?? "");
  }
  return false;
}

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

// What XML 1.0 cannot carry at all: C0 controls but tab, LF, CR; lone surrogates; U+FFFE and U+FFFF.
const illegal =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text for element content or an attribute in double quotes; what XML cannot carry becomes U+FFFD. */
export function escapeXml(text: string): string {
  const plain = /[&<>"\r]/.test(text) ? text.replace(/[&<>"\r]/g, (c) => escapes[c] ?? c) : text;
  return plain.replace(illegal, "\ufffd");
}
