import multipart from '@fastify/multipart';
import { isCaseId, isRefusal, type Refusal } from '@gezhi/basis';
import {
  actorOfLink,
  addPhoto,
  linksOfCase,
  makeTaskLink,
  openTaskLink,
  PHOTO_BYTES_MAX,
  type ReadPhoto,
  readPhoto,
  stepByLink,
  type TaskSeen,
  type Town,
  takeBackLink,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fewTries } from '../../few-tries.ts';
import { problemOfRefusal } from '../../problems/problems.ts';
import { sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { sameText } from '../kit/seals.ts';
import { seenCaseView, unseenPage } from '../kit/unseen.ts';
import type { Visit } from '../kit/visit.ts';
import { caseLinksPage, linkTroublePage, taskLinkPage } from './task-link-page.ts';
import { LINK_WORDS } from './task-link-words.ts';

const MINUTE_MS = 60_000;
/** Tokens that open nothing, of all who come by links, whoever they are: one that opens is never held up. Steps sent, per link. */
const WRONG_MAX = 60;
const CHANNEL = 'links';
const STEPS_MAX = 20;

/** `/t/<token>`: one task for whoever holds its link, without signing in. `/cases/:id/links`: where the lead makes links. */
export async function mountTaskLinks(pages: Pages): Promise<void> {
  const { app } = pages;
  if (!app.hasContentTypeParser('multipart/form-data'))
    await app.register(multipart, { limits: { fileSize: PHOTO_BYTES_MAX, files: 1, fieldSize: 16 * 1024 } });
  const wrong = fewTries(WRONG_MAX, MINUTE_MS);
  const steps = fewTries(STEPS_MAX, MINUTE_MS);
  app.get('/t/:token', async (request, reply) => {
    const opened = await open(pages, request, reply, wrong);
    if (!('seen' in opened)) return opened.reply;
    const { visit, token, seen } = opened;
    const { done } = request.query as { done?: string };
    const news = done === '1' ? ({ saved: true } as const) : undefined;
    return pages.show(hide(reply), visit, taskLinkPage(visit, token, seen, news));
  });
  app.post('/t/:token', { bodyLimit: PHOTO_BYTES_MAX + 64 * 1024 }, async (request, reply) => {
    const opened = await open(pages, request, reply, wrong);
    if (!('seen' in opened)) return opened.reply;
    const { visit, token, seen } = opened;
    if (!steps.take(seen.link.id, visit.now)) return trouble(pages, reply, visit, 'too-many', 429);
    const refused = await step(visit, token, seen, request);
    if (!refused) return reply.redirect(`/t/${token}?done=1`, 303);
    const again = await openTaskLink(visit.town, token, visit.now);
    return pages.show(
      hide(reply),
      visit,
      taskLinkPage(visit, token, isRefusal(again) ? seen : again, { refused }),
      422,
    );
  });
  app.get('/cases/:id/links', (request, reply) => caseLinks(pages, request, reply));
  app.post('/cases/:id/links', (request, reply) => changeLinks(pages, request, reply));
}

type Opened =
  | { readonly visit: Visit; readonly token: string; readonly seen: TaskSeen }
  | { readonly reply: FastifyReply };

/** Finds the district that made the token. Tokens that open nothing are counted together. */
async function open(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  wrong: ReturnType<typeof fewTries>,
): Promise<Opened> {
  const visit = { ...pages.visit(request, reply), here: request.url.split('?')[0]! };
  const { token } = request.params as { token: string };
  let no: Refusal | undefined;
  for (const town of pages.options.installation.towns.values()) {
    const seen = await openTaskLink(town, token, visit.now);
    if (!isRefusal(seen)) return { visit: { ...visit, town }, token, seen };
    if (seen.code !== 'bad-link' || !no) no = seen;
  }
  const code = no?.code ?? 'bad-link';
  if (code === 'bad-link' && !wrong.take(CHANNEL, visit.now))
    return { reply: trouble(pages, reply, visit, 'too-many', 429) };
  return { reply: trouble(pages, reply, visit, code, code === 'bad-link' ? 404 : 410) };
}

function trouble(
  pages: Pages,
  reply: FastifyReply,
  visit: Visit,
  code: string,
  status: number,
): FastifyReply {
  return pages.show(hide(reply), visit, linkTroublePage(visit, code), status);
}

/** A link is a key: no search engine keeps it, and no page that it leads to is told of it. */
function hide(reply: FastifyReply): FastifyReply {
  return reply.header('x-robots-tag', 'noindex, nofollow');
}

type SentStep = { readonly fields: Map<string, string>; readonly photo?: Buffer };

async function readStep(request: FastifyRequest): Promise<SentStep> {
  const fields = new Map<string, string>();
  if (!request.isMultipart()) {
    const sent = sentOf(request.body);
    for (const name of ['step', 'words', 'sending']) fields.set(name, sent.get(name));
    return { fields };
  }
  let photo: Buffer | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value).replaceAll('\0', '').trim());
    else {
      const bytes = await part.toBuffer();
      if (bytes.length > 0) photo = bytes;
    }
  }
  return photo ? { fields, photo } : { fields };
}

