import type { Instant } from '@gezhi/basis';

/** WGS-84 (CGCS2000 differs by centimetres) in degrees. */
export type Point = { readonly lon: number; readonly lat: number };

/** GeoJSON positions, longitude first; a third number (height) is passed over. */
export type Position = readonly number[];
/** A closed line: the last position repeats the first. */
export type Ring = readonly Position[];

/** A GeoJSON geometry (RFC 7946 §3.1.6, §3.1.7) in WGS-84 degrees: first ring the shell, further rings holes. */
export type Outline =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

/** Another name by which people say where they are: a landmark, a group, an old name; it may carry its own point. */
export type PlaceName = { readonly name: string; readonly point?: Point };

/**
 * A place 地. `code` is unique in its layer; `parent` is the code of the place above (in the same layer for the division tree, in
 * the layer named by `within` for others). `validFrom` is the first moment it exists, `validTo` the first it no longer does.
 */
export type Place = {
  readonly layer: string;
  readonly level?: string;
  readonly code: string;
  readonly name: string;
  readonly parent?: string;
  readonly names: readonly PlaceName[];
  readonly outline?: Outline;
  readonly point?: Point;
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
};

/** A family of places. In a `tiling` layer no two outlines of one level overlap, and each point has at most one answer. */
export type Layer = {
  readonly code: string;
  readonly tiling: boolean;
  readonly within?: string;
  readonly name: string | { readonly zh: string; readonly en: string };
};

const TIERS: Readonly<Record<string, string>> = {
  county: 'district',
  town: 'street',
  township: 'street',
  village: 'community',
};

/**
 * The tier of the division tree that a level belongs to. Districts and counties stand side by side, and so do streets, towns and
 * townships, communities and villages: it is a tier that tiles, not a level. Levels of other trees are tiers of their own.
 */
export function tierOf(level: string | undefined): string | undefined {
  return level === undefined ? undefined : (TIERS[level] ?? level);
}

/** Is the place there at this moment? From `validFrom` on and before `validTo`; an absent end is open. */
export function validAt(place: Pick<Place, 'validFrom' | 'validTo'>, at: Instant): boolean {
  return (
    (place.validFrom === undefined || place.validFrom <= at) &&
    (place.validTo === undefined || at < place.validTo)
  );
}

/** The outline as a list of polygons, each a list of rings. */
export function polygonsOf(outline: Outline): readonly (readonly Ring[])[] {
  return outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
}
