import { isRefusal, type Refusal, refuse, sayRequestNumber } from '@gezhi/basis';
import type { BatchItem, CloudEvent, WireReceipt } from '@gezhi/contract';
import { wordsOfCases } from '@gezhi/storage';
import {
  addPhoto,
  type ReadPhoto,
  type ReadSound,
  readMedia,
  settleFound,
  type Town,
  takeIn,
} from '@gezhi/town';
import { openRequest } from '../code-lock.ts';
import { Unwelcome } from '../defence/unwelcome.ts';
import type { Taken } from '../intake-batcher.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { problemOfRefusal } from '../problems/problems.ts';
import { readEvents } from '../read-events.ts';
import { type ReadReport, readReport } from '../read-report.ts';
import { promiseOf } from './receipts.ts';
import { uploadOf } from './uploads.ts';

type SignalTurn = Turn<'sendSignals'>;

/** A report whose photos are read, ready to be taken in. */
type Ready = ReadReport & { readonly pictures: readonly (ReadPhoto | ReadSound | Refusal)[] };

/**
 * Takes CloudEvents in. Each event of a batch is answered by itself: one that is refused keeps none of the others out. 201 when
 * something new was taken in, 200 when all was known, 202 when it went to the journal, 207 when a batch was taken in in part.
 */
export async function sendSignals(turn: SignalTurn): Promise<RouteAnswer | Refusal> {
  const read = readEvents(turn.request.headers, turn.request.body, turn.language);
  if (isRefusal(read)) return read;
  const brought = read.events.reduce((sum, event) => sum + mediaOf(event), 0);
  if (brought > MEDIA_MAX)
    throw new Unwelcome(
      'list-too-long',
      `${brought} photos came in one call; at most ${MEDIA_MAX} are taken.`,
    );
  const ready = await Promise.all(read.events.map((event) => prepare(turn, event)));
  const outcomes = await takeAll(turn, ready);
  if (!read.isBatch) {
    const only = outcomes[0]!;
    return isRefusal(only) ? only : { status: statusOf([only]), body: only };
  }
  const items = outcomes.map((outcome) => itemOf(turn, outcome));
  const receipts = outcomes.filter((outcome): outcome is WireReceipt => !isRefusal(outcome));
  return { status: receipts.length === items.length ? statusOf(receipts) : 207, body: items };
}

/** Photos and sounds of all events of one call. */
const MEDIA_MAX = 40;

function mediaOf(event: CloudEvent | Refusal): number {
  if (isRefusal(event)) return 0;
  const { photos, sounds } = (event.data ?? {}) as { photos?: unknown; sounds?: unknown };
  return [photos, sounds].reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
}

async function prepare(turn: SignalTurn, event: CloudEvent | Refusal): Promise<Ready | Refusal> {
  if (isRefusal(event)) return event;
  const report = readReport(turn.town, event, turn);
  if (isRefusal(report)) return report;
  if (report.signal.follows) {
    const opened = await openRequest(turn.town, report.signal.follows, report.code, turn);
    if (isRefusal(opened)) return opened;
  }
  const pictures = await Promise.all(report.photos.map((photo) => readPicture(turn, photo)));
  const bad = pictures.find(isRefusal);
  return bad ?? { ...report, pictures };
}

async function readPicture(
  { town }: SignalTurn,
  photo: ReadReport['photos'][number],
): Promise<ReadPhoto | ReadSound | Refusal> {
  const bytes = 'upload' in photo ? await uploadOf(town, photo.upload) : photo;
  return isRefusal(bytes) ? bytes : await readMedia(bytes);
}

async function takeAll(
  turn: SignalTurn,
  ready: readonly (Ready | Refusal)[],
): Promise<(WireReceipt | Refusal)[]> {
  const good = ready.filter((item): item is Ready => !isRefusal(item));
  const taken = good.length > 0 ? await take(turn, good) : [];
  turn.app.writes.count += 1;
  const answers = new Map(good.map((item, i) => [item, taken[i]!]));
  return await Promise.all(
    ready.map(async (item) => {
      if (isRefusal(item)) return item;
      const answer = answers.get(item)!;
      return isRefusal(answer) ? answer : await receiptOf(turn, item, answer);
    }),
  );
}

/** What staff found themselves is opened in their name; everything else goes with the common batches. */
async function take(turn: SignalTurn, good: readonly Ready[]): Promise<readonly (Taken | Refusal)[]> {
  const { app, town, actor, now } = turn;
  const isOwn = ({ signal }: Ready): boolean => actor !== undefined && signal.found === true;
  const own = good.filter(isOwn).map((item) => item.signal);
  const others = good.filter((item) => !isOwn(item)).map((item) => item.signal);
  const [found, common] = await Promise.all([
    own.length > 0 ? takeIn(town, own, now, actor) : [],
    others.length > 0 ? app.intake.submit(town, others) : [],
  ]);
  const left = { own: [...found], others: [...common] };
  return good.map((item) => (isOwn(item) ? left.own.shift()! : left.others.shift()!));
}

