import { readFile as readBytes } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Fault, type Instant, isRefusal } from '@gezhi/basis';
import {
  countRows,
  EMPTY_REPORT,
  type Imported,
  type ImportReport,
  openRejects,
  type Profile,
  type RowBatch,
  readFile,
} from '@gezhi/connectors';
import { type Outline, readOutlines, toWgs84, whyNoPoint } from '@gezhi/place';
import { addRegistry, inTransaction, type RegistryRow, saveDistrict } from '@gezhi/storage';
import { Agreement } from './agreement.ts';
import type { Incoming } from './incoming.ts';
import { type Installation, townOf } from './installation.ts';
import { takeIn } from './take-in.ts';
import type { Town, TownProfile } from './town.ts';

export type ImportOptions = {
  readonly district: string;
  /** Outline files by layer, for the layers that the profile names. */
  readonly layers?: Readonly<Record<string, string>>;
  /** Where refused rows are kept; nowhere if absent. */
  readonly rejects?: string;
  readonly now: () => Instant;
  readonly progress?: (rows: number) => void;
  readonly batchRows?: number;
};

/** What became of a file. `agreement`: by layer, the share of rows with both a point and a code that we put into the same place. */
export type FileImport = ImportReport & {
  readonly cases: number;
  readonly merged: number;
  /** Rows taken in before, under the same source and id. */
  readonly known: number;
  readonly seconds: number;
  readonly agreement: Readonly<Record<string, { readonly n: number; readonly share: number | null }>>;
};

/**
 * Imports a file by a profile: every row that can be understood becomes a request in a case, under the number the platform gives it;
 * every other is told and kept in the reject file. Importing the same file twice changes nothing. Memory is bounded by a few batches;
 * while one batch commits the next is read and decided.
 */
export async function importFile(
  installation: Installation,
  path: string,
  profile: Profile,
  options: ImportOptions,
): Promise<FileImport> {
  const began = performance.now();
  await makeDistrict(installation, profile, options);
  const town = townOf(installation, options.district);
  const rejects = options.rejects === undefined ? undefined : openRejects(options.rejects);
  const agreement = new Agreement(town);
  const kinds = new Set<string>();
  const counts = { cases: 0, merged: 0, known: 0 };
  let report = EMPTY_REPORT;
  // A file imported before is known by its first rows; until one is, looking each up would find nothing.
  let expectsNew = true;
  const writeBatch = async (batch: RowBatch): Promise<void> => {
    const signals = batch.rows.flatMap((row) => ('ok' in row ? [incomingOf(row.ok, profile)] : []));
    for (const signal of signals) {
      agreement.count(signal);
      if (signal.kind !== undefined && signal.kind !== 'unknown') kinds.add(signal.kind);
    }
    const by = { post: 'intake' };
    for (const receipt of await takeIn(town, signals, options.now(), by, { expectsNew })) {
      if (isRefusal(receipt))
        throw new Fault('import-refused', `A row that was read was refused: ${receipt.because}`);
      if (receipt.known) expectsNew = false;
      counts[receipt.known ? 'known' : receipt.joined ? 'merged' : 'cases'] += 1;
    }
    await rejects?.add(batch);
    report = countRows(report, batch);
    options.progress?.(report.rows);
  };
  await inTurns(
    readFile(path, profile, { importedAt: options.now(), batchRows: options.batchRows ?? 1_000 }),
    writeBatch,
    profile.joinWhen === 'never' ? IN_FLIGHT : 1,
  );
  await rejects?.close();
  await addKinds(installation, town, kinds, options.now());
  if (report.accepted > ANALYZE_FROM) await installation.db.pool.query('SELECT look_again()');
  return { ...report, ...counts, seconds: (performance.now() - began) / 1000, agreement: agreement.shares() };
}

/** Kinds that only the file knows are the town's from now on, by the names that it gave them: they can be asked for, and put right. */
async function addKinds(
  installation: Installation,
  town: Town,
  kinds: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  const rows = [...kinds]
    .filter((kind) => !town.kinds.has(kind))
    .map((code): RegistryRow => {
      const record = { code, name: { zh: code, en: code } };
      return { sort: 'kind', code, knownFrom: now, record };
    });
  if (rows.length === 0) return;
  await inTransaction(installation.db.pool, (client) => addRegistry(client, town.district, rows));
  await installation.reload();
}

/** After many new rows the planner's statistics are wrong until somebody looks; autovacuum may take minutes to. */
const ANALYZE_FROM = 5_000;

/** One is decided, one is written, one is synced to disk; a fourth would only take memory. */
const IN_FLIGHT = 3;

/** Works on at most `width` batches at once, in order of reading. */
async function inTurns<T>(
  source: AsyncIterable<T>,
  work: (item: T) => Promise<void>,
  width: number,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const item of source) {
    const step = work(item).finally(() => running.delete(step));
    running.add(step);
    if (running.size >= width) await Promise.race(running);
  }
  await Promise.all(running);
}

