import * as fc from "fast-check";

/** What of JSON Schema the inputs use. */
export type Schema = {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  anyOf?: Schema[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};

const TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202e‮",
  "ﷺ".repeat(50),
  "é".repeat(10_001),
  "x".repeat(100_000),
  "'; drop table events; --",
  "\\",
  "%_\\%",
  "{{7*7}}<%= 7*7 %>",
  "</script><script>alert(1)</script>",
  "../../../../etc/passwd",
  "a\r\nBcc: b@example.test",
  "__proto__",
  "null",
  "NaN",
  "0x10",
  "1e999",
  "Infinity",
  "٣",
  "9999-12-31T23:59:59Z",
  "0001-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "+275760-09-13T00:00:00.000Z",
  "-271821-04-20T00:00:00.000Z",
  "2026-02-30T00:00:00Z",
  "01890000-0000-7000-8000-000000000000",
  "01890000-0000-7000-8000-00000000000g",
  "Asia/Tokyo",
  "+09:00",
  "https://example.test/?a=b",
  "javascript:alert(1)",
  "file:///etc/passwd",
  Buffer.from('[1e308,"01890000-0000-7000-8000-000000000000"]').toString("base64url"),
  Buffer.from("[0,0]").toString("base64url"),
  Buffer.from('["a\\u0000"]').toString("base64url"),
];
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  20,
  100,
  101,
  1e6,
  1e6 + 1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
];
const OTHERS = [null, true, false, [], {}, [[[[]]]], { __proto__: null }, [null], { length: 1e9 }];

/** Of a question's id; other patterns are mostly missed, which is tried too. */
const KEY_PATTERN = "^[a-z0-9]{1,12}$";

const anything = fc.oneof(
  fc.constantFrom<unknown>(...TEXTS, ...NUMBERS, ...OTHERS),
  fc.string({ unit: "binary", maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Inputs of this shape: the right one with a field or two exchanged, any of the shape, and anything at all. */
export function inputsOf(schema: Schema, right: unknown): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: exchanged(schema, right as Record<string, unknown>), weight: 6 },
    { arbitrary: nearly(schema), weight: 3 },
    { arbitrary: anything, weight: 1 },
  );
}

function exchanged(
  { properties = {} }: Schema,
  right: Record<string, unknown>,
): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([key, value]) =>
    fc.tuple(fc.constant(key), nearly(value)),
  );
  if (fields.length === 0) return fc.constant(right);
  return fc
    .array(fc.oneof(...fields), { minLength: 1, maxLength: 2 })
    .map((changes) => ({ ...right, ...Object.fromEntries(changes) }));
}

/** Mostly what the schema asks for, now and then something else at any place of it. */
function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: valid(schema), weight: 5 }, { arbitrary: anything, weight: 1 });
}

function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(nearly));
  switch (schema.type) {
    case "object":
      return anObject(schema);
    case "string":
      return aText(schema);
    case "array":
      return fc.array(nearly(schema.items ?? {}), { maxLength: 3 });
    case "number":
      return fc.double({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
    case "boolean":
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function anObject(schema: Schema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames = {} } = schema;
  if (typeof additionalProperties === "object") {
    return fc.dictionary(aText(propertyNames), nearly(additionalProperties), { maxKeys: 3 });
  }
  const fields = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, nearly(value)]),
  );
  const kept = fc.record(fields, { requiredKeys: required });
  const extra = fc.dictionary(fc.constantFrom("__proto__", "constructor", "extra", ""), anything, {
    maxKeys: 1,
  });
  return fc.oneof(
    { arbitrary: kept, weight: 8 },
    { arbitrary: fc.tuple(kept, extra).map(([one, other]) => ({ ...one, ...other })), weight: 1 },
  );
}

function aText(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 100 } = schema;
  if (format === "uuid") return fc.uuid({ version: 7 });
  if (format === "date-time") {
    const range = {
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    };
    return fc.date(range).map((date) => date.toISOString());
  }
  if (format === "uri") return fc.webUrl({ validSchemes: ["https"] });
  if (pattern === KEY_PATTERN) return fc.constantFrom("dish", "note", "constructor");
  return fc.string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, 200) });
}

/** Every copy of a value with one of its texts replaced. */
export function withText(value: unknown, text: string): unknown[] {
  if (typeof value === "string") return [text];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    withText(member, text).map((changed) => ({ ...value, [key]: changed })),
  );
}
