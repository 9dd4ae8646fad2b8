import { createHash } from 'node:crypto';
import { Fault, type Instant } from '@gezhi/basis';
import { compileDates } from './date-format.ts';
import type { Imported } from './imported.ts';
import { type Problem, problem, type Reason } from './problem.ts';
import type { ColumnRef, MapField, Profile, TextField, TimeField } from './profile.ts';
import { openZone } from './zone.ts';

/** What a row of cells says: a record with what was left out, or why it is refused. */
export type Mapped =
  | { readonly ok: Imported; readonly dropped?: readonly Problem[] }
  | { readonly refused: readonly Problem[] };

export type RowMapper = {
  readonly map: (cells: readonly string[]) => Mapped;
  /** Fields of the profile for which the file has no column. */
  readonly absent: readonly string[];
};

/**
 * Binds a profile to the columns of one file, once; the mapper then takes a row in a few microseconds.
 *
 * @param columns the file's columns in order; those beginning with `_` are ours and are ignored
 * @param importedAt may stand for `occurredAt` where the profile allows it
 * @throws Fault `missing-column` where a field that every row must have has no column
 */
export function compileMapper(
  profile: Profile,
  columns: readonly string[],
  file: string,
  importedAt?: Instant,
): RowMapper {
  const binder = new Binder(profile, columns);
  const steps = [...timeSteps(binder), ...textSteps(binder), ...choiceSteps(binder), ...groupSteps(binder)];
  const finish = [...occurredAtSteps(binder, importedAt), ...checkSteps(binder), ...requiredSteps(binder)];
  checkColumns(binder, file, importedAt);
  const values = valueSteps(binder);
  const identify = idStep(binder);
  const map = (cells: readonly string[]): Mapped => {
    const draft: Draft = { source: profile.source, id: '', occurredAt: Number.NaN };
    const told: Told = { refused: [], dropped: [] };
    for (const step of values) step(cells, draft, told);
    identify(cells, draft, told);
    for (const step of steps) step(cells, draft, told);
    for (const step of finish) step(cells, draft, told);
    if (told.refused.length > 0) return { refused: told.refused };
    return told.dropped.length > 0 ? { ok: draft, dropped: told.dropped } : { ok: draft };
  };
  return { map, absent: binder.absent };
}

type Draft = { -readonly [K in keyof Imported]: Imported[K] };
type Told = { readonly refused: Problem[]; readonly dropped: Problem[] };
type Step = (cells: readonly string[], draft: Draft, told: Told) => void;
/** A cell's text without the space around it; empty where the row says nothing. */
type Cell = { readonly column: string; readonly of: (cells: readonly string[]) => string };

class Binder {
  readonly profile: Profile;
  readonly columns: readonly string[];
  readonly absent: string[] = [];
  readonly #skip: ReadonlySet<string> | undefined;
  readonly readTime: (text: string) => Instant | undefined;

  constructor(profile: Profile, columns: readonly string[]) {
    this.profile = profile;
    this.columns = columns;
    this.#skip = profile.skip.length > 0 ? new Set(profile.skip) : undefined;
    this.readTime = compileDates(profile.dates, openZone(profile.zone));
  }

  /** The cell of a field, or `undefined` where the file has no such column, which is noted. */
  cell(ref: ColumnRef, field: string): Cell | undefined {
    const names = typeof ref === 'string' ? [ref] : ref;
    const places = names.map((name) => this.columns.indexOf(name)).filter((index) => index >= 0);
    const first = places[0];
    if (first === undefined) {
      this.absent.push(field);
      return undefined;
    }
    const column = this.columns[first]!;
    if (places.length === 1) return { column, of: (cells) => this.#clean(cells[first]) };
    const of = (cells: readonly string[]): string => {
      for (const index of places) {
        const text = this.#clean(cells[index]);
        if (text !== '') return text;
      }
      return '';
    };
    return { column, of };
  }

  #clean(text: string | undefined): string {
    if (text === undefined) return '';
    const trimmed = text.trim();
    return this.#skip?.has(trimmed) ? '' : trimmed;
  }

