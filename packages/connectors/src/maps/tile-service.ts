import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Instant } from '@gezhi/basis';
import type { Tile } from '@gezhi/place';
import { askOutside } from './ask-outside.ts';
import type { Look } from './draw-vector-tile.ts';
import type { TileSettings } from './map-settings.ts';
import { openPmtiles } from './pmtiles-file.ts';
import { openTileCache, type TileCache } from './tile-cache.ts';
import { pictureOf, type TileImage } from './tile-image.ts';

/** The tiles of an installation, as its routes ask for them. */
export type TileService = {
  /** How it is shown. */
  readonly shown: Pick<
    TileSettings,
    'attribution' | 'datum' | 'maxZoom' | 'minZoom' | 'reviewNumber' | 'size'
  > & {
    /** So many pictures lie one over another. */
    readonly layers: number;
    /** We draw it ourselves: sharp at any size, in the dark too. */
    readonly drawn: boolean;
    /** Another where other tiles come from now on, so that no browser shows those it kept. */
    readonly version: string;
  };
  /** How long a browser may keep a tile, seconds. */
  readonly keepSeconds: number;
  /** A tile; `none` where there is none, `away` where the service gives no answer now. */
  tile(layer: number, tile: Tile, look: Look): Promise<TileImage | 'none' | 'away'>;
  close(): Promise<void>;
};

export type TileServiceOptions = {
  /** Where tiles of a service are kept. */
  readonly cacheDir: string;
  /** Who asks, with an address, as services wish to know it. */
  readonly userAgent: string;
  readonly now: () => Instant;
  /** Told when a service goes away and comes back; never an address or a key. */
  readonly log: (line: string) => void;
  readonly timeoutMs?: number;
};

/**
 * Opens the tiles of the settings.
 *
 * @throws Fault `bad-setting` where a file cannot be read, or holds what cannot be shown
 */
export async function openTiles(settings: TileSettings, options: TileServiceOptions): Promise<TileService> {
  const { source, attribution, datum, reviewNumber, size, minZoom, maxZoom } = settings;
  const version = versionOf(source);
  const shown = {
    attribution,
    datum,
    size,
    minZoom,
    maxZoom,
    version,
    ...(reviewNumber ? { reviewNumber } : {}),
  };
  const keepSeconds = Math.round(Math.min(1, settings.keepDays) * DAY_S);
  if (source.kind === 'file') {
    const { tile, drawn, close, ...zooms } = await openPmtiles(source.file, settings);
    return {
      shown: { ...shown, ...zooms, size: drawn ? 512 : size, layers: 1, drawn },
      keepSeconds,
      tile: (_, at, look) => tile(at, look),
      close,
    };
  }
  const cache = await openTileCache(options.cacheDir, settings.keepMegabytes * 1_000_000);
  const fetcher = new TileFetcher(source, settings.keepDays * DAY_S * 1000, cache, options);
  return {
    shown: { ...shown, layers: source.layers.length, drawn: false },
    keepSeconds,
    tile: (layer, tile) => fetcher.tile(layer, tile),
    close: () => fetcher.idle(),
  };
}

function versionOf(source: TileSettings['source']): string {
  const { mtimeMs = 0 } =
    source.kind === 'file' ? (statSync(source.file, { throwIfNoEntry: false }) ?? {}) : {};
  const told = source.kind === 'file' ? [source.file, mtimeMs] : source.layers;
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 8);
}

const DAY_S = 86_400;
const TIMEOUT_MS = 8_000;
/** The largest tile that is taken; usual ones have a tenth of it. */
const BYTES_MAX = 1_000_000;
/** So many calls at once, and so many that wait for one. */
const CALLS_MAX = 6;
const WAITING_MAX = 200;
/** After so many failures in a row the service is left alone for a while. */
const FAILURES_MAX = 3;
const REST_MS = 20_000;

type Answer = TileImage | 'none' | 'away';

class TileFetcher {
  readonly #source: Extract<TileSettings['source'], { kind: 'service' }>;
  readonly #keepMs: number;
  readonly #cache: TileCache;
  readonly #options: TileServiceOptions;
  readonly #running = new Map<string, Promise<Answer>>();
  readonly #waiting: (() => void)[] = [];
  #calls = 0;
  #failures = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(
    source: Extract<TileSettings['source'], { kind: 'service' }>,
    keepMs: number,
    cache: TileCache,
    options: TileServiceOptions,
  ) {
    this.#source = source;
    this.#keepMs = keepMs;
    this.#cache = cache;
    this.#options = options;
  }

  /** Many who ask for the same tile at once wait for one call. */
  tile(layer: number, tile: Tile): Promise<Answer> {
    const template = this.#source.layers[layer];
    if (template === undefined) return Promise.resolve('none');
    const name = `${layer}/${tile.z}/${tile.x}/${tile.y}`;
    const running =
      this.#running.get(name) ?? this.#find(template, tile).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  async idle(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }

  /** What is kept and not old; else what the service answers; else what is kept and old. */
  async #find(template: string, tile: Tile): Promise<Answer> {
    const key = fill(template, tile, '');
    const kept = await this.#cache.find(key);
    const old = kept && pictureOf(kept.bytes);
    if (old && this.#options.now() - kept.keptAt < this.#keepMs) return old;
    const answer = await this.#ask(template, tile);
    if (answer === 'away') return old ?? 'away';
    if (answer !== 'none') await this.#cache.keep(key, answer.bytes, this.#options.now());
    return answer;
  }

  async #ask(template: string, tile: Tile): Promise<Answer> {
    if (this.#options.now() < this.#restsUntil || this.#waiting.length >= WAITING_MAX) return 'away';
    if (this.#calls >= CALLS_MAX) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#options.now() < this.#restsUntil) {
      this.#waiting.shift()?.();
      return 'away';
    }
    this.#calls += 1;
    try {
      return await this.#call(fill(template, tile, this.#source.key ?? ''));
    } finally {
      this.#calls -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #call(address: string): Promise<Answer> {
    const { userAgent, timeoutMs = TIMEOUT_MS } = this.#options;
    const outside = await askOutside(address, {
      allowPrivate: this.#source.allowPrivate,
      timeoutMs,
      bytesMax: BYTES_MAX,
      headers: { 'user-agent': userAgent, accept: 'image/webp,image/png,image/jpeg' },
    });
    if ('problem' in outside) return this.#failed(outside.problem);
    const { status, body } = outside;
    const picture = status === 200 ? pictureOf(body) : undefined;
    if (!picture && status !== 404 && status !== 204)
      return this.#failed(status === 200 ? 'no picture' : `status ${status}`);
    if (this.#failures >= FAILURES_MAX) this.#options.log('The map service answers again.');
    this.#failures = 0;
    return picture ?? 'none';
  }

  #failed(why: string): 'away' {
    this.#failures += 1;
    if (this.#failures >= FAILURES_MAX) {
      this.#restsUntil = this.#options.now() + REST_MS;
      if (this.#failures === FAILURES_MAX)
        this.#options.log(`The map service gives no tiles (${why}); the plain sketch is shown meanwhile.`);
    }
    return 'away';
  }
}

/** The address of a tile. `{s}` spreads tiles over the names t0 to t7, always the same tile to the same. */
function fill(template: string, { z, x, y }: Tile, key: string): string {
  const values: Readonly<Record<string, string>> = {
    z: String(z),
    x: String(x),
    y: String(y),
    '-y': String(2 ** z - 1 - y),
    s: String((x + y) % 8),
    key: encodeURIComponent(key),
  };
  return template.replace(/\{(z|x|y|-y|s|key)\}/g, (_, name: string) => values[name] ?? '');
}
