import { isoInstant, isRefusal, type Refusal, type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import { type CarriedVoice, type Case, LABELS, type Phase, pendingOf, TASK_STEPS } from '@gezhi/cases';
import type { CaseStory } from '@gezhi/contract';
import { caseRowsOf, mediaOfCase } from '@gezhi/storage';
import { seenBy } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { type CaseView, mayRead } from '../pages/case/case-view.ts';
import { tellClocks } from '../pages/case/deadlines.ts';
import { sayApplication } from '../pages/case/procedure-fields.ts';
import { tellStory } from '../pages/case/story.ts';
import { clockName, kindName, placeName, unitName } from '../pages/kit/say.ts';
import { nameIn } from '../pages/words/words.ts';
import { type StaffVisit, seenCase } from './visit-of-turn.ts';

/** A case as the plain pages tell it, for a program that shows it: sentences, clocks with their spans, the four truths. */
export async function tellCase(turn: Turn<'tellCase'>): Promise<RouteAnswer | Refusal> {
  const seen = await seenCase(turn, turn.query.lang ?? turn.language);
  if (isRefusal(seen)) return seen;
  const { visit, view } = seen;
  const [kin, media] = await Promise.all([kinOf(visit, view.c), mediaOf(visit, view)]);
  const body: CaseStory = { ...storyOf(visit, view), kin, media };
  return { status: 200, body, headers: { 'cache-control': 'private, no-cache', vary: 'Accept-Language' } };
}

function storyOf(visit: StaffVisit, view: CaseView): Omit<CaseStory, 'kin' | 'media'> {
  const { town, lang } = visit;
  const { c, process } = view;
  const reads = mayRead(town, view, visit.staff);
  return {
    caseId: c.caseId,
    seq: c.seq,
    kind: kindName(c.kind, visit),
    place: placeName(c.place.code, visit),
    state: process.states[c.state]?.label[lang] ?? c.state,
    flags: c.flags.map((code) => ({ code, label: LABELS.flags[code] })),
    reads,
    told: tellStory(visit, view, { mayRead: reads }).map(({ at, because, ...told }) => ({
      ...told,
      at: isoInstant(at),
      because: [...because],
    })),
    clocks: clocksOf(visit, view),
    truths: truthsOf(visit, view),
    voices: Object.values(c.voices).map((voice) => voiceOf(visit, voice)),
    tasks: tasksOf(visit, view, reads),
    pending: pendingOf(c.applications).map((application) => {
      const words = reads ? view.said.get(application.reason.id) : undefined;
      return {
        about: application.about,
        name: LABELS.applications[application.about][lang],
        line: sayApplication(visit, application),
        ...(words === undefined ? {} : { words }),
      };
    }),
    whoCan: whoCan(visit, view),
  };
}

function clocksOf(visit: StaffVisit, view: CaseView): CaseStory['clocks'] {
  const unitOf = new Map(view.c.tasks.map(({ task, unit }) => [task, unitName(unit, visit)]));
  return tellClocks(visit, view).map(({ clock, startedAt, stoppedAt, due, boundBy, late, explanation }) => {
    const of = unitOf.get(clock.split('/')[1] ?? '');
    return {
      clock,
      name: `${clockName(visit, view.process, clock)}${of === undefined ? '' : ` · ${of}`}`,
      startedAt: isoInstant(startedAt),
      ...(stoppedAt === undefined ? {} : { stoppedAt: isoInstant(stoppedAt) }),
      ...(due ? { dueAt: isoInstant(due.dueAt) } : {}),
      isPast: late,
      isProvisional: due?.provisional === true,
      ...(boundBy ? { boundBy } : {}),
      spans: [...explanation],
    };
  });
}

/** What each of the four says, never mixed: a requester who was not asked says nothing. */
function truthsOf({ lang }: StaffVisit, { c, facts }: CaseView): CaseStory['truths'] {
  const done = facts.findLast((fact) => fact.type === 'done');
  const checked = facts.findLast((fact) => fact.type === 'checked');
  const voices = Object.values(c.voices).filter(({ excluded }) => !excluded);
  const answers = voices.flatMap(({ callback }) =>
    callback && callback.answer !== 'unreachable' ? [callback.answer] : [],
  );
  const count = (is: (answer: (typeof answers)[number]) => boolean): number => answers.filter(is).length;
  return {
    ...(done?.type === 'done'
      ? { done: { at: isoInstant(done.occurredAt), outcome: LABELS.outcomes[done.data.outcome][lang] } }
      : {}),
    ...(checked?.type === 'checked'
      ? { verified: { at: isoInstant(checked.occurredAt), passed: checked.data.passed } }
      : {}),
    asked: answers.length,
    solved: {
      yes: count(({ solved }) => solved === 'yes'),
      partly: count(({ solved }) => solved === 'partly'),
      no: count(({ solved }) => solved === 'no'),
    },
    satisfied: {
      yes: count(({ satisfied }) => satisfied === 'satisfied'),
      basically: count(({ satisfied }) => satisfied === 'basically'),
      no: count(({ satisfied }) => satisfied === 'dissatisfied'),
    },
    requests: voices.length,
  };
}

function voiceOf({ w, lang }: StaffVisit, voice: CarriedVoice): CaseStory['voices'][number] {
  const answer = voice.callback?.answer;
  const callback =
    answer === undefined
      ? w.case.notCalledBack
      : answer === 'unreachable'
        ? LABELS.facts.unreachable[lang]
        : [
            LABELS.contacted[answer.contacted][lang],
            LABELS.solved[answer.solved][lang],
            LABELS.satisfied[answer.satisfied][lang],
          ].join(' · ');
  return {
    number: voice.number,
    sayAs: sayRequestNumber(voice.number as RequestNumber),
    sort: LABELS.requestKinds[voice.requestKind][lang],
    channel: nameIn(w.channels, voice.channel),
    callback,
    ...(voice.promised ? { promised: isoInstant(voice.promised.dueAt) } : {}),
  };
}

function tasksOf(visit: StaffVisit, { c, facts, said }: CaseView, reads: boolean): CaseStory['tasks'] {
  const { w } = visit;
  return c.tasks.map(({ task, unit, steps, dueAt, doneAt }) => {
    const asked = facts.find((f) => f.type === 'tasked' && f.data.task === task);
    const what =
      reads && asked?.type === 'tasked' && asked.data.what ? said.get(asked.data.what.id) : undefined;
    return {
      task,
      unit: { code: unit, name: unitName(unit, visit) },
      steps: TASK_STEPS.flatMap((step) => {
        const at = steps?.[step];
        return at === undefined ? [] : [{ step, name: w.act.steps[step], at: isoInstant(at) }];
      }),
      ...(dueAt === undefined ? {} : { dueAt: isoInstant(dueAt) }),
      ...(doneAt === undefined ? {} : { doneAt: isoInstant(doneAt) }),
      ...(what === undefined ? {} : { asked: what }),
    };
  });
}

function whoCan({ town, lang }: StaffVisit, { c, process }: CaseView): CaseStory['whoCan'] {
  const { powers } = town.packs.get(c.scene) ?? town.pack;
  const needed = new Set(
    Object.values(process.actions)
      .filter((a) => a.to !== undefined && a.from !== 'any' && a.from !== 'open' && a.from.has(c.state))
      .map((a) => a.power),
  );
  return powers.permits
    .filter((row) => row.powers.some((power) => needed.has(power)) && !row.roles?.includes('system'))
    .map(({ text, basis }) => ({ text: text[lang], basis }));
}

/** What was sent in besides words, for whoever may read those. One round trip where there is any. */
async function mediaOf({ town, staff }: StaffVisit, view: CaseView): Promise<CaseStory['media']> {
  const facts = view.facts.filter((fact) => fact.type === 'photographed');
  if (facts.length === 0 || !mayRead(town, view, staff)) return [];
  const types = await mediaOfCase(town.db.pool, town.district, view.c.caseId);
  return facts.flatMap(({ occurredAt, data: { media } }) => {
    const type = types.get(media.id);
    return type ? [{ id: media.id, type, at: isoInstant(occurredAt) }] : [];
  });
}

/** Cases that belong to it. One round trip where there are any. */
async function kinOf(visit: StaffVisit, c: Case): Promise<CaseStory['kin']> {
  const kin = [
    ...(c.parent ? [{ caseId: c.parent, as: 'parent' as const }] : []),
    ...c.children.map((caseId) => ({ caseId, as: 'child' as const })),
    ...(c.mergedInto ? [{ caseId: c.mergedInto, as: 'mergedInto' as const }] : []),
  ];
  if (kin.length === 0) return [];
  const { town, lang } = visit;
  const ids = kin.map(({ caseId }) => caseId);
  const rows = await seenBy(town, visit.staff.actor, await caseRowsOf(town.db.pool, town.district, ids));
  const byId = new Map(rows.map((row) => [row.case_id, row]));
  return kin.flatMap(({ caseId, as }) => {
    const row = byId.get(caseId);
    if (!row) return [];
    return [{ caseId, as, kind: kindName(row.kind, visit), state: LABELS.phases[row.phase as Phase][lang] }];
  });
}
