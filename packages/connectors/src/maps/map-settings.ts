import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Fault } from '@gezhi/basis';
import type { TileDatum } from '@gezhi/place';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { TIANDITU_LAYERS, tiandituTemplate } from './tianditu.ts';

/** A text in both languages. */
export type MapLabel = { readonly zh: string; readonly en: string };

/** Where tiles come from and how they are shown; keys are read from their files already. */
export type TileSettings = {
  readonly source:
    | { readonly kind: 'file'; readonly file: string }
    | {
        readonly kind: 'service';
        /** One address a layer, lowest first, with `{z}`, `{x}`, `{y}` (or `{-y}`, counted from the south), `{s}` and `{key}`. */
        readonly layers: readonly string[];
        readonly key?: string;
        readonly allowPrivate: boolean;
      };
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Of a tile, pixels. */
  readonly size: 256 | 512;
  readonly datum: TileDatum;
  readonly attribution: MapLabel;
  /** 审图号. */
  readonly reviewNumber?: string;
  readonly keepDays: number;
  readonly keepMegabytes: number;
};

export const GEOCODER_KINDS = ['tianditu', 'nominatim', 'photon'] as const;
export type GeocoderKind = (typeof GEOCODER_KINDS)[number];

/** A service that is asked for a place by its name. */
export type GeocoderSettings = {
  readonly kind: GeocoderKind;
  readonly url: string;
  readonly key?: string;
  readonly datum: TileDatum;
  readonly attribution: MapLabel;
  readonly allowPrivate: boolean;
};

export type MapSettings = { readonly tiles?: TileSettings; readonly geocoder?: GeocoderSettings };

/**
 * Reads the file that `MAPS_FILE` names (docs/maps.md). Files it names lie beside it.
 *
 * @throws Fault `bad-setting` with file, line, key and what it may be
 */
export function readMapSettings(file: string): MapSettings {
  const text = textOf(file, 'Set MAPS_FILE to a file such as docs/maps.md shows, or leave it out.');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw bad(`${file}:${lines.linePos(broken.pos[0]).line}`, broken.message.split('\n')[0] ?? '');
  const read = MapsFile.safeParse(document.toJS() ?? {});
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = (issue?.path ?? []) as (string | number)[];
    throw bad(`${file}:${lineOf(document, lines, path)} ${path.join('.')}`, `${issue?.message}.`);
  }
  const at = (path: string[]): string => `${file}:${lineOf(document, lines, path)} ${path.join('.')}`;
  const { tiles, geocoder } = read.data;
  return {
    ...(tiles ? { tiles: tilesOf(tiles, dirname(file), at) } : {}),
    ...(geocoder ? { geocoder: geocoderOf(geocoder, dirname(file), at) } : {}),
  };
}

const Text = z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 letters');
const Words = z.union([
  Text.transform((text) => ({ zh: text, en: text })),
  z.strictObject({ zh: Text, en: Text }),
]);
const Zoom = z.int('is no whole number').min(0, 'must be 0 to 22').max(22, 'must be 0 to 22');
const Datum = z.enum(['wgs84', 'cgcs2000', 'gcj02'], 'must be wgs84, cgcs2000 or gcj02');

const Shown = {
  attribution: Words.optional(),
  reviewNumber: Text.optional(),
  minZoom: Zoom.default(0),
  maxZoom: Zoom.optional(),
};

const Asked = {
  keyFile: Text.optional(),
  datum: Datum.default('wgs84'),
  private: z.boolean('must be true or false').default(false),
  keepDays: z.number().min(0).max(365, 'must be 0 to 365').default(7),
  keepMegabytes: z.number().min(1).max(100_000, 'must be 1 to 100000').default(200),
};

const Tiles = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('xyz'),
      url: z.union([Text, z.array(Text).min(1).max(3, 'has more than three layers')]),
      size: z.literal([256, 512], 'must be 256 or 512').default(256),
      ...Shown,
      ...Asked,
    }),
    z.strictObject({
      kind: z.literal('tianditu'),
      layers: z.array(z.enum(TIANDITU_LAYERS)).min(1).max(2).default(['vec', 'cva']),
      url: Text.default('https://t{s}.tianditu.gov.cn'),
      ...Shown,
      ...Asked,
    }),
    z.strictObject({ kind: z.literal('pmtiles'), file: Text, datum: Datum.default('wgs84'), ...Shown }),
  ],
  'must be xyz, tianditu or pmtiles',
);

const Geocoder = z.strictObject({
  kind: z.enum(GEOCODER_KINDS, `must be ${GEOCODER_KINDS.join(', ')}`),
  url: Text.optional(),
  keyFile: Text.optional(),
  datum: Datum.default('wgs84'),
  attribution: Words.optional(),
  private: z.boolean('must be true or false').default(false),
});

const MapsFile = z.strictObject({ tiles: Tiles.optional(), geocoder: Geocoder.optional() });

type At = (path: string[]) => string;

const TIANDITU = { zh: '天地图', en: 'Tianditu' };
/** Where a service says nothing else. */
const MAX_ZOOM = 18;

