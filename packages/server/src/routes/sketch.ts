import { type Refusal, refuse } from '@gezhi/basis';
import { sketchOf } from '@gezhi/place';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The outlines below a place, with the chief lines that cross the picture. */
export function sketchPlaces({ town, query, now }: Turn<'sketchPlaces'>): RouteAnswer | Refusal {
  const sketch = sketchOf(town.places, query.layer, query.within, now);
  if (!sketch) {
    const what = query.within ?? query.layer;
    return refuse('unknown-place', `No place "${what}" of layer "${query.layer}" has an outline.`, { what });
  }
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
  return {
    status: 200,
    headers: { 'cache-control': 'public, max-age=3600' },
    body: { ...sketch, lines },
  };
}