function incomingOf(row: Imported, profile: Profile): Incoming {
  const words = [row.title, row.words].filter(Boolean).join('\n');
  const ended = row.closedAt ?? (isEnded(row) ? (row.updatedAt ?? row.replyAt ?? row.occurredAt) : undefined);
  const { name, phone, account } = row.requester ?? {};
  const address = phone ?? account;
  return {
    source: row.source,
    id: row.id,
    type: 'gezhi.import.v1',
    occurredAt: row.occurredAt,
    channel: row.channel ?? row.channelLabel ?? 'import',
    ...(words ? { words } : {}),
    kind: row.kind ?? 'unknown',
    ...(row.requestKind ? { requestKind: row.requestKind } : {}),
    publicity: row.publicity ?? 'private',
    ...pointOf(row, profile),
    ...(row.placeText ? { placeText: row.placeText } : {}),
    ...(row.statedPlaces ? { statedPlaces: row.statedPlaces } : {}),
    ...(name || address
      ? {
          requester: {
            ...(name ? { name } : {}),
            ...(address ? { reachMe: [{ way: 'phone' as const, address }] } : {}),
          },
        }
      : {}),
    ...(row.external ? { external: row.external } : {}),
    attributes: { ...row.extra, ...(row.subUnit ? { subUnit: row.subUnit } : {}) },
    stated: {
      ...(row.unit ? { unit: row.unit } : {}),
      ...(row.dispatchedAt === undefined ? {} : { dispatchedAt: row.dispatchedAt }),
      ...(ended === undefined ? {} : { closedAt: Math.max(ended, row.occurredAt) }),
      ...(row.reply ? { reply: { said: row.reply, at: row.replyAt ?? ended ?? row.occurredAt } } : {}),
      ...callbackOf(row, ended),
    },
    mayJoin: profile.joinWhen === 'identicalWords' && words !== '',
  };
}

/** The row's point in WGS-84; none where the numbers are no degrees (the place then comes from its codes or words). */
function pointOf({ point }: Imported, profile: Profile): Pick<Incoming, 'point'> {
  const converted = point && toWgs84(point, profile.datum);
  if (!converted || isRefusal(converted) || whyNoPoint(converted[0], converted[1])) return {};
  return { point: { lon: converted[0], lat: converted[1] } };
}

function isEnded(row: Imported): boolean {
  return (
    row.status === 'closed' ||
    row.status === 'answered' ||
    row.status === 'referred' ||
    row.status === 'declined'
  );
}

function callbackOf(
  row: Imported,
  ended: Instant | undefined,
): Pick<NonNullable<Incoming['stated']>, 'callback'> {
  const stated = row.callback;
  if (!stated || stated.valid === 'no' || !(stated.solved || stated.satisfied || stated.contacted)) return {};
  const answer = {
    contacted: stated.contacted ?? 'noAnswer',
    solved: stated.solved ?? 'noAnswer',
    satisfied: stated.satisfied ?? 'noAnswer',
  } as const;
  return { callback: { answer, at: ended ?? row.updatedAt ?? row.occurredAt } };
}

/** Makes the district of an import where it is not there yet, with the outlines that were passed as drawn layers. */
async function makeDistrict(
  installation: Installation,
  profile: Profile,
  options: ImportOptions,
): Promise<void> {
  const { db, towns } = installation;
  const before: Town | undefined = towns.get(options.district);
  if (before && !options.layers) return;
  const layers = Object.keys(profile.layers).map((code) => ({
    code,
    tiling: false,
    name: { zh: code, en: code },
  }));
  const desks = new Set([...towns.values()].map((town) => town.profile.desk));
  const desk = Array.from({ length: 700 }, (_, i) => i + 200).find((n) => !desks.has(n))!;
  const about = profile.about ?? profile.name;
  const made: TownProfile = before?.profile ?? {
    district: options.district,
    name: { zh: about, en: about },
    zone: profile.zone,
    calendar: calendarFor(profile.zone),
    desk,
    codes: 'free',
    layers,
  };
  const known = before
    ? new Set(before.places.places.map((place) => `${place.layer}:${place.code}`))
    : new Set();
  const rows: RegistryRow[] = [];
  for (const [layer, file] of Object.entries(options.layers ?? {})) {
    for (const { code, outline, name } of await readLayer(file, layer, profile)) {
      if (known.has(`${layer}:${code}`)) continue;
      const record = { layer, code, name, names: [], outline };
      rows.push({ sort: 'place', code: `${layer}:${code}`, knownFrom: options.now(), record });
    }
  }
  await inTransaction(db.pool, async (client) => {
    await saveDistrict(client, options.district, made);
    await addRegistry(client, options.district, rows);
  });
  await installation.reload();
}

function calendarFor(zone: string): string {
  if (zone === 'Asia/Shanghai' || zone === 'Asia/Urumqi') return 'cn';
  return zone.startsWith('America/') ? 'us' : 'none';
}

async function readLayer(
  file: string,
  layer: string,
  profile: Profile,
): Promise<readonly { code: string; name: string; outline: Outline }[]> {
  const rule = profile.layers[layer];
  if (!rule) {
    throw new Fault('unknown-layer', `The profile ${profile.name} names no layer "${layer}".`, {
      hint: `It names: ${Object.keys(profile.layers).join(', ') || 'none'}.`,
    });
  }
  const bytes = await readBytes(file);
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const { outlines, problems } = readOutlines(JSON.parse(text.toString('utf8')), { codeProperty: rule.code });
  if (outlines.length === 0) {
    throw new Fault(
      'no-outlines',
      `${file} has no outline that can be read: ${problems[0]?.message ?? 'it is empty'}.`,
    );
  }
  return outlines.map(({ code, outline, properties }) => ({
    code,
    name: String(properties.name ?? properties.NAME ?? code),
    outline,
  }));
}
