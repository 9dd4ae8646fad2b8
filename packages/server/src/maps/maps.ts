import type { Geocoder, TileService } from '@gezhi/connectors';
import type { TilesView } from '@gezhi/contract';
import { type Box, extentOf } from '@gezhi/place';
import type { Installation, Town } from '@gezhi/town';

/** Maps of the operator's choice; the plain sketch needs none of them. */
export type Maps = { readonly tiles?: TileService; readonly geocoder?: Geocoder };

/** What a browser is told of the tiles that may lie under its sketch; nothing where there are none. */
export function tilesOf(maps: Maps | undefined, town: Town): { readonly tiles?: TilesView } {
  const bounds = boxOfTown(town);
  return maps?.tiles && bounds ? { tiles: { ...maps.tiles.shown, bounds: [...bounds] } } : {};
}

/** A tenth of the town on each side. */
const MARGIN = 0.1;

/** Where a town lies, with a margin; `undefined` where nothing of it has an outline. */
export function boxOfTown({ places }: Pick<Town, 'places'>): Box | undefined {
  const extent = extentOf(places);
  if (!extent) return undefined;
  const [west, south, east, north] = extent;
  const [wide, high] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return [west - wide, south - high, east + wide, north + high];
}

/** The same of every town of an installation. */
export function boxesOf({ towns }: Pick<Installation, 'towns'>): readonly Box[] {
  return [...towns.values()].map(boxOfTown).filter((box) => box !== undefined);
}
