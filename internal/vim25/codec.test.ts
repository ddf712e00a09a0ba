import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decode, encodeValue } from "./codec.ts";
import { dataFields } from "./schema/schema.ts";
import { any } from "./types.ts";
import { parseXml } from "./xml.ts";

const head = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
/** Through the wire and back. */
const roundTrip = (type: string, value: unknown) =>
  decode(parseXml(`<r ${head}>${encodeValue("v", type, value)}</r>`).children[0]!, type);
const read = (xml: string, type: string) =>
  decode(parseXml(`<r ${head}>${xml}</r>`).children[0]!, type);

describe("encodeValue", () => {
  test("writes fields in wire order, whatever the order of the object", () => {
    const disk = { capacityInKB: 8, unitNumber: 0, _type: "VirtualDisk", key: -1 };
    expect(encodeValue("device", "VirtualDevice", disk)).toBe(
      '<device xsi:type="VirtualDisk"><key>-1</key><unitNumber>0</unitNumber>' +
        "<capacityInKB>8</capacityInKB></device>",
    );
  });

  test("writes one element per item of a list and none for nothing", () => {
    expect(encodeValue("a", "string", ["x", "<&>"])).toBe("<a>x</a><a>&lt;&amp;&gt;</a>");
    expect(encodeValue("a", "string", undefined)).toBe("");
    expect(encodeValue("a", "string", [])).toBe("");
  });

  test("names the type of anyType values by their look", () => {
    expect(encodeValue("v", "anyType", "x")).toBe('<v xsi:type="xsd:string">x</v>');
    expect(encodeValue("v", "anyType", true)).toBe('<v xsi:type="xsd:boolean">true</v>');
    expect(encodeValue("v", "anyType", 5)).toBe('<v xsi:type="xsd:int">5</v>');
    expect(encodeValue("v", "anyType", 2 ** 40)).toBe('<v xsi:type="xsd:long">1099511627776</v>');
    expect(encodeValue("v", "anyType", { type: "Task", value: "t-1" })).toBe(
      '<v type="Task" xsi:type="ManagedObjectReference">t-1</v>',
    );
    expect(encodeValue("v", "anyType", any("ArrayOfString", ["a"]))).toBe(
      '<v xsi:type="ArrayOfString"><string>a</string></v>',
    );
    expect(encodeValue("v", "anyType", any("VirtualMachinePowerState", "poweredOn"))).toBe(
      '<v xsi:type="VirtualMachinePowerState">poweredOn</v>',
    );
  });

  test("refuses what would be lost silently", () => {
    expect(() => encodeValue("s", "VirtualMachineConfigSpec", { memoryMb: 1 })).toThrow(/memoryMb/);
    expect(() => encodeValue("s", "VirtualMachineConfigSpec", { memoryMB: "1" })).toThrow(/long/);
    expect(() => encodeValue("v", "anyType", { a: 1 })).toThrow(/_type/);
    expect(() => encodeValue("s", "VirtualMachineConfigSpec", "text")).toThrow(/takes a/);
  });
});