const STEPS = ['signed', 'contacted', 'arrived', 'done', 'refused'] as const;

/** Carries one step out, its photo first; answers why not, in words. */
async function step(
  visit: Visit,
  token: string,
  seen: TaskSeen,
  request: FastifyRequest,
): Promise<string | undefined> {
  const { town, now, lang } = visit;
  const w = LINK_WORDS[lang];
  const { fields, photo } = await readStep(request);
  const name = STEPS.find((one) => one === fields.get('step'));
  const sending = fields.get('sending') ?? '';
  if (!name || !/^[0-9a-f-]{36}$/.test(sending)) return visit.w.errors.badRequest;
  if (name === 'refused' && !fields.get('words')) return w.why;
  const read = photo && (await readPhoto(photo));
  if (read && isRefusal(read)) return w.photoBad;
  const words = fields.get('words')?.slice(0, 1000);
  const done = await stepByLink(town, token, { step: name, sending, ...(words ? { words } : {}) }, now);
  if (isRefusal(done)) return w.refused + problemOfRefusal(done, lang).body.title;
  return read ? await keepPhoto(town, seen, sending, read, now, w.photoBad) : undefined;
}

async function keepPhoto(
  town: Town,
  { link }: TaskSeen,
  sending: string,
  photo: ReadPhoto,
  now: number,
  bad: string,
): Promise<string | undefined> {
  const order = {
    commandId: `link/${link.id}/${sending}/photo`,
    caseId: link.caseId,
    by: actorOfLink(town, link),
    public: false,
  };
  return isRefusal(await addPhoto(town, order, photo, now)) ? bad : undefined;
}

async function caseLinks(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: Refusal,
): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: request.url.split('?')[0]! };
  const { staff, town, lang } = visit;
  const { id } = request.params as { id: string };
  if (!staff) return reply.redirect('/staff', 303);
  const view = await seenCaseView(visit, id);
  if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
  const links = await linksOfCase(town, view.c.caseId, staff.actor);
  if (isRefusal(links)) return pages.trouble(reply, visit, 'forbidden', sayRefusal(visit, links));
  const why = refused && problemOfRefusal(refused, lang).body.title;
  return pages.show(reply, visit, caseLinksPage(visit, staff, view.c, links, why), refused ? 422 : 200);
}

async function changeLinks(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const { staff, town, now } = visit;
  const sent = sentOf(request.body);
  const { id } = request.params as { id: string };
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken) || !isCaseId(id))
    return pages.trouble(reply, visit, 'badRequest');
  const revoke = sent.get('revoke');
  const made = revoke
    ? await takeBackLink(town, { caseId: id, id: revoke }, staff.actor, now)
    : await makeTaskLink(
        town,
        { caseId: id, task: sent.get('task'), hours: Number(sent.get('hours')) },
        staff.actor,
        now,
      );
  if (isRefusal(made)) return await caseLinks(pages, request, reply, made);
  return reply.redirect(`/cases/${id}/links`, 303);
}