async function receiptOf(turn: SignalTurn, item: Ready, taken: Taken): Promise<WireReceipt> {
  const { number, known, joined } = taken;
  const mayOpen = !known || turn.actor !== undefined || (await saysTheSame(turn.town, item, taken));
  const photos = known ? undefined : await keepPhotos(turn, item, taken);
  return {
    ...(number ? { number, sayAs: sayRequestNumber(number) } : {}),
    ...(taken.code && mayOpen ? { code: taken.code } : {}),
    ...(taken.spooled ? { spooled: true } : { caseId: taken.caseId }),
    ...(known || !number ? {} : await promiseOf(turn.app, turn.town, item.signal, number, turn.now)),
    known,
    joined,
    ...(photos ? { photos } : {}),
    ...(await settledOf(turn, item, taken)),
  };
}

/** What its finder dealt with there and then; after its photos, which a kind may ask for. */
async function settledOf(
  { town, actor: by, now }: SignalTurn,
  { signal, settled: words }: Ready,
  taken: Taken,
): Promise<Pick<WireReceipt, 'settled'>> {
  if (words === undefined || !signal.found || !by || taken.spooled) return {};
  const commandId = `${signal.source}/${signal.id}/settled`;
  return { settled: await settleFound(town, { caseId: taken.caseId, by, words, commandId }, now) };
}

/**
 * Whether a signal that was taken in before says what was said then. Source and id can be guessed, so they alone do not open the
 * number once more; a sender who never got the first answer still holds the words.
 */
async function saysTheSame(town: Town, { signal }: Ready, taken: Taken): Promise<boolean> {
  if (taken.spooled || !signal.words) return false;
  const said = await wordsOfCases(town.db.pool, town.district, [taken.caseId]);
  return said.some((words) => words.number === taken.number && words.said === signal.words);
}

/** The signal is on disk by now: a photo that cannot be kept is told, and takes nothing back. */
async function keepPhotos(
  turn: SignalTurn,
  { signal, pictures }: Ready,
  taken: Taken,
): Promise<WireReceipt['photos']> {
  if (pictures.length === 0) return undefined;
  let kept = 0;
  for (const [i, photo] of pictures.entries()) {
    if (isRefusal(photo) || taken.spooled) continue;
    const added = await addPhoto(
      turn.town,
      {
        commandId: `${signal.source}/${signal.id}/photo/${i}`,
        caseId: taken.caseId,
        by: signal.found && turn.actor ? turn.actor : { post: 'requester' },
        ...(taken.number ? { number: taken.number } : {}),
        public: signal.publicity === 'public',
      },
      photo,
      turn.now,
    );
    if (!isRefusal(added)) kept += 1;
  }
  return { kept, refused: pictures.length - kept };
}

function itemOf(turn: SignalTurn, outcome: WireReceipt | Refusal): BatchItem {
  if (!isRefusal(outcome)) return { status: statusOf([outcome]), receipt: outcome };
  const { status, body } = problemOfRefusal(outcome, turn.language);
  return { status, problem: body };
}

function statusOf(receipts: readonly WireReceipt[]): number {
  if (receipts.some((receipt) => receipt.spooled)) return 202;
  return receipts.every((receipt) => receipt.known) ? 200 : 201;
}

/** A requester adds words to their own request. */
export async function followUp(turn: Turn<'followUp'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, body, now, app } = turn;
  const opened = await openRequest(town, params.number, query.code, turn);
  if (isRefusal(opened)) return opened;
  const [taken] = await app.intake.submit(town, [
    {
      source: `request/${opened.number}`,
      id: body.id ?? `${now}/${wordsKey(body.words)}`,
      type: 'gezhi.follow-up.v1',
      occurredAt: now,
      channel: 'web',
      words: body.words,
      follows: opened.number,
    },
  ]);
  if (!taken) return refuse('not-answered', 'Intake gave no answer.');
  if (isRefusal(taken)) return taken;
  app.writes.count += 1;
  const { number = opened.number, known, joined } = taken;
  const where = taken.spooled ? { spooled: true } : { caseId: taken.caseId };
  const receipt: WireReceipt = { number, sayAs: sayRequestNumber(opened.number), ...where, known, joined };
  return { status: statusOf([receipt]), body: receipt };
}

/** Tells two follow-ups of one millisecond apart. */
function wordsKey(words: string): string {
  let hash = 5381;
  for (const character of words) hash = ((hash * 33) ^ character.codePointAt(0)!) >>> 0;
  return hash.toString(36);
}
