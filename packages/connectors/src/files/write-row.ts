import { Fault } from '@gezhi/basis';
import { compileDateWriter } from './date-format.ts';
import type { Imported } from './imported.ts';
import { type ColumnRef, type MapField, type Profile, type TextField, TIME_FIELDS } from './profile.ts';
import { openZone } from './zone.ts';

export type RowWriter = {
  readonly columns: readonly string[];
  readonly cells: (record: Imported) => string[];
};

/**
 * The inverse of `compileMapper`: a record's cells in the profile's `write.columns`. A field goes to the first of its column's names that
 * is written; a mapped value is said in the words it was stated with, else in the first word the map has for it. What has no column is left out.
 *
 * @throws Fault `not-writable` where the profile names no columns to write, or one that no field is read from
 */
export function compileRowWriter(profile: Profile): RowWriter {
  const columns = profile.write?.columns;
  if (!columns) {
    const hint = 'Use hotline-zh, or list columns under write.columns in your profile.';
    throw new Fault('not-writable', `The profile ${profile.name} names no columns to write.`, { hint });
  }
  const sayers = sayersOf(profile, columns);
  const idle = columns.find((column) => !sayers.has(column));
  if (idle !== undefined) {
    const hint = 'Name it in a field, or remove it from write.columns.';
    throw new Fault('not-writable', `No field of ${profile.name} goes into the column ${idle}.`, { hint });
  }
  const ordered = columns.map((column) => sayers.get(column)!);
  return { columns, cells: (record) => ordered.map((say) => say(record) ?? '') };
}

/** What a record says, by column; empty ones are left out. @throws Fault as `compileRowWriter` */
export function cellsOf(profile: Profile, record: Imported): Readonly<Record<string, string>> {
  const { columns, cells } = compileRowWriter(profile);
  const said = cells(record);
  return Object.fromEntries(columns.flatMap((name, i) => (said[i] ? [[name, said[i]]] : [])));
}

type Say = (record: Imported) => string | undefined;

function sayersOf(profile: Profile, columns: readonly string[]): Map<string, Say> {
  const sayers = new Map<string, Say>();
  const put = (field: unknown, say: Say): void => {
    const ref = refOf(field);
    const column = ref === undefined ? undefined : [ref].flat().find((name) => columns.includes(name));
    if (column === undefined) return;
    const before = sayers.get(column);
    sayers.set(column, before ? (record) => before(record) ?? say(record) : say);
  };
  putPlain(profile, put);
  putChoices(profile, put);
  putGroups(profile, put);
  return sayers;
}

type Put = (field: unknown, say: Say) => void;

function refOf(field: unknown): ColumnRef | undefined {
  if (typeof field === 'string' || Array.isArray(field)) return field as ColumnRef;
  if (typeof field === 'object' && field !== null && 'column' in field) return field.column as ColumnRef;
  return undefined;
}

function putPlain({ fields, dates, zone }: Profile, put: Put): void {
  const sayTime = compileDateWriter(dates[0] ?? 'yyyy-MM-dd HH:mm:ss', openZone(zone));
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : sayTime(at));
  put(fields.id, (r) => r.id);
  for (const name of TIME_FIELDS) {
    put(fields[name], (r) => (name === 'occurredAt' && r.occurredAtFrom ? undefined : time(r[name])));
  }
  for (const name of ['words', 'title', 'unit', 'subUnit', 'placeText', 'reply'] as const) {
    put(fields[name] satisfies TextField | undefined, (r) => r[name]);
  }
  for (const name of ['likes', 'opposes'] as const) put(fields[name], (r) => r[name]?.toString());
  put(fields.lon, (r) => r.point?.[0].toString());
  put(fields.lat, (r) => r.point?.[1].toString());
  put(fields.external?.number, (r) => r.external?.number);
  put(fields.external?.dueAt, (r) => time(r.external?.dueAt));
}

function putChoices({ fields }: Profile, put: Put): void {
  const label = (field: MapField | undefined): ((value: string | undefined) => string | undefined) => {
    const map = typeof field === 'object' && !Array.isArray(field) && 'map' in field ? field.map : {};
    return (value) => wordFor(map, value) ?? value;
  };
  const sayKind = label(fields.kind);
  const sayChannel = label(fields.channel);
  put(fields.kind, (r) => r.kindLabel ?? sayKind(r.kind));
  put(fields.channel, (r) => r.channelLabel ?? sayChannel(r.channel));
  put(fields.requestKind, (r) => r.requestKindLabel ?? wordFor(fields.requestKind?.map, r.requestKind));
  put(fields.status, (r) => r.statusLabel ?? wordFor(fields.status?.map, r.status));
  put(fields.publicity, (r) => wordFor(fields.publicity?.map, r.publicity));
  for (const name of ['valid', 'contacted', 'solved', 'satisfied'] as const) {
    put(fields[name], (r) => wordFor(fields[name]?.map, r.callback?.[name]));
  }
}

/** The first word that the map turns into this value. */
function wordFor(
  map: Readonly<Record<string, string>> | undefined,
  value: string | undefined,
): string | undefined {
  return Object.entries(map ?? {}).find(([, meant]) => meant === value)?.[0];
}

function putGroups({ fields }: Profile, put: Put): void {
  for (const [layer, ref] of Object.entries(fields.places)) put(ref, (r) => r.statedPlaces?.[layer]);
  for (const [key, ref] of Object.entries(fields.extra)) put(ref, (r) => r.extra?.[key]);
  const secret = fields.requester?.confidentialWhen[0];
  put(fields.requester?.name, (r) => r.requester?.name);
  put(fields.requester?.phone, (r) => r.requester?.phone);
  put(fields.requester?.account, (r) => r.requester?.account);
  const hidden: Say = (r) => (r.requester?.confidential ? secret : undefined);
  put(fields.requester?.phone ?? fields.requester?.account ?? fields.requester?.name, hidden);
}