describe("decode", () => {
  test("gives back what was written", () => {
    const spec = {
      name: "a<b",
      memoryMB: 512,
      deviceChange: [
        {
          operation: "add",
          device: {
            _type: "VirtualDisk",
            key: -1,
            backing: {
              _type: "VirtualDiskFlatVer2BackingInfo",
              fileName: "[ds] x.vmdk",
              diskMode: "persistent",
              thinProvisioned: true,
              parent: { fileName: "[ds] p.vmdk", diskMode: "persistent" },
            },
            capacityInKB: 1024,
          },
        },
      ],
      extraConfig: [{ key: "guestinfo.x", value: 'y\r\n\t "' }],
    };
    expect(roundTrip("VirtualMachineConfigSpec", spec)).toEqual(spec);
  });

  test("any text survives, but for what XML cannot carry", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // oxlint-disable-next-line no-control-regex
        const legal = text.replace(/[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
        return roundTrip("string", text) === legal.toWellFormed();
      }),
    );
  });

  test("reads lists in anyType values", () => {
    const xml =
      '<v xsi:type="ArrayOfVirtualDevice"><VirtualDevice xsi:type="VirtualDisk"><key>2000</key>' +
      "</VirtualDevice></v>";
    expect(read(xml, "anyType")).toEqual([{ _type: "VirtualDisk", key: 2000 }]);
    expect(read('<v xsi:type="ArrayOfString"/>', "anyType")).toEqual([]);
    expect(read('<v xsi:type="ArrayOfInt"><int>1</int></v>', "anyType")).toEqual([1]);
  });

  test("keeps types it does not know, with the fields of the declared one typed", () => {
    const event = '<e xsi:type="BrandNewEvent"><key>7</key><extra>1</extra><extra>2</extra></e>';
    expect(read(event, "Event")).toEqual({ _type: "BrandNewEvent", key: 7, extra: ["1", "2"] });
    const ref = '<v xsi:type="Strange"><a type="Task">t</a><b/></v>';
    expect(read(ref, "anyType")).toEqual({
      _type: "Strange",
      a: { type: "Task", value: "t" },
      b: "",
    });
  });

  test("leaves out fields it does not know of types it does", () => {
    expect(read("<o><key>k</key><newer>1</newer></o>", "OptionValue")).toEqual({ key: "k" });
  });

  test("refuses a type that does not fit and numbers that are none", () => {
    expect(() => read('<d xsi:type="OptionValue"/>', "VirtualDevice")).toThrow(
      /takes a VirtualDevice/,
    );
    expect(() => read('<d xsi:type="xsd:string">x</d>', "VirtualDevice")).toThrow(/takes a/);
    expect(() => read("<d><key>0x</key></d>", "VirtualDevice")).toThrow(/no int/);
    expect(() => read("<n></n>", "long")).toThrow(/no long/);
    expect(() => read("<b>yes</b>", "boolean")).toThrow(/no boolean/);
  });

  test("takes neither prototypes nor types from element names", () => {
    const value = read("<v><__proto__><x>1</x></__proto__><_type>T</_type><a>1</a></v>", "anyType");
    expect(value).toEqual({ a: "1" });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("never fails with anything but a VicError on mangled documents", () => {
    const good = encodeValue("spec", "VirtualMachineConfigSpec", {
      name: "x",
      deviceChange: [
        { operation: "add", device: { _type: "VirtualDisk", key: 1, capacityInKB: 1 } },
      ],
    });
    const types = [
      "VirtualMachineConfigSpec",
      "anyType",
      "Event",
      "long",
      "ManagedObjectReference",
    ];
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(20),
        fc.string(),
        fc.constantFrom(...types),
        (at, cut, put, type) => {
          const text = good.slice(0, at) + put + good.slice(at + cut);
          try {
            decode(parseXml(`<r ${head}>${text}</r>`).children[0] ?? parseXml("<e/>"), type);
          } catch (error) {
            expect((error as Error).name).toBe("VicError");
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("every base of a type is in the tables", () => {
  for (const type of ["VirtualVmxnet3", "VmPoweredOnEvent", "InvalidPowerState", "VirtualDisk"]) {
    expect(dataFields(type)).toBeDefined();
  }
  expect([...dataFields("VmPoweredOnEvent")!.keys()].slice(0, 3)).toEqual([
    "key",
    "chainId",
    "createdTime",
  ]);
});

test("whole numbers are whole, and no larger than their type", () => {
  for (const text of ["NaN", "INF", "0.5", "2147483648", "1e308", ""]) {
    expect(() => read(`<a>${text}</a>`, "int")).toThrow(/no int/);
  }
  expect(read("<a> -2147483648 </a>", "int")).toBe(-(2 ** 31));
  expect(read("<a>9223372036854775807</a>", "long")).toBe(2 ** 63);
  expect(read("<a>NaN</a>", "double")).toBeNaN();
});
