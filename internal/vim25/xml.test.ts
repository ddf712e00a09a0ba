import { expect, test } from "bun:test";
import { escapeXml, isNil, parseXml, typeAttribute } from "./xml.ts";

test("names lose their prefix, order stays", () => {
  const root = parseXml(
    '<?xml version="1.0"?><!-- c --><s:a xmlns:s="x"><b>1</b><s:c/><b>2</b></s:a>',
  );
  expect(root.name).toBe("a");
  expect(root.children.map((c) => c.name + c.text)).toEqual(["b1", "c", "b2"]);
});

test("text of CDATA and entities is joined", () => {
  expect(parseXml("<a>x&lt;<![CDATA[<y>]]>&#10;</a>").text).toBe("x<<y>\n");
});

test("xsi:type is not the type of a reference", () => {
  expect(typeAttribute(parseXml('<a type="VirtualMachine">1</a>'))).toBeUndefined();
  expect(typeAttribute(parseXml('<a type="T" q:type="xsd:string">1</a>'))).toBe("string");
  expect(isNil(parseXml('<a q:nil="true"/>'))).toBe(true);
});

test("a document type is refused, wherever it hides", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>';
  for (const text of [bomb, `\ufeff ${bomb}`, `<?xml version="1.0"?>\n<!-- c -->${bomb}`]) {
    expect(() => parseXml(text)).toThrow(/document type/);
  }
  expect(parseXml("<a><![CDATA[<!DOCTYPE a>]]></a>").text).toBe("<!DOCTYPE a>");
});

test("deep nesting is refused", () => {
  const nest = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
  expect(parseXml(nest(100)).name).toBe("a");
  expect(() => parseXml(nest(200))).toThrow(/nested/);
  expect(() => parseXml(nest(1_000_000))).toThrow();
});

test("what is malformed is `invalid`", () => {
  for (const text of ["", "x", "<a>", "<a></b>", "<a/><b/>", "<a>&nope;</a>", "<!--"]) {
    expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: "invalid" }));
  }
});

test("escaping replaces what XML has no place for", () => {
  expect(escapeXml('<a b="c">&\r\0\ud800x')).toBe(
    "&lt;a b=&quot;c&quot;&gt;&amp;&#13;\ufffd\ufffdx",
  );
  expect(escapeXml("\u{1f600} ok")).toBe("\u{1f600} ok");
});
