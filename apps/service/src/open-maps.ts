import { join } from 'node:path';
import { openGeocoder, openTiles, readMapSettings } from '@gezhi/connectors';
import type { Maps } from '@gezhi/server';

export type MapsOptions = {
  /** Where fetched tiles are kept. */
  readonly dataDir: string;
  /** Where our pages are reached from outside: services ask who asks. */
  readonly pages: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
};

/**
 * The maps of the file that `MAPS_FILE` names, opened; none where it names none.
 * @throws Fault `bad-setting` with file, line, key and what it may be
 */
export async function openMaps(
  file: string | undefined,
  { dataDir, pages, now, log }: MapsOptions,
): Promise<{ readonly maps: Maps; readonly close: () => Promise<void> } | undefined> {
  if (!file) return undefined;
  const { tiles: asked, geocoder } = readMapSettings(file);
  const userAgent = `gezhi/0.1 (+${pages})`;
  const cacheDir = join(dataDir, 'tiles');
  const tiles = asked && (await openTiles(asked, { cacheDir, userAgent, now, log }));
  return {
    maps: {
      ...(tiles ? { tiles } : {}),
      ...(geocoder ? { geocoder: openGeocoder(geocoder, userAgent) } : {}),
    },
    close: async () => await tiles?.close(),
  };
}
