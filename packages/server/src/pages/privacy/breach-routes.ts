import { isAdmin, noteSecurity } from '@gezhi/accounts';
import { HOUR, type Instant, isRefusal, MINUTE } from '@gezhi/basis';
import { isLocalDay, isoDay, localDay, zoneOf } from '@gezhi/clock';
import {
  BREACH_DATA,
  BREACHES,
  type BreachOpened,
  type BreachReport,
  refuseSightOf,
  reportBreach,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfRefusal } from '../../problems/problems.ts';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { BREACH_PAGE_WORDS } from '../words/breach-words.ts';
import { breachOpenedPage, breachPage } from './breach-page.ts';

/** `/breach`: whoever is on a post, or one of the three administrators, reports a breach of personal data. */
export function mountBreaches(pages: Pages): void {
  pages.app.get('/breach', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const reporter = reporterOf(visit);
    if (!reporter) return reply.redirect('/staff', 303);
    return show(pages, reply, visit, reporter, NOTHING_SENT);
  });
  pages.app.post('/breach', (request, reply) => report(pages, request, reply));
}

type Reporter = { readonly by: string; readonly formToken: string; readonly isAdmin: boolean };

function reporterOf({ staff, account, town }: Visit): Reporter | undefined {
  if (staff) return { by: staff.actor.post, formToken: staff.formToken, isAdmin: false };
  if (!account?.sitting.strong) return undefined;
  const { role, district } = account.sitting.account;
  if (!isAdmin(role) || district !== town.district) return undefined;
  return { by: role, formToken: account.formToken, isAdmin: true };
}

function show(
  pages: Pages,
  reply: FastifyReply,
  visit: Visit,
  { formToken, isAdmin: admin }: Reporter,
  sent: Sent,
  error?: string,
): FastifyReply {
  const shown = { formToken, isAdmin: admin, sent, wall: wallOf(visit), ...(error ? { error } : {}) };
  return pages.show(reply, visit, breachPage(visit, shown), error ? 422 : 200);
}

async function report(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/breach' };
  const { town, now, lang } = visit;
  const reporter = reporterOf(visit);
  const sent = sentOf(request.body);
  if (!reporter) return reply.redirect('/staff', 303);
  const isOurs =
    sameText(sent.get('form'), reporter.formToken) && /^[0-9a-f-]{36}$/.test(sent.get('commandId'));
  if (!isOurs) return pages.trouble(reply, visit, 'badRequest');
  const read = readReport(visit, sent, reporter.by);
  if (typeof read === 'string') return show(pages, reply, visit, reporter, sent, read);
  const opened = await reportBreach(town, read, now);
  if (isRefusal(opened))
    return show(pages, reply, visit, reporter, sent, problemOfRefusal(opened, lang).body.title);
  await noteReport(pages, visit, read, opened);
  const sees = visit.staff && !(await refuseSightOf(town, opened.caseId, visit.staff.actor));
  return pages.show(reply, visit, breachOpenedPage(visit, opened, sees === true));
}

/** The report of a form, or what is wrong with it. */
function readReport(visit: Visit, sent: Sent, by: string): BreachReport | string {
  const w = BREACH_PAGE_WORDS[visit.lang];
  const noticedAt = momentIn(visit, sent);
  if (noticedAt === undefined) return w.badTime;
  const people = sent.get('people');
  if (!/^\d{0,8}$/.test(people)) return w.badCount;
  const [words, done] = [sent.get('words'), sent.get('done')];
  return {
    what: BREACHES.find((one) => one === sent.get('what')) ?? 'leak',
    data: BREACH_DATA.filter((one) => sent.all('data').includes(one)),
    words: words.slice(0, 2000),
    by,
    commandId: sent.get('commandId'),
    lang: visit.lang,
    // The clock on the wall shows no seconds: what was noticed in this minute was not noticed later than now.
    noticedAt: noticedAt > visit.now && noticedAt - visit.now < MINUTE ? visit.now : noticedAt,
    ...(people === '' ? {} : { people: Number(people) }),
    ...(done === '' ? {} : { done: done.slice(0, 2000) }),
  };
}

function momentIn({ town }: Visit, sent: Sent): Instant | undefined {
  const day = sent.get('day');
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(sent.get('time')) ?? [];
  if (!isLocalDay(day) || hours === undefined) return undefined;
  return zoneOf(town.profile.zone).instantOf(localDay(day), Number(hours) * HOUR + Number(minutes) * MINUTE);
}

function wallOf({ town, now }: Visit): { readonly day: string; readonly time: string } {
  const zone = zoneOf(town.profile.zone);
  const time = new Date(now + zone.offsetAt(now)).toISOString().slice(11, 16);
  return { day: isoDay(zone.dayOf(now)), time };
}

/** Who reported it stands in the log of the door, where they are signed in with an account. */
async function noteReport(
  pages: Pages,
  { account, town }: Visit,
  { what }: BreachReport,
  { caseId, known }: BreachOpened,
): Promise<void> {
  const gate = await pages.options.gate?.();
  if (!gate || !account || known) return;
  const detail = { what, case: caseId };
  await noteSecurity(gate, town.district, {
    event: 'breachReported',
    account: account.sitting.account.id,
    detail,
  });
}
