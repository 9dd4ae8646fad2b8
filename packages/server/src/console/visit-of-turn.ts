import { type CaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { RouteName } from '@gezhi/contract';
import { wordsOfCases } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import type { Turn } from '../mount-route.ts';
import type { CaseView } from '../pages/case/case-view.ts';
import { seenCaseView } from '../pages/kit/unseen.ts';
import type { Staff, Visit } from '../pages/kit/visit.ts';
import { wordsOf } from '../pages/words/words.ts';

/** A call of a route as the plain pages see a look: so that one story is told in both. */
export type StaffVisit = Visit & { readonly staff: Staff };

/** Refuses `no-token` where nobody is signed in on a post of this town. */
export function visitOfTurn(turn: Turn<RouteName>, lang = turn.language): StaffVisit | Refusal {
  const { app, town, now, actor } = turn;
  const staff = actor && staffOfActor(town, actor);
  if (!staff) return refuse('no-token', 'This is for staff.');
  return { installation: app.installation, town, now, lang, w: wordsOf(lang), here: '/', origin: '', staff };
}

function staffOfActor(town: Town, actor: Actor): Staff | undefined {
  const post = town.posts.get(actor.post);
  const unit = post && town.units.get(post.unit);
  return post && unit && { actor, post, unit, formToken: '' };
}

/** The case that a route names, for whoever may see it, with the look that was taken at it. */
export async function seenCase(
  turn: Turn<'tellCase' | 'getCaseForms' | 'getPrecedents' | 'listLooks' | 'getWhistle' | 'draftRelease'>,
  lang = turn.language,
): Promise<{ readonly visit: StaffVisit; readonly view: CaseView } | Refusal> {
  const visit = visitOfTurn(turn as unknown as Turn<RouteName>, lang);
  if (isRefusal(visit)) return visit;
  const view = await seenCaseView(visit, turn.params.id as CaseId);
  return isRefusal(view) ? view : { visit, view: await withFirstWords(visit.town, view) };
}

/** What a part of a case was made with lies with the case that it came from: of those words, its own first ones and no others. */
async function withFirstWords(town: Town, view: CaseView): Promise<CaseView> {
  const opened = view.facts.find((fact) => fact.type === 'opened');
  if (opened?.type !== 'opened' || !opened.data.parent) return view;
  const own = new Set([
    opened.data.words?.id,
    ...view.facts.map((fact) => (fact.type === 'tasked' ? fact.data.what?.id : undefined)),
  ]);
  const rows = await wordsOfCases(town.db.pool, town.district, [opened.data.parent]);
  const first = rows.filter(({ id }) => own.has(id)).map(({ id, said }) => [id, said] as const);
  return { ...view, said: new Map([...first, ...view.said]) };
}
