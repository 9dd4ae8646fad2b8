import { readFileSync } from 'node:fs';
import { isRefusal, sayRequestNumber } from '@gezhi/basis';
import { HANDED_TO } from '@gezhi/cases';
import type { DraftReading } from '@gezhi/contract';
import { openingCode, takeIn } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readDraftFor } from '../../register/read-draft.ts';
import { type Call, type TakenCall, takeCall, textOf as wordsOf } from '../../register/take-call.ts';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { sameText } from '../kit/seals.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { DESK_WORDS } from '../words/desk-words.ts';
import { DESK_SCRIPT, type DeskNews, deskPage } from './desk-page.ts';
import { deskPanel } from './desk-panel.ts';

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
  return wordsOf({ words: sent.get('words'), placeText: sent.get('placeText') }).slice(0, WORDS_MAX);
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
  const into = pages.options.takeIn ?? ((to, signals) => takeIn(to, signals, now));
  const taken = await takeCall(town, callOf(sent), staff.actor, now, into);
  if (isRefusal(taken)) {
    const shown = {
      reading: await readSent(visit, staff, sent),
      errors: [{ field: 'words', text: sayRefusal(visit, taken) }],
    };
    return pages.show(reply, visit, deskPage(visit, staff, sent, shown), 422);
  }
  return pages.show(reply, visit, deskPage(visit, staff, NOTHING_SENT, { news: newsOf(visit, taken) }));
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

function callOf(sent: Sent): Call {
  const handOff = HANDED_TO.find((to) => to === sent.get('handOff'));
  return {
    id: sent.get('id'),
    source: 'pages/desk',
    words: sent.get('words'),
    publicity: sent.get('publicity') === 'public' ? 'public' : 'private',
    callerNumber: sent.get('caller') || undefined,
    name: sent.get('name') || undefined,
    kind: sent.get('otherKind') || sent.get('kind') || undefined,
    place: sent.get('pickedPlace') || undefined,
    placeText: sent.get('placeText') || undefined,
    join: sent.get('join') || undefined,
    handOff,
    shown: sent.all('shown').filter((id) => ID.test(id)),
  };
}

/** What came of the call, line by line, to be read out. */
function newsOf(visit: Visit, { receipt: { number }, caseId, joined, refused }: TakenCall): DeskNews {
  const words = DESK_WORDS[visit.lang];
  const say = { merge: words.notJoined, handOff: words.notHanded };
  const lines = [
    ...(number
      ? [words.taken(sayRequestNumber(number)), words.code(openingCode(visit.town.secret, number))]
      : []),
    ...(caseId ? [] : [words.waits]),
    ...(joined ? [words.joined] : []),
    ...refused.map(({ what, why }) => say[what](sayRefusal(visit, why))),
  ];
  return { lines, isGood: refused.length === 0, caseId };
}
