import { describe, expect, test } from "vitest";
import * as z from "zod";
import { procedures } from "./procedures.ts";

type Node = {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  maxLength?: number;
  maximum?: number;
  minimum?: number;
  maxItems?: number;
  maxProperties?: number;
  propertyNames?: Node;
  items?: Node;
  anyOf?: Node[];
  allOf?: Node[];
  properties?: Record<string, Node>;
  additionalProperties?: unknown;
};

/** As many keys as are allowed, of a length that is allowed, to values that have an end. */
function unboundedRecord(node: Node, path: string): string[] {
  const { maxProperties, propertyNames = {}, additionalProperties } = node;
  if (typeof additionalProperties !== "object" || maxProperties === undefined) {
    return [`${path}: any further keys`];
  }
  return [
    ...unbounded({ type: "string", ...propertyNames }, `${path} keys`),
    ...unbounded(additionalProperties ?? {}, `${path}.*`),
  ];
}

/** What may come in without an end, field by field. */
function unbounded(node: Node, path: string): string[] {
  if (node.enum !== undefined || node.const !== undefined) return [];
  const parts = [...(node.anyOf ?? []), ...(node.allOf ?? [])];
  if (parts.length > 0) return parts.flatMap((part) => unbounded(part, path));
  switch (node.type) {
    case "null":
    case "boolean":
      return [];
    case "string":
      return node.maxLength !== undefined || node.format === "uuid"
        ? []
        : [`${path}: a text of any length`];
    case "integer":
    case "number":
      return node.maximum !== undefined && node.minimum !== undefined
        ? []
        : [`${path}: any number`];
    case "array":
      return [
        ...(node.maxItems === undefined ? [`${path}: any number of items`] : []),
        ...unbounded(node.items ?? {}, `${path}[]`),
      ];
    case "object":
      return [
        ...(node.additionalProperties === false ? [] : unboundedRecord(node, path)),
        ...Object.entries(node.properties ?? {}).flatMap(([key, value]) =>
          unbounded(value, `${path}.${key}`),
        ),
      ];
    default:
      return [`${path}: anything`];
  }
}

const few = <Schema extends z.ZodRecord>(schema: Schema) => schema.meta({ maxProperties: 5 });

function schemaOf(input: z.core.$ZodType): Node {
  return z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Node;
}

describe("what a procedure takes", () => {
  test.each(procedures)("$name is bounded in every field", ({ name, input }) => {
    if (input === undefined) throw new Error(`${name} declares no input`);
    expect(unbounded(schemaOf(input), name)).toEqual([]);
  });

  test.each(procedures.filter(({ name }) => /\.list/.test(name)))("$name is paged", ({ input }) => {
    const { properties = {} } = input === undefined ? {} : schemaOf(input);
    expect(properties).toMatchObject({
      cursor: { maxLength: 400 },
      limit: { minimum: 1, maximum: 100, default: 20 },
    });
  });

  test.each<[string, z.core.$ZodType]>([
    ["a text", z.strictObject({ a: z.string() })],
    ["a number", z.strictObject({ a: z.number().max(5) })],
    ["a list", z.strictObject({ a: z.array(z.string().max(5)) })],
    ["a list's items", z.strictObject({ a: z.array(z.string()).max(5) })],
    ["a record", z.strictObject({ a: z.record(z.string(), z.boolean()) })],
    ["a record's keys", z.strictObject({ a: few(z.record(z.string(), z.boolean())) })],
    ["a record's values", z.strictObject({ a: few(z.record(z.string().max(5), z.string())) })],
    ["loose keys", z.looseObject({})],
    ["silent keys", z.object({ a: z.looseObject({}) })],
    ["a choice", z.strictObject({ a: z.union([z.literal("x"), z.string()]) })],
    ["anything", z.strictObject({ a: z.unknown() })],
    ["a default", z.strictObject({ a: z.string().default("") })],
  ])("%s without an end does not pass for bounded", (_what, schema) => {
    expect(unbounded(schemaOf(schema), "input")).not.toEqual([]);
  });
});
