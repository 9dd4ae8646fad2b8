import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import { type Sketch, sketchOf } from '@gezhi/place';
import type { Town } from '@gezhi/town';
import { tilesOf } from '../maps/maps.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The outlines below a place, with the chief lines that cross the picture. */
export function sketchPlaces({ app, town, query, now }: Turn<'sketchPlaces'>): RouteAnswer | Refusal {
  const sketch = sketchFor(town, query.layer, query.within, now);
  if (!sketch) {
    const what = query.within ?? query.layer;
    return refuse('unknown-place', `No place "${what}" of layer "${query.layer}" has an outline.`, { what });
  }
  return {
    status: 200,
    headers: { 'cache-control': 'public, max-age=3600' },
    body: { ...sketch, ...tilesOf(app.maps, town) },
  };
}

/** The same as a value; `undefined` where nothing there has an outline. */
export function sketchFor(
  town: Town,
  layer: string,
  within: string | undefined,
  now: Instant,
): (Sketch & { readonly lines: readonly object[] }) | undefined {
  const sketch = sketchOf(town.places, layer, within, now);
  if (!sketch) return undefined;
  const [west, south, east, north] = sketch.bounds;
  const lines = town.lines.segments
    .filter(({ coordinates }) =>
      coordinates.some(([lon = 0, lat = 0]) => west <= lon && lon <= east && south <= lat && lat <= north),
    )
    .map(({ line, lineName, kind, segment, segmentName, coordinates }) => ({
      line,
      lineName,
      kind,
      segment,
      segmentName,
      positions: coordinates,
    }));
  return { ...sketch, lines };
}
