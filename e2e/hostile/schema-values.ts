import type { Seeded } from '../kit/seeded.ts';

/** The parts of a JSON Schema that the contract's schemas use. */
export type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
};

/** Values that are known to mean something in this town, by the name of the field. */
export type Known = (field: string) => unknown;

/** A value that fits the schema closely enough to come past its first check, most of the time. */
export function fitting(schema: Schema, field: string, known: Known, random: Seeded, depth = 0): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  if (schema.anyOf?.length) return fitting(random.pick(schema.anyOf), field, known, random, depth);
  const meant = schema.type === 'object' || schema.type === 'array' ? undefined : known(field);
  if (meant !== undefined && random.chance(0.9)) return meant;
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known, random, depth);
    case 'array':
      return depth > 4 ? [] : [fitting(schema.items ?? {}, field, known, random, depth + 1)];
    case 'integer':
    case 'number':
      return (schema.minimum ?? 0) + random.whole(0, 3);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return schema.format === 'date-time' ? '2026-05-06T09:00:00+08:00' : 'x1';
  }
}

function objectOf(schema: Schema, known: Known, random: Seeded, depth: number): unknown {
  const object: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const isNeeded = schema.required?.includes(name);
    if (isNeeded || (depth < 5 && random.chance(0.3)))
      object[name] = fitting(part, name, known, random, depth + 1);
  }
  return object;
}

/** The same value with something hostile at one place, chosen by chance. */
export function spoil(value: unknown, hostile: () => unknown, random: Seeded): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const at = random.whole(0, value.length - 1);
    return value.map((one, i) => (i === at ? spoil(one, hostile, random) : one));
  }
  if (typeof value === 'object' && value !== null && random.chance(0.9)) {
    const names = Object.keys(value);
    if (names.length === 0 || random.chance(0.1)) return { ...value, [`x${names.length}`]: hostile() };
    const at = random.pick(names);
    return { ...value, [at]: spoil((value as Record<string, unknown>)[at], hostile, random) };
  }
  return hostile();
}
