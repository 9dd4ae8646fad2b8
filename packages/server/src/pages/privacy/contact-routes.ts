import { isRefusal, type Refusal, type RequestNumber } from '@gezhi/basis';
import { allowLook, askToLook, glassOf, isConcerned, readContact } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CaseView } from '../case/case-view.ts';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import { seenCaseView, unseenPage } from '../kit/unseen.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { PRIVACY_WORDS } from '../words/privacy-words.ts';
import { nameIn } from '../words/words.ts';
import { type ContactNews, contactPage } from './contact-page.ts';

/** Who is behind the numbers of a case: never by a link, always by a form that names a purpose. */
export function mountContact(pages: Pages): void {
  pages.app.get('/cases/:id/contact', (request, reply) => {
    const { id } = request.params as { id: string };
    return reply.redirect(`/cases/${encodeURIComponent(id)}`, 303);
  });
  pages.app.post('/cases/:id/contact', (request, reply) => answer(pages, request, reply, show));
  pages.app.post('/cases/:id/contact/allow', (request, reply) => answer(pages, request, reply, allow));
}

type Work = (visit: Visit, staff: Staff, view: CaseView, sent: Sent) => Promise<ContactNews>;

async function answer(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  work: Work,
): Promise<FastifyReply> {
  const { id } = request.params as { id: string };
  const visit = { ...pages.visit(request, reply), here: `/cases/${id}` };
  const { staff } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const view = await seenCaseView(visit, id);
  if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
  const news = await work(visit, staff, view, sent);
  const page = contactPage(visit, staff, view, news, await waitingOf(visit, staff, view));
  return pages.show(reply, visit, page, 'refused' in news ? 409 : 200);
}

async function show(visit: Visit, staff: Staff, { c }: CaseView, sent: Sent): Promise<ContactNews> {
  const { town, now } = visit;
  const number = sent.get('number') as RequestNumber;
  const [purpose, reason] = [sent.get('purpose'), sent.get('reason')];
  if (!Object.hasOwn(c.voices, number)) return { refused: say(visit, 'no-such-request') };
  const order = { number, purpose, by: staff.actor, ...(reason ? { reason } : {}) };
  const contact = await readContact(town, order, now);
  if (!isRefusal(contact)) return { contact };
  if (contact.code !== 'not-allowed-yet') return no(visit, contact);
  const asked = await askToLook(town, { number, by: staff.actor, reason }, now);
  return isRefusal(asked) ? no(visit, asked) : { asked: true };
}

async function allow(visit: Visit, staff: Staff, _view: CaseView, sent: Sent): Promise<ContactNews> {
  const done = await allowLook(visit.town, { id: sent.get('id'), by: staff.actor }, visit.now);
  return isRefusal(done) ? no(visit, done) : { asked: true };
}

async function waitingOf({ town }: Visit, staff: Staff, { c }: CaseView): ReturnType<typeof glassOf> {
  if (staff.post.kind !== 'head' || isConcerned(town, c, staff.actor)) return [];
  const rows = await Promise.all(
    Object.keys(c.voices).map((number) => glassOf(town, number as RequestNumber)),
  );
  return rows.flat();
}

function no(visit: Visit, { code }: Refusal): ContactNews {
  return { refused: say(visit, code) };
}

function say(visit: Visit, code: string): string {
  return nameIn(PRIVACY_WORDS[visit.lang].refusals, code);
}
