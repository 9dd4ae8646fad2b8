import { type CaseId, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { clocksOf, type Label, replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { dueIn } from '../context.ts';
import { takeIn } from '../take-in.ts';
import { processOf, type Town } from '../town.ts';
import { BREACH_WORDS, type Breach, type BreachData } from './breach-words.ts';

export type BreachReport = {
  readonly what: Breach;
  /** What happened, why, and what harm it may do, as far as that is known. Names nobody. */
  readonly words: string;
  readonly data: readonly BreachData[];
  /** About how many people; left out: not known yet. */
  readonly people?: number;
  /** What was done already. */
  readonly done?: string;
  /** When it was noticed: from then on the clocks run, two days back at most. */
  readonly noticedAt?: Instant;
  /** A post, or the role of an administrator, who opens the case and does not see it. */
  readonly by: string;
  readonly commandId: string;
  readonly lang: 'zh' | 'en';
};

/** A notice or step that a breach owes, and by when. */
export type BreachOwes = { readonly clock: string; readonly label: Label; readonly dueAt: Instant };

export type BreachOpened = {
  readonly caseId: CaseId;
  /** It was reported before, by the same command. */
  readonly known: boolean;
  readonly owes: readonly BreachOwes[];
};

const SCENE = 'breach';
const PEOPLE_MAX = 10_000_000;

/**
 * Opens a case about a breach of personal data, with the clocks of the notices it owes. Sending it twice is harmless.
 *
 * Refuses `nothing-said`, `no-data-named`, `bad-count`, `noticed-later` (noticed in the future), `no-scene` where the town has no scene `breach`.
 */
export async function reportBreach(
  town: Town,
  report: BreachReport,
  now: Instant,
): Promise<BreachOpened | Refusal> {
  const refused = refuseReport(town, report, now);
  if (refused) return refused;
  const { what, data, people, noticedAt = now, by, commandId } = report;
  const [receipt] = await takeIn(
    town,
    [
      {
        source: 'breach',
        id: commandId,
        type: 'gezhi.breach.v1',
        occurredAt: noticedAt,
        channel: 'staff',
        kind: `breach.${what}`,
        scene: SCENE,
        words: tell(report),
        found: true,
        publicity: 'private',
        mayJoin: false,
        attributes: { by, data, ...(people === undefined ? {} : { people }) },
      },
    ],
    now,
  );
  if (!receipt || isRefusal(receipt)) return receipt ?? refuse('nothing-said', 'Nothing was taken in.');
  const { caseId, known } = receipt;
  return { caseId, known, owes: await owedBy(town, caseId) };
}

function refuseReport(
  town: Town,
  { words, data, people = 0, noticedAt }: BreachReport,
  now: Instant,
): Refusal | undefined {
  if (!town.packs.has(SCENE)) return refuse('no-scene', 'This town has no scene for breaches.');
  if (!words.trim()) return refuse('nothing-said', 'Say in a few words what happened.');
  if (data.length === 0) return refuse('no-data-named', 'Say which kinds of data it is about.');
  if (!Number.isInteger(people) || people < 0 || people > PEOPLE_MAX)
    return refuse('bad-count', 'How many people is a whole number; leave it out where it is not known.');
  if (noticedAt !== undefined && noticedAt > now)
    return refuse('noticed-later', 'It was noticed before now, or now.');
  return undefined;
}

/** What the case says, for whoever tells the authority and the persons. */
function tell({ lang, words, data, people, done }: BreachReport): string {
  const w = BREACH_WORDS[lang];
  return [
    words.trim(),
    w.dataLine(data.map((kind) => w.data[kind]).join(w.join)),
    w.peopleLine(people === undefined ? w.unknown : String(people)),
    ...(done?.trim() ? [w.doneLine(done.trim())] : []),
  ].join('\n');
}

async function owedBy(town: Town, caseId: CaseId): Promise<readonly BreachOwes[]> {
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  if (!c) return [];
  const process = processOf(town, c);
  const labels = new Map(process.clocks.map(({ name, label }) => [name, label]));
  return clocksOf(process, c, (stage, of, at) => dueIn(town, stage, of, at)).flatMap(
    ({ clock, due, stoppedAt }) =>
      due && stoppedAt === undefined
        ? [{ clock, label: labels.get(clock) ?? { zh: clock, en: clock }, dueAt: due.dueAt }]
        : [],
  );
}