function tilesOf(given: z.output<typeof Tiles>, folder: string, at: At): TileSettings {
  const { minZoom, maxZoom = MAX_ZOOM, reviewNumber } = given;
  if (maxZoom < minZoom) throw bad(at(['tiles', 'maxZoom']), `is less than minZoom, ${minZoom}.`);
  const attribution = given.attribution ?? (given.kind === 'tianditu' ? TIANDITU : undefined);
  if (!attribution)
    throw bad(
      at(['tiles']),
      'Say whose map it is: attribution: "© OpenStreetMap contributors", or {zh: …, en: …}.',
    );
  const shown = { minZoom, maxZoom, attribution, ...(reviewNumber ? { reviewNumber } : {}) };
  const datum = datumOf(given.datum);
  if (given.kind === 'pmtiles') {
    const source = { kind: 'file', file: resolve(folder, given.file) } as const;
    return { ...shown, source, size: 256, datum, keepDays: 1, keepMegabytes: 0 };
  }
  const layers =
    given.kind === 'xyz'
      ? [given.url].flat().map((url) => checkTemplate(url, at(['tiles', 'url'])))
      : given.layers.map((layer) => tiandituTemplate(checkBase(given.url, at(['tiles', 'url'])), layer));
  const key = keyOf(given.keyFile, folder, at(['tiles', 'keyFile']));
  const wantsKey = layers.some((layer) => layer.includes('{key}'));
  if (wantsKey && !key)
    throw bad(at(['tiles']), 'The service is asked with a key: name the file that holds it as keyFile.');
  if (key && !wantsKey)
    throw bad(at(['tiles', 'keyFile']), 'The address has no place for it: write {key} in url.');
  const { keepDays, keepMegabytes, private: allowPrivate } = given;
  const source = { kind: 'service', layers, allowPrivate, ...(key ? { key } : {}) } as const;
  return { ...shown, source, size: given.kind === 'xyz' ? given.size : 256, datum, keepDays, keepMegabytes };
}

const GEOCODERS: Readonly<Record<GeocoderKind, { readonly url?: string; readonly by?: MapLabel }>> = {
  tianditu: { url: 'https://api.tianditu.gov.cn', by: TIANDITU },
  nominatim: {},
  photon: {},
};

function geocoderOf(given: z.output<typeof Geocoder>, folder: string, at: At): GeocoderSettings {
  const { kind, private: allowPrivate } = given;
  const url = given.url ?? GEOCODERS[kind].url;
  if (!url) throw bad(at(['geocoder']), `A ${kind} service has no address of its own here: name it as url.`);
  const attribution = given.attribution ?? GEOCODERS[kind].by;
  if (!attribution)
    throw bad(at(['geocoder']), 'Say whose answers they are: attribution: "© OpenStreetMap contributors".');
  const key = keyOf(given.keyFile, folder, at(['geocoder', 'keyFile']));
  if (kind === 'tianditu' && !key)
    throw bad(at(['geocoder']), 'Tianditu asks for a key (tk): name its file as keyFile.');
  return {
    kind,
    allowPrivate,
    attribution,
    url: checkBase(url, at(['geocoder', 'url'])),
    datum: datumOf(given.datum),
    ...(key ? { key } : {}),
  };
}

function datumOf(datum: z.output<typeof Datum>): TileDatum {
  return datum === 'gcj02' ? 'GCJ-02' : 'WGS-84';
}

function checkTemplate(url: string, at: string): string {
  if (!/\{z\}/.test(url) || !/\{x\}/.test(url) || !/\{-?y\}/.test(url))
    throw bad(at, 'It must name {z}, {x} and {y}, as in https://tiles.example/{z}/{x}/{y}.png.');
  const stray = /\{(?!(?:z|x|-?y|s|key)\})[^}]*\}/.exec(url);
  if (stray)
    throw bad(at, `${stray[0]} means nothing here: there is {z}, {x}, {y}, {-y}, {s} (0 to 7) and {key}.`);
  checkBase(url, at);
  return url;
}

/** An address of the web, without a user and a password: these would stand in a file that many may read. */
function checkBase(url: string, at: string): string {
  const filled = url.replace(/\{[^}]*\}/g, '0');
  const parsed = URL.canParse(filled) ? new URL(filled) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw bad(at, 'It must be an address such as https://tiles.example, without user and password.');
  return url.replace(/\/+$/, '');
}

function keyOf(file: string | undefined, folder: string, at: string): string | undefined {
  if (!file) return undefined;
  const key = textOf(resolve(folder, file), `${at} names it: put the key alone into it.`).trim();
  if (/^[\x21-\x7e]{4,500}$/.test(key)) return key;
  throw bad(at, 'Its file must hold the key alone, in letters, digits and signs.');
}

function textOf(file: string, hint: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault('bad-setting', `The file ${file} cannot be read.`, { cause, hint });
  }
}

/** The line of the deepest part of a path that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
    if (node?.range) return lines.linePos(node.range[0] ?? 0).line;
  }
  return 1;
}

function bad(where: string, what: string): Fault {
  return new Fault('bad-setting', `${where}: ${what}`);
}
