import { type Refusal, refuse } from '@gezhi/basis';
import { MASK, maskText } from '@gezhi/text';
import { locate } from '@gezhi/town';
import type { AppContext } from '../app-context.ts';
import { bucketOf } from '../defence/bucket.ts';
import { Unwelcome } from '../defence/unwelcome.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { boxOfTown } from './maps.ts';

/** Whose service may be asked. */
export function getOutside({ app }: Turn<'getOutside'>): RouteAnswer {
  const geocoder = app.maps?.geocoder;
  return {
    status: 200,
    headers: { 'cache-control': 'public, max-age=3600' },
    body: geocoder ? { by: geocoder.attribution } : {},
  };
}

/**
 * Asks the service outside, where our own register knows no such place. What goes out is the text of the place, with what looks like a telephone, a
 * number or a name masked away, and the box of the town. Nothing is kept here.
 */
export async function askOutside(turn: Turn<'askOutside'>): Promise<RouteAnswer | Refusal> {
  const { app, town, body, language, now } = turn;
  const geocoder = app.maps?.geocoder;
  const box = boxOfTown(town);
  if (!geocoder || !box) return refuse('no-outside', 'No service of place names is set.');
  const found = { by: geocoder.attribution, from: geocoder.kind };
  const answer = (known: boolean, places: readonly object[]): RouteAnswer => ({
    status: 200,
    headers: { 'cache-control': 'private, no-store' },
    body: { ...found, known, places },
  });
  if (locate(town, { placeText: body.text }).code !== 'unknown') return answer(true, []);
  const text = sayable(body.text);
  if (text === '') return answer(false, []);
  const wait = bucketIn(app).take(now);
  if (wait > 0)
    throw new Unwelcome('too-many-requests', 'More places are asked for than the service takes.', wait);
  const asked = await geocoder.find({ text, box, language });
  if (asked.outcome === 'found') return answer(false, asked.places);
  return refuse('map-away', 'The service of place names gives no answer.', { problem: asked.problem });
}

/** Without what looks like somebody. */
function sayable(text: string): string {
  return maskText(text).masked.replaceAll(MASK, ' ').replace(/\s+/g, ' ').trim();
}

/** What public services ask of those who use them: one a second (the usage policy of Nominatim), and a few at once. */
const RATE = { burst: 5, perSecond: 1 };
const BUCKETS = new WeakMap<AppContext, ReturnType<typeof bucketOf>>();

function bucketIn(app: AppContext): ReturnType<typeof bucketOf> {
  const bucket = BUCKETS.get(app) ?? bucketOf(RATE);
  BUCKETS.set(app, bucket);
  return bucket;
}