  text(field: TextField | undefined, name: string): Cell | undefined {
    if (field === undefined) return undefined;
    if (typeof field === 'string' || Array.isArray(field)) return this.cell(field, name);
    if ('value' in field) return { column: '', of: () => field.value };
    const parts = field.all.map((ref) => this.cell(ref, name)).filter((cell) => cell !== undefined);
    if (parts.length === 0) return undefined;
    const join = (cells: readonly string[]): string =>
      parts
        .map((part) => part.of(cells))
        .filter((text) => text !== '')
        .join(field.with);
    return { column: parts[0]!.column, of: join };
  }
}

function refOf(field: ColumnRef | { readonly column: ColumnRef }): ColumnRef {
  return typeof field === 'string' || Array.isArray(field) ? field : (field as { column: ColumnRef }).column;
}

function idStep(binder: Binder): Step {
  const field = binder.profile.fields.id;
  const plain = typeof field === 'string' || Array.isArray(field);
  const ref = plain ? field : field?.column;
  const cell = ref === undefined ? undefined : binder.cell(ref, 'id');
  const refuses = field !== undefined && !plain && field.orElse === 'refuse';
  const own = binder.columns.map((name) => !name.startsWith('_'));
  return (cells, draft, told) => {
    draft.id = cell?.of(cells) ?? '';
    if (draft.id !== '') return;
    if (refuses) told.refused.push(problem('missing', cell?.column ?? '', '', { expected: 'id' }));
    else draft.id = hashOf(cells.filter((_, i) => own[i] ?? true));
  };
}

