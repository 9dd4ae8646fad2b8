import { readFileSync } from 'node:fs';
import { type CaseId, isRefusal, sayRequestNumber } from '@gezhi/basis';
import { HANDED_TO, type HandedTo } from '@gezhi/cases';
import type { DraftReading } from '@gezhi/contract';
import {
  act,
  type Incoming,
  keepShown,
  openingCode,
  placeOfCandidate,
  type Receipt,
  takeIn,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readDraftFor } from '../register/read-draft.ts';
import { DESK_SCRIPT, type DeskNews, deskPage } from './desk-page.ts';
import { deskPanel } from './desk-panel.ts';
import { NOTHING_SENT, type Sent, sentOf } from './fields.ts';
import type { Pages } from './pages.ts';
import { sayRefusal } from './refusal-words.ts';
import { sameText } from './seals.ts';
import type { Staff, Visit } from './visit.ts';
import { DESK_WORDS } from './words/desk-words.ts';

const SCRIPT = readFileSync(new URL('./desk-script.js', import.meta.url), 'utf8');
const WORDS_MIN = 4;
const WORDS_MAX = 20_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `/desk`: where a seat writes a call down, with what is read in it beside; `/desk/panel` is that part alone, for the script. */
export function mountDesk(pages: Pages): void {
  const { app } = pages;
  app.get(DESK_SCRIPT, (_request, reply) =>
    reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type('text/javascript; charset=utf-8')
      .send(SCRIPT),
  );
  app.get('/desk', (request, reply) => {
    const visit = pages.visit(request, reply);
    if (!visit.staff) return reply.redirect('/staff', 303);
    return pages.show(reply, visit, deskPage(visit, visit.staff, NOTHING_SENT, {}));
  });
  app.post('/desk/panel', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const sent = sentOf(request.body);
    if (!visit.staff || !sameText(sent.get('form'), visit.staff.formToken)) return reply.code(403).send('');
    const panel = deskPanel(visit, sent, await readSent(visit, visit.staff, sent));
    return reply
      .headers({ 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(panel.toString());
  });
  app.post('/desk', (request, reply) => write(pages, request, reply));
}

async function readSent(visit: Visit, staff: Staff, sent: Sent): Promise<DraftReading | undefined> {
  const text = textOf(sent);
  return text ? await readDraftFor(visit.town, staff.actor, text, visit.now, sent.get('caller')) : undefined;
}

function textOf(sent: Sent): string {
  return [sent.get('words'), sent.get('placeText')].filter(Boolean).join('\n').slice(0, WORDS_MAX);
}

async function write(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/desk' };
  const { staff, town, now } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const errors = sent.get('do') === 'read' ? [] : errorsOf(visit, sent);
  if (sent.get('do') === 'read' || errors.length > 0) {
    const shown = { reading: await readSent(visit, staff, sent), errors };
    return pages.show(reply, visit, deskPage(visit, staff, sent, shown), errors.length > 0 ? 422 : 200);
  }
  const signal = signalOf(visit, sent);
  const [receipt] = await (pages.options.takeIn?.(town, [signal]) ?? takeIn(town, [signal], now));
  if (!receipt || isRefusal(receipt)) {
    const text = receipt ? sayRefusal(visit, receipt) : visit.w.errors.badRequest;
    const shown = { reading: await readSent(visit, staff, sent), errors: [{ field: 'words', text }] };
    return pages.show(reply, visit, deskPage(visit, staff, sent, shown), 422);
  }
  if (receipt.caseId && !receipt.joined) await keepProposed(visit, sent, receipt.caseId);
  const news = await afterwards(visit, staff, sent, receipt);
  return pages.show(reply, visit, deskPage(visit, staff, NOTHING_SENT, { news }));
}

/** What stood beside the form when it was sent; whether the seat merged with one of them is read from the log. */
async function keepProposed({ town, now }: Visit, sent: Sent, caseId: CaseId): Promise<void> {
  const shown = sent.all('shown').filter((id) => ID.test(id));
  const kind = sent.get('otherKind') || sent.get('kind') || undefined;
  await keepShown(town, { caseId, text: textOf(sent), kind }, shown, now);
}

function errorsOf({ w, lang }: Visit, sent: Sent): readonly { field: string; text: string }[] {
  const words = DESK_WORDS[lang];
  const said = [...sent.get('words')].length;
  const caller = sent.get('caller');
  return [
    ...(said < WORDS_MIN ? [{ field: 'words', text: words.tooShort }] : []),
    ...(said > WORDS_MAX ? [{ field: 'words', text: w.form.tooLong(WORDS_MAX) }] : []),
    ...(ID.test(sent.get('id')) ? [] : [{ field: 'words', text: w.form.expired }]),
    ...(caller && !/^\+?[\d\s()-]{3,20}$/.test(caller) ? [{ field: 'caller', text: words.phoneWrong }] : []),
  ];
}

/** What the seat wrote down as a signal; a kind that the seat picked is stated, and one that nobody picked is read as always. */
function signalOf({ town, now }: Visit, sent: Sent): Incoming {
  const picked = sent.get('otherKind') || sent.get('kind');
  const kind = town.kinds.has(picked) ? picked : undefined;
  const place = placeOfCandidate(town, sent.get('pickedPlace'));
  const caller = sent.get('caller');
  const name = sent.get('name');
  return {
    source: 'pages/desk',
    id: sent.get('id'),
    type: 'gezhi.report.v1',
    occurredAt: now,
    channel: 'phone',
    words: sent.get('words'),
    publicity: sent.get('publicity') === 'public' ? 'public' : 'private',
    ...(kind ? { kind } : {}),
    ...(place?.point ? { point: { lon: place.point[0], lat: place.point[1] } } : {}),
    ...(place && !place.point ? { statedPlaces: statedOf(place.layers) } : {}),
    ...(sent.get('placeText') ? { placeText: sent.get('placeText') } : {}),
    ...(caller || name
      ? {
          requester: {
            ...(name ? { name } : {}),
            ...(caller ? { reachMe: [{ way: 'phone', address: caller }] } : {}),
          },
        }
      : {}),
  };
}

/** Of each layer the finest place. */
function statedOf(layers: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(layers).map(([layer, codes]) => [layer, codes.at(-1)!]));
}

