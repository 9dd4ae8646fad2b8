import { type Instant, isoInstant } from '@gezhi/basis';
import { type Actor, type CarriedVoice, type Case, clocksOf, isFrom } from '@gezhi/cases';
import { type CaseView, isHandAct } from '@gezhi/contract';
import { dueIn, mayIn, processOf, type Town } from '@gezhi/town';
import type { LoadedCase } from './load-case.ts';
import { kindLabel, placeNamed, postNamed, unitNamed } from './names.ts';
import { stateLabel, wireFact } from './wire.ts';
import { withoutCoached } from './without-coached.ts';

/** A case as a member of staff sees it: where it stands, its clocks, its requests, its facts, and what they may do now. */
export async function caseView(
  town: Town,
  loaded: LoadedCase,
  actor: Actor,
  now: Instant,
): Promise<CaseView> {
  const { now: c, facts, words } = loaded;
  return {
    ...stateOf(town, c),
    clocks: clocksView(town, c, now),
    requests: Object.values(c.voices).map((voice) => voiceView(voice, words)),
    tasks: c.tasks.map(({ task, unit, role, dueAt, doneAt }) => ({
      task,
      unit: unitNamed(town, unit),
      role,
      ...(dueAt === undefined ? {} : { dueAt: isoInstant(dueAt) }),
      ...(doneAt === undefined ? {} : { doneAt: isoInstant(doneAt) }),
    })),
    externals: c.externals.map(({ system, number, dueAt }) => ({
      system,
      number,
      ...(dueAt === undefined ? {} : { dueAt: isoInstant(dueAt) }),
    })),
    facts: facts.map(wireFact),
    words: Object.fromEntries(words),
    actions: actionsFor(town, c, actor),
    explain: explainLink(c),
  };
}

type StateView = Omit<
  CaseView,
  'clocks' | 'requests' | 'tasks' | 'externals' | 'facts' | 'words' | 'actions' | 'explain'
>;

function stateOf(town: Town, c: Case): StateView {
  const { lead, place } = c;
  return {
    caseId: c.caseId,
    seq: c.seq,
    scene: c.scene,
    state: { name: c.state, label: stateLabel(town, c.state, c.scene) },
    phase: c.phase,
    flags: [...c.flags],
    kind: { code: c.kind, name: kindLabel(town, c.kind), because: c.kindBecause },
    place: {
      code: place.code,
      name: placeNamed(town, place.code).name,
      layers: Object.fromEntries(Object.entries(place.layers).map(([layer, codes]) => [layer, [...codes]])),
      ...(place.point ? { point: [...place.point] } : {}),
      ...(place.pointFrom ? { pointFrom: place.pointFrom } : {}),
    },
    openedAt: isoInstant(c.openedAt),
    openedBy: c.openedBy,
    ...(lead
      ? {
          lead: {
            unit: unitNamed(town, lead.unit),
            ...(lead.post ? { post: postNamed(town, lead.post) } : {}),
          },
        }
      : {}),
    coUnits: c.coUnits.map((unit) => unitNamed(town, unit)),
    ...(c.outcome ? { outcome: c.outcome } : {}),
    ...(c.parent ? { parent: c.parent } : {}),
    children: [...c.children],
    ...(c.mergedInto ? { mergedInto: c.mergedInto } : {}),
  };
}

function explainLink(c: Case): string {
  return `/api/cases/${c.caseId}/explain`;
}

function clocksView(town: Town, c: Case, now: Instant): CaseView['clocks'] {
  const clocks = clocksOf(processOf(town, c), c, (stage, of, startedAt) => dueIn(town, stage, of, startedAt));
  return clocks.map(({ clock, startedAt, stoppedAt, due, boundBy }) => ({
    clock,
    startedAt: isoInstant(startedAt),
    ...(stoppedAt === undefined ? {} : { stoppedAt: isoInstant(stoppedAt) }),
    ...(due
      ? {
          dueAt: isoInstant(due.dueAt),
          term: due.term,
          profile: due.profile,
          provisional: due.provisional === true,
        }
      : {}),
    ...(boundBy ? { boundBy } : {}),
    isPast: due !== undefined && (stoppedAt ?? now) > due.dueAt,
    explain: explainLink(c),
  }));
}

function voiceView(voice: CarriedVoice, words: ReadonlyMap<string, string>): CaseView['requests'][number] {
  const said = voice.words && words.get(voice.words.id);
  return {
    number: voice.number,
    requestKind: voice.requestKind,
    channel: voice.channel,
    publicity: voice.publicity,
    saidAt: isoInstant(voice.saidAt),
    ...(said === undefined ? {} : { words: said }),
    ...(voice.promised ? { promised: isoInstant(voice.promised.dueAt) } : {}),
    ...(voice.callback
      ? { callback: { ...withoutCoached(voice.callback), at: isoInstant(voice.callback.at) } }
      : {}),
    excluded: voice.excluded !== undefined,
  };
}

/** What this post may do to the case as it stands; guards are asked when it is done. */
export function actionsFor(town: Town, c: Case, actor: Actor): CaseView['actions'] {
  return Object.values(processOf(town, c).actions)
    .filter(({ act }) => isHandAct(act) || act === 'photograph')
    .filter((action) => isFrom(action, c) && mayIn(town, action.power, c, actor).allowed)
    .map(({ name, act, label }) => ({ action: name, act, label }));
}
