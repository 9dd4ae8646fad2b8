import { findPlace } from '@gezhi/place';
import type { Town } from '../town.ts';

/**
 * The smallest area that is compared: the place of a case where it is one of the layer that cases are counted by (its service grids). A
 * street has no such area: a case that is somewhere in it is not said to be elsewhere than one in its grid.
 */
export function areaOf(town: Town, place: string): string | undefined {
  const inner = town.profile.layers.find((layer) => layer.tiling && layer.within !== undefined);
  return inner && findPlace(town.places, inner.code, place) ? place : undefined;
}