/** Joins and hands off as the seat asked, after the call is taken in: whatever is refused then, nothing is lost. */
async function afterwards(visit: Visit, staff: Staff, sent: Sent, receipt: Receipt): Promise<DeskNews> {
  const words = DESK_WORDS[visit.lang];
  const { caseId, number } = receipt;
  const lines: string[] = [];
  let isGood = true;
  if (number) {
    lines.push(words.taken(sayRequestNumber(number)), words.code(openingCode(visit.town.secret, number)));
  }
  if (!caseId) return { lines: [...lines, words.waits], isGood };
  const handOff = sent.get('handOff');
  if ((HANDED_TO as readonly string[]).includes(handOff)) {
    const why = await carryOut(visit, staff, sent, caseId, 'handOff', { to: handOff as HandedTo });
    if (why !== undefined) {
      lines.push(words.notHanded(why));
      isGood = false;
    }
  }
  const into = sent.get('join');
  if (receipt.joined) lines.push(words.joined);
  if (!into || into === caseId || receipt.joined) return { lines, isGood, caseId };
  const why = await carryOut(visit, staff, sent, caseId, 'merge', { into });
  lines.push(why === undefined ? words.joined : words.notJoined(why));
  return { lines, isGood: isGood && why === undefined, caseId: why === undefined ? into : caseId };
}

async function carryOut(
  visit: Visit,
  staff: Staff,
  sent: Sent,
  caseId: CaseId,
  kind: 'merge' | 'handOff',
  input: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const { town, now } = visit;
  const action = Object.values(town.pack.process.actions).find((one) => one.act === kind);
  if (!action) return visit.w.errors.badRequest;
  const commandId = `desk/${sent.get('id')}/${kind}`;
  const done = await act(town, { commandId, caseId, action: action.name, by: staff.actor, input }, now);
  return isRefusal(done) ? sayRefusal(visit, done) : undefined;
}