/** The same row has the same id in every file of the same columns: 128 bits of SHA-256 over its cells, trimmed. */
function hashOf(cells: readonly string[]): string {
  const text = cells.map((cell) => cell.trim()).join('\u001f');
  return `row-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

type OptionalTime = 'dispatchedAt' | 'updatedAt' | 'dueAt' | 'closedAt' | 'replyAt';

function timeSteps(binder: Binder): Step[] {
  const { fields } = binder.profile;
  const steps: Step[] = [];
  const add = (name: TimeField, ref: ColumnRef | undefined): void => {
    const cell = ref === undefined ? undefined : binder.cell(ref, name);
    if (!cell) return;
    steps.push((cells, draft, told) => {
      const text = cell.of(cells);
      if (text === '') return;
      const at = binder.readTime(text);
      if (at === undefined) told.refused.push(notATime(binder.profile, cell.column, text));
      else draft[name] = at;
    });
  };
  add('occurredAt', refOf(fields.occurredAt));
  for (const name of ['dispatchedAt', 'updatedAt', 'dueAt', 'closedAt', 'replyAt'] satisfies OptionalTime[]) {
    add(name, fields[name]);
  }
  return steps;
}

function notATime(profile: Profile, column: string, text: string): Problem {
  return problem('not-a-time', column, text, { expected: profile.dates[0] ?? 'yyyy-MM-dd HH:mm:ss' });
}

function textSteps(binder: Binder): Step[] {
  const { fields } = binder.profile;
  const steps: Step[] = [];
  for (const name of ['words', 'title', 'unit', 'subUnit', 'placeText', 'reply'] as const) {
    const cell = binder.text(fields[name], name);
    if (!cell) continue;
    steps.push((cells, draft) => {
      const text = cell.of(cells);
      if (text !== '') draft[name] = text;
    });
  }
  for (const name of ['likes', 'opposes'] as const) {
    const ref = fields[name];
    const cell = ref === undefined ? undefined : binder.cell(ref, name);
    if (!cell) continue;
    steps.push((cells, draft, told) => {
      const count = numberIn(cell, cells, 0, Number.MAX_SAFE_INTEGER, told);
      if (count !== undefined) draft[name] = count;
    });
  }
  return steps;
}

function numberIn(
  cell: Cell,
  cells: readonly string[],
  min: number,
  max: number,
  told: Told,
): number | undefined {
  const text = cell.of(cells);
  if (text === '') return undefined;
  const value = Number(text);
  const reason: Reason | undefined = Number.isFinite(value)
    ? value < min || value > max
      ? 'out-of-range'
      : undefined
    : 'not-a-number';
  if (reason === undefined) return value;
  told.refused.push(problem(reason, cell.column, text, { expected: `${min} … ${max}` }));
  return undefined;
}

function choiceSteps(binder: Binder): Step[] {
  const { fields } = binder.profile;
  const steps = [
    labelStep(binder, fields.kind, 'kind', 'kindLabel'),
    labelStep(binder, fields.channel, 'channel', 'channelLabel'),
    choiceStep(binder, fields.requestKind, 'requestKind', (draft, value, label) => {
      draft.requestKindLabel = label;
      if (value !== undefined) draft.requestKind = value;
    }),
    choiceStep(binder, fields.status, 'status', (draft, value, label) => {
      draft.statusLabel = label;
      if (value !== undefined) draft.status = value;
    }),
    choiceStep(binder, fields.publicity, 'publicity', (draft, value) => {
      if (value !== undefined) draft.publicity = value;
    }),
  ];
  for (const name of ['valid', 'contacted', 'solved', 'satisfied'] as const) {
    steps.push(
      choiceStep<string>(binder, fields[name], name, (draft, value) => {
        if (value !== undefined) draft.callback = { ...draft.callback, [name]: value };
      }),
    );
  }
  return steps.filter((step) => step !== undefined);
}

function labelStep(
  binder: Binder,
  field: MapField | undefined,
  name: 'kind' | 'channel',
  label: 'kindLabel' | 'channelLabel',
): Step | undefined {
  if (field === undefined) return undefined;
  if (typeof field === 'object' && 'value' in field) {
    return (_, draft) => {
      draft[name] = field.value;
    };
  }
  const cell = binder.cell(refOf(field), name);
  if (!cell) return undefined;
  const { map, otherwise } = isMapped(field) ? field : AS_STATED;
  const known = new Map(Object.entries(map));
  const listed = [...known.keys()].join(', ');
  return (cells, draft, told) => {
    const text = cell.of(cells);
    if (text === '') return;
    draft[label] = text;
    const value = known.get(text) ?? (otherwise === 'asStated' ? text : undefined);
    if (value !== undefined) draft[name] = value;
    else if (otherwise === 'refuse') {
      told.refused.push(problem('not-listed', cell.column, text, { expected: listed }));
    }
  };
}

function isMapped(field: MapField): field is Extract<MapField, { otherwise: unknown }> {
  return typeof field === 'object' && !Array.isArray(field) && 'map' in field;
}

const AS_STATED = { map: {}, otherwise: 'asStated' } as const;

function choiceStep<V extends string>(
  binder: Binder,
  field:
    | { readonly column: ColumnRef; readonly map: Readonly<Record<string, V>>; readonly otherwise: string }
    | undefined,
  name: string,
  put: (draft: Draft, value: V | undefined, label: string) => void,
): Step | undefined {
  const cell = field && binder.cell(field.column, name);
  if (!field || !cell) return undefined;
  const known = new Map(Object.entries(field.map));
  const listed = [...known.keys()].join(', ');
  return (cells, draft, told) => {
    const text = cell.of(cells);
    if (text === '') return;
    const value = known.get(text);
    if (value !== undefined || field.otherwise === 'drop') put(draft, value, text);
    else told.refused.push(problem('not-listed', cell.column, text, { expected: listed }));
  };
}

function groupSteps(binder: Binder): Step[] {
  const { fields } = binder.profile;
  return [
    pointStep(binder),
    recordStep(binder, fields.places, 'places', 'statedPlaces'),
    recordStep(binder, fields.extra, 'extra', 'extra'),
    requesterStep(binder),
    externalStep(binder),
  ].filter((step) => step !== undefined);
}

function pointStep(binder: Binder): Step | undefined {
  const { fields, datum } = binder.profile;
  const lat = fields.lat === undefined ? undefined : binder.cell(fields.lat, 'lat');
  const lon = fields.lon === undefined ? undefined : binder.cell(fields.lon, 'lon');
  if (!lat || !lon) return undefined;
  const [xMax, yMax] = datum === 'EPSG:3857' ? [20_037_509, 20_048_967] : [180, 90];
  return (cells, draft, told) => {
    const before = told.refused.length;
    const x = numberIn(lon, cells, -xMax, xMax, told);
    const y = numberIn(lat, cells, -yMax, yMax, told);
    if (x !== undefined && y !== undefined) {
      // 0, 0 lies in the Gulf of Guinea and is what systems write that know no place.
      if (x !== 0 || y !== 0) draft.point = [x, y];
    } else if ((x ?? y) !== undefined && told.refused.length === before) {
      told.refused.push(problem('half-a-point', x === undefined ? lon.column : lat.column, ''));
    }
  };
}

function recordStep(
  binder: Binder,
  refs: Readonly<Record<string, ColumnRef>>,
  field: string,
  name: 'statedPlaces' | 'extra',
): Step | undefined {
  const parts: (readonly [string, Cell])[] = [];
  for (const [key, ref] of Object.entries(refs)) {
    const cell = binder.cell(ref, `${field}.${key}`);
    if (cell) parts.push([key, cell]);
  }
  if (parts.length === 0) return undefined;
  return (cells, draft) => {
    let found: Record<string, string> | undefined;
    for (const [key, cell] of parts) {
      const text = cell.of(cells);
      if (text === '') continue;
      found ??= {};
      found[key] = text;
    }
    if (found) draft[name] = found;
  };
}

function requesterStep(binder: Binder): Step | undefined {
  const field = binder.profile.fields.requester;
  if (!field) return undefined;
  const cellOf = (name: 'name' | 'phone' | 'account'): Cell | undefined =>
    field[name] === undefined ? undefined : binder.cell(field[name], `requester.${name}`);
  const name = cellOf('name');
  const phone = cellOf('phone');
  const account = cellOf('account');
  const secret = new Set(field.confidentialWhen);
  const shared = phone !== undefined && phone.column === account?.column;
  return (cells, draft) => {
    const who: { name?: string; phone?: string; account?: string; confidential?: true } = {};
    const take = (key: 'name' | 'phone' | 'account', text: string | undefined): void => {
      if (text === undefined || text === '') return;
      if (secret.has(text)) who.confidential = true;
      else who[key] = text;
    };
    take('name', name?.of(cells));
    const number = phone?.of(cells) ?? '';
    if (shared) take(PHONE.test(number) ? 'phone' : 'account', number);
    else {
      take('phone', number);
      take('account', account?.of(cells));
    }
    if (Object.keys(who).length > 0) draft.requester = who;
  };
}

/** Where one column serves for both, this is a phone and everything else an account. */
export const PHONE = /^\+?[\d][\d ()-]{4,}$/;

function externalStep(binder: Binder): Step | undefined {
  const field = binder.profile.fields.external;
  const number = field && binder.cell(field.number, 'external.number');
  if (!field || !number) return undefined;
  const due = field.dueAt === undefined ? undefined : binder.cell(field.dueAt, 'external.dueAt');
  return (cells, draft, told) => {
    const text = number.of(cells);
    if (text === '') return;
    const dueText = due?.of(cells) ?? '';
    const dueAt = dueText === '' ? undefined : binder.readTime(dueText);
    draft.external = { system: field.system, number: text, ...(dueAt !== undefined && { dueAt }) };
    if (due && dueText !== '' && dueAt === undefined) {
      told.refused.push(notATime(binder.profile, due.column, dueText));
    }
  };
}

function valueSteps(binder: Binder): Step[] {
  const steps: Step[] = [];
  for (const [name, values] of Object.entries(binder.profile.values)) {
    const cell = binder.cell(name, `values.${name}`);
    if (!cell) continue;
    const known = new Set(values);
    const listed = values.join(', ');
    steps.push((cells, _, told) => {
      const text = cell.of(cells);
      if (text !== '' && !known.has(text)) {
        told.refused.push(problem('not-listed', cell.column, text, { expected: listed }));
      }
    });
  }
  return steps;
}

/** The moment that stands for an unstated `occurredAt`, in the profile's order. A cell that cannot be read refuses all the same. */
function occurredAtSteps(binder: Binder, importedAt: Instant | undefined): Step[] {
  const field = binder.profile.fields.occurredAt;
  const orElse = typeof field === 'object' && 'orElse' in field ? field.orElse : [];
  const column = firstName(refOf(field));
  return [
    (_, draft, told) => {
      if (!Number.isNaN(draft.occurredAt) || told.refused.some((p) => p.reason === 'not-a-time')) return;
      for (const name of orElse) {
        const at = name === 'importedAt' ? importedAt : draft[name];
        if (at === undefined) continue;
        draft.occurredAt = at;
        draft.occurredAtFrom = name;
        return;
      }
      told.refused.push(problem('missing', column, '', { expected: 'occurredAt' }));
    },
  ];
}

function checkSteps(binder: Binder): Step[] {
  return Object.entries(binder.profile.checks).map(([check, action]) => {
    const [late, early] = check.split(' >= ') as [TimeField, TimeField];
    const column = columnOf(binder, late);
    return (_, draft, told) => {
      const after = draft[late];
      const before = draft[early];
      if (after === undefined || before === undefined || !(after < before)) return;
      const facts = { expected: check, found: new Date(before).toISOString() };
      told[action === 'drop' ? 'dropped' : 'refused'].push(
        problem('out-of-order', column, new Date(after).toISOString(), facts),
      );
      if (action === 'drop' && late !== 'occurredAt') delete draft[late];
    };
  });
}

function requiredSteps(binder: Binder): Step[] {
  return binder.profile.required
    .filter((name) => name !== 'id' && name !== 'occurredAt')
    .map((name) => {
      const column = columnOf(binder, name);
      return (_, draft, told) => {
        if (draft[name] !== undefined) return;
        if (told.refused.some((p) => p.column === column || p.column === '')) return;
        told.refused.push(problem('missing', column, '', { expected: name }));
      };
    });
}

function columnOf(binder: Binder, name: Profile['required'][number]): string {
  const field = name === 'point' ? binder.profile.fields.lat : binder.profile.fields[name];
  if (field === undefined) return name;
  if (typeof field === 'string' || Array.isArray(field)) return firstName(field, binder.columns);
  if ('all' in field) return firstName(field.all[0]!, binder.columns);
  return 'column' in field && field.column !== undefined ? firstName(field.column, binder.columns) : name;
}

function firstName(ref: ColumnRef, columns: readonly string[] = []): string {
  if (typeof ref === 'string') return ref;
  return ref.find((name) => columns.includes(name)) ?? ref[0]!;
}

function checkColumns(binder: Binder, file: string, importedAt: Instant | undefined): void {
  const field = binder.profile.fields.occurredAt;
  const orElse = typeof field === 'object' && 'orElse' in field ? field.orElse : [];
  const stands = orElse.some((name) =>
    name === 'importedAt'
      ? importedAt !== undefined
      : !binder.absent.includes(name) && binder.profile.fields[name],
  );
  const needed = new Set<string>(['occurredAt', ...binder.profile.required]);
  if (stands) needed.delete('occurredAt');
  const missing = [...needed].find((name) => binder.absent.includes(name));
  if (missing === undefined) return;
  const wanted =
    missing === 'occurredAt' ? [refOf(field)].flat().join(' or ') : columnOf(binder, missing as 'id');
  const found = binder.columns.slice(0, 40).join(', ');
  const hint = `Its columns are: ${found}. Choose another profile, or name the right column under fields.${missing}.`;
  throw new Fault('missing-column', `${file} has no column ${wanted}, which ${missing} is read from.`, {
    hint,
  });
}
