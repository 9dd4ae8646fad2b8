import type { SketchView } from '@gezhi/contract';
import { useCall } from '@gezhi/ui';

/**
 * The outlines below a place; of the whole town those below its one outermost area, and of a community, which has no divisions below it, its
 * grids.
 */
export function useSketch(within: string | undefined): {
  readonly sketch: SketchView | undefined;
  readonly error: Error | undefined;
  readonly again: () => void;
} {
  const kept = { staleTime: 3_600_000 };
  const first = useCall('sketchPlaces', { query: {} }, kept);
  const only = first.data?.areas.length === 1 ? first.data.areas[0]?.code : undefined;
  const code = within ?? only;
  const below = useCall(
    'sketchPlaces',
    { query: { within: code ?? '' } },
    { ...kept, enabled: code !== undefined },
  );
  const grids = useCall(
    'sketchPlaces',
    { query: { layer: 'grid', within: code ?? '' } },
    { ...kept, enabled: code !== undefined && below.error !== null },
  );
  const whole = code === undefined ? first.data : undefined;
  return {
    sketch: below.data ?? grids.data ?? whole,
    error: first.error ?? grids.error ?? undefined,
    again: () => void Promise.all([first.refetch(), below.refetch(), grids.refetch()]),
  };
}
