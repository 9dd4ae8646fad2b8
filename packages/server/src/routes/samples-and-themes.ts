import { isoInstant, isRefusal, parseInstant, type Refusal } from '@gezhi/basis';
import {
  drawBySeed,
  promiseSeed as promise,
  listSamples as readSamples,
  listThemes as readThemes,
  type Sample,
  type ThemePartInput,
  writeThemePart,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { badInput } from '../problems/bad-input.ts';

/** Every promised seed and what it drew, with all that is needed to draw it again. */
export async function listSamples({ town }: Turn<'listSamples'>): Promise<RouteAnswer> {
  return { status: 200, body: { samples: (await readSamples(town)).map(saySample) } };
}

export async function promiseSeed({
  town,
  actor,
  body,
  now,
}: Turn<'promiseSeed'>): Promise<RouteAnswer | Refusal> {
  const done = await promise(town, body.purpose, actor!, now);
  return isRefusal(done) ? done : { status: 201, body: saySample(done) };
}

export async function drawSample({
  town,
  actor,
  params,
  body,
  now,
}: Turn<'drawSample'>): Promise<RouteAnswer | Refusal> {
  const window = { from: parseInstant(body.from)!, to: parseInstant(body.to)! };
  if (window.to <= window.from) {
    const remedy = 'End the window after it begins; the end itself is not in it.';
    return badInput([{ field: 'to', value: body.to, problem: 'does not lie after from', remedy }]);
  }
  const done = await drawBySeed(town, { id: params.id, window, size: body.size }, actor!, now);
  return isRefusal(done) ? done : { status: 200, body: saySample(done) };
}

export async function listThemes({ town }: Turn<'listThemes'>): Promise<RouteAnswer> {
  return { status: 200, body: { themes: await readThemes(town) } };
}

export async function writeTheme({
  town,
  actor,
  body,
  now,
}: Turn<'writeTheme'>): Promise<RouteAnswer | Refusal> {
  const done = await writeThemePart(town, body as ThemePartInput, actor!, now);
  return isRefusal(done) ? done : { status: 200, body: done };
}

function saySample({ committedAt, drawing, ...sample }: Sample): Record<string, unknown> {
  return {
    ...sample,
    committedAt: isoInstant(committedAt),
    ...(drawing
      ? {
          drawing: {
            ...drawing,
            drawnAt: isoInstant(drawing.drawnAt),
            window: { from: isoInstant(drawing.window.from), to: isoInstant(drawing.window.to) },
          },
        }
      : {}),
  };
}
