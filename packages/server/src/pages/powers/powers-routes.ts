import { isRefusal, type Refusal } from '@gezhi/basis';
import { editRegistry, mayEdition, previewRegistry, recordsOf, type Wanted } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfRefusal } from '../../problems/problems.ts';
import { sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { powersPage } from './powers-page.ts';
import { LIST_MAX, type PreviewShown, powersPreviewPage } from './powers-preview-page.ts';

/** A list, percent-encoded: nine bytes for a Chinese character. */
const PREVIEW_BYTES_MAX = 2 * 1024 * 1024;

/** `/powers`: the published power list, for everybody; `/powers/preview`: what a changed one would do, for whoever may change it. */
export function mountPowers(pages: Pages): void {
  pages.app.get('/powers', (request, reply) => {
    const visit = pages.visit(request, reply);
    const { by } = request.query as { readonly by?: unknown };
    return pages.show(reply, visit, powersPage(visit, by === 'role' ? 'role' : 'power'));
  });
  pages.app.get('/powers/preview', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const away = turnAway(pages, reply, visit);
    if (away) return away;
    const query = request.query as { readonly scene?: unknown; readonly done?: unknown };
    const shown = await runningList(visit, String(query.scene ?? ''));
    return pages.show(reply, visit, powersPreviewPage(visit, { ...shown, done: query.done === '1' }));
  });
  pages.app.post('/powers/preview', { bodyLimit: PREVIEW_BYTES_MAX }, (request, reply) =>
    preview(pages, request, reply),
  );
}

function turnAway(pages: Pages, reply: FastifyReply, visit: Visit): FastifyReply | undefined {
  if (!visit.staff) return reply.redirect('/staff', 303);
  const holds = mayEdition(visit.town, 'registry.edit', visit.staff.actor);
  return isRefusal(holds) ? pages.trouble(reply, visit, 'forbidden') : undefined;
}

async function preview(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/powers/preview' };
  const { town, staff, now, lang, installation } = visit;
  const sent = sentOf(request.body);
  const away = turnAway(pages, reply, visit);
  if (away || !staff) return away ?? reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const running = await runningList(visit, sent.get('scene'));
  const { scene } = running;
  const list = sent.get('list').replaceAll('\r\n', '\n').slice(0, LIST_MAX);
  const wanted: readonly Wanted[] = [{ sort: 'policy', code: scene, record: { code: scene, list } }];
  const show = (shown: Partial<PreviewShown>, status = 200): FastifyReply =>
    pages.show(reply, visit, powersPreviewPage(visit, { ...running, list, ...shown }), status);
  const refused = (refusal: Refusal): FastifyReply => {
    const { status, body } = problemOfRefusal(refusal, lang);
    return show({ refused: body.detail ?? body.title }, status);
  };
  if (sent.get('act') !== 'apply') {
    const would = await previewRegistry(town, wanted, now);
    return isRefusal(would)
      ? refused(would)
      : show({ preview: would }, would.problems.length > 0 ? 422 : 200);
  }
  const reason = sent.get('reason').slice(0, 500);
  if (!reason) return refused({ refused: true, code: 'missing-field', because: 'reason' });
  const order = { id: sent.get('id'), reason };
  const done = await editRegistry(installation, town, wanted, staff.actor, order, now);
  return isRefusal(done) ? refused(done) : reply.redirect(`/powers/preview?scene=${scene}&done=1`, 303);
}

/** The list by which a scene runs; the main one's where no other is named. */
async function runningList({ town }: Visit, asked: string): Promise<PreviewShown> {
  const scene = town.packs.has(asked) ? asked : town.pack.scene.id;
  const [own] = await recordsOf(town, 'policy', scene);
  const { list } = own!.record as { readonly list: string };
  return { scene, list, isOwn: own!.knownFrom !== undefined };
}
