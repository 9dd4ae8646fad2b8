import { type Box, toGcj02, toWgs84 } from '@gezhi/place';
import { z } from 'zod';
import { askOutside } from './ask-outside.ts';
import type { GeocoderKind, GeocoderSettings, MapLabel } from './map-settings.ts';

/** A place that a service of the outside proposes: never more than a proposal. Degrees WGS-84. */
export type OutsidePlace = {
  readonly name: string;
  /** What the service says of where it is. */
  readonly where: string;
  readonly lon: number;
  readonly lat: number;
};

/** `away` where there was no answer that can be read: why, as a code. */
export type OutsidePlaces =
  | { readonly outcome: 'found'; readonly places: readonly OutsidePlace[] }
  | { readonly outcome: 'away'; readonly problem: string };

export type AskFor = {
  /** The words of the place alone. */
  readonly text: string;
  /** Where the town lies; what lies elsewhere is no answer. */
  readonly box: Box;
  readonly language: 'zh' | 'en';
};

/** A service of place names, ready to be asked. */
export type Geocoder = {
  readonly kind: GeocoderKind;
  readonly attribution: MapLabel;
  /** Places of this name within the box. The text and the box are all it is told. Never throws for what the other side does. */
  find(asked: AskFor): Promise<OutsidePlaces>;
};

/** @param userAgent who asks, with an address, as such services wish to know it */
export function openGeocoder(service: GeocoderSettings, userAgent: string, timeoutMs = TIMEOUT_MS): Geocoder {
  const { kind, attribution } = service;
  return { kind, attribution, find: (asked) => find(service, asked, userAgent, timeoutMs) };
}

async function find(
  service: GeocoderSettings,
  asked: AskFor,
  userAgent: string,
  timeoutMs: number,
): Promise<OutsidePlaces> {
  const { kind, allowPrivate, datum } = service;
  const { addressOf, placesIn } = ADAPTERS[kind];
  const box = datum === 'GCJ-02' ? shifted(asked.box) : asked.box;
  const outside = await askOutside(addressOf(service, { ...asked, box }), {
    allowPrivate,
    timeoutMs,
    bytesMax: BYTES_MAX,
    headers: { 'user-agent': userAgent, accept: 'application/json', 'accept-language': asked.language },
  });
  if ('problem' in outside) return { outcome: 'away', problem: outside.problem };
  if (outside.status !== 200) return { outcome: 'away', problem: `status ${outside.status}` };
  const read = placesIn(jsonOf(outside.body));
  if (typeof read === 'string') return { outcome: 'away', problem: read };
  const places = read
    .flatMap((place) => back(place, service) ?? [])
    .filter((place) => liesIn(place, asked.box));
  return { outcome: 'found', places: places.slice(0, PLACES_MAX) };
}

const TIMEOUT_MS = 6_000;
const BYTES_MAX = 500_000;
const PLACES_MAX = 5;
const TEXT_MAX = 120;

type Adapter = {
  readonly addressOf: (service: GeocoderSettings, asked: AskFor) => string;
  /** Its places, or what the service says is wrong, as a code. */
  readonly placesIn: (json: unknown) => readonly OutsidePlace[] | string;
};

const degrees = z.coerce.number();
const said = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, TEXT_MAX));

/** 天地图 地名搜索 V2.0: `/v2/search`, `queryType` 2, within the box. */
const TiandituAnswer = z.object({
  status: z.object({ infocode: degrees }).optional(),
  pois: z.array(z.object({ name: said, address: said, lonlat: z.string() })).nullish(),
});

/** Nominatim `/search`, `format=jsonv2`. */
const NominatimAnswer = z.array(z.object({ lat: degrees, lon: degrees, name: said, display_name: said }));

/** Photon `/api`: GeoJSON. */
const PhotonAnswer = z.object({
  features: z.array(
    z.object({
      geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }),
      properties: z.object({
        ...{
          name: said,
          street: said,
          housenumber: said,
          locality: said,
          district: said,
          city: said,
          county: said,
        },
      }),
    }),
  ),
});

const TIANDITU_OK = 1000;
const TIANDITU_NONE = 3001;

const ADAPTERS: Readonly<Record<GeocoderKind, Adapter>> = {
  tianditu: {
    addressOf: ({ url, key = '' }, { text, box }) => {
      const asked = {
        keyWord: text,
        level: 12,
        mapBound: box.join(','),
        queryType: 2,
        start: 0,
        count: PLACES_MAX,
      };
      return `${url}/v2/search?${new URLSearchParams({ postStr: JSON.stringify(asked), type: 'query', tk: key })}`;
    },
    placesIn: (json) => {
      const { data } = TiandituAnswer.safeParse(json);
      const code = data?.status?.infocode ?? TIANDITU_OK;
      if (!data || (code !== TIANDITU_OK && code !== TIANDITU_NONE))
        return data ? `infocode ${code}` : 'unreadable';
      return (data.pois ?? []).map(({ name, address, lonlat }) => {
        const [lon = Number.NaN, lat = Number.NaN] = lonlat.split(/[, ]/).map(Number);
        return { name, where: address, lon, lat };
      });
    },
  },
  nominatim: {
    addressOf: ({ url, key }, { text, box: [west, south, east, north], language }) => {
      const viewbox = [west, north, east, south].join(',');
      const asked = { q: text, format: 'jsonv2', viewbox, bounded: '1', limit: String(PLACES_MAX) };
      const more = { 'accept-language': language, ...(key ? { key } : {}) };
      return `${url}/search?${new URLSearchParams({ ...asked, ...more })}`;
    },
    placesIn: (json) => {
      const { data } = NominatimAnswer.safeParse(json);
      if (!data) return 'unreadable';
      return data.map(({ name, display_name: whole, lon, lat }) => {
        return { name: name || (whole.split(',')[0] ?? ''), where: whole, lon, lat };
      });
    },
  },
  photon: {
    addressOf: ({ url, key }, { text, box }) => {
      const asked = { q: text, bbox: box.join(','), limit: String(PLACES_MAX), ...(key ? { key } : {}) };
      return `${url}/api?${new URLSearchParams(asked)}`;
    },
    placesIn: (json) => {
      const { data } = PhotonAnswer.safeParse(json);
      if (!data) return 'unreadable';
      return data.features.map(({ geometry: { coordinates }, properties: p }) => {
        const street = [p.street, p.housenumber].filter(Boolean).join(' ');
        const where = [street, p.locality, p.district, p.city, p.county].filter(Boolean).join(', ');
        return { name: p.name || street, where, lon: coordinates[0], lat: coordinates[1] };
      });
    },
  },
};

function jsonOf(body: Buffer): unknown {
  try {
    // Some of 天地图's answers begin with a byte order mark.
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function shifted([west, south, east, north]: Box): Box {
  const [low, high] = [toGcj02({ lon: west, lat: south }), toGcj02({ lon: east, lat: north })];
  return [low.lon, low.lat, high.lon, high.lat];
}

/** As our maps have it; `undefined` for what is no point or has no name. */
function back(place: OutsidePlace, { datum }: GeocoderSettings): OutsidePlace | undefined {
  const point = toWgs84([place.lon, place.lat], datum);
  if (place.name === '' || !Array.isArray(point)) return undefined;
  const [lon, lat] = point.map((n) => Math.round(n * 1e6) / 1e6);
  return lon === undefined || lat === undefined ? undefined : { ...place, lon, lat };
}

function liesIn({ lon, lat }: OutsidePlace, [west, south, east, north]: Box): boolean {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}
