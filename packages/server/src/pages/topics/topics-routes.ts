import { type CaseId, isRefusal } from '@gezhi/basis';
import { hiddenFrom, historyOf, type TopicRun, type TopicStand } from '@gezhi/town';
import { topicsAsked } from '../../routes/topics.ts';
import type { Pages } from '../kit/pages.ts';
import type { Visit } from '../kit/visit.ts';
import { topicsPage } from './topics-page.ts';

/** `/topics`: what many write about. */
export function mountTopics(pages: Pages): void {
  pages.app.get('/topics', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const query = request.query as Readonly<Record<string, unknown>>;
    const text = (name: string): string => (typeof query[name] === 'string' ? query[name].slice(0, 60) : '');
    const [days, place, kind] = [text('days') || '7', text('place'), text('kind')];
    const { town, now, staff } = visit;
    const asked = { days, ...(place ? { place } : {}), ...(kind ? { kind } : {}) };
    const found = await topicsAsked(town, asked, staff?.actor, now);
    const refused = isRefusal(found);
    const run = refused ? await topicsAsked(town, {}, staff?.actor, now) : found;
    if (isRefusal(run)) return pages.trouble(reply, visit, 'badRequest');
    const ids = run.topics.map(({ id }) => id);
    const history = staff ? await historyOf(town, ids, now) : new Map<string, readonly TopicStand[]>();
    const shown = { run: await seenOf(visit, run), days, place, kind, refused, history };
    return pages.show(reply, visit, topicsPage(visit, shown), refused ? 400 : 200);
  });
}

/** Without the cases that whoever looks may not know of. */
async function seenOf({ town, staff }: Visit, run: TopicRun): Promise<TopicRun> {
  const all = run.topics.flatMap(({ cases }) => cases as readonly CaseId[]);
  const hidden = await hiddenFrom(town, staff?.actor, all);
  const topics = run.topics.map((topic) => ({
    ...topic,
    cases: topic.cases.filter((id) => !hidden.has(id as CaseId)),
  }));
  return { ...run, topics };
}
