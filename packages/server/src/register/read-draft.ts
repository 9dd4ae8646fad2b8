import { type CaseId, type Instant, isoInstant } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { DraftReading } from '@gezhi/contract';
import { caseRowsOf } from '@gezhi/storage';
import { proposeByModel, readKind, sameMatter, signText } from '@gezhi/text';
import {
  adoptedModel,
  areaOf,
  askKnowledge,
  candidatesIn,
  locate,
  ownCasesOf,
  sameIndexOf,
  samePolicyOf,
  seenBy,
  type Town,
  urgentIn,
} from '@gezhi/town';
import { kindLabel, placeNamed } from '../views/names.ts';

const KINDS = 4;
/** A kind less likely than this is no help. */
const PROBABILITY_MIN = 0.03;
const PLACES = 6;
const SAME = 5;
const KNOWLEDGE = 3;
/** Below this nobody is helped by being shown a case. */
const CHANCE_MIN = 0.05;

/**
 * What somebody is writing down, read: kinds, places, danger, the same matter, what is known. Proposals with their reasons for whoever writes;
 * nothing of it is kept. Three look-ups beside the index of cases.
 */
export async function readDraftFor(
  town: Town,
  by: Actor | undefined,
  text: string,
  now: Instant,
  callerNumber?: string,
): Promise<DraftReading> {
  const kinds = kindsFor(town, text);
  const [same, known] = await Promise.all([
    sameFor(town, by, { text, kind: kinds.kinds[0]?.kind, callerNumber }, now),
    askKnowledge(town, { text }, now, KNOWLEDGE),
  ]);
  return {
    ...kinds,
    ...placesFor(town, text),
    urgent: urgentFor(town, text),
    same,
    knowledge: known.map(({ id, question, answer }) => ({ id, question, answer })),
  };
}

function kindsFor(town: Town, text: string): Pick<DraftReading, 'kinds' | 'askKind'> {
  const model = adoptedModel(town);
  const known = new Set(town.pack.kinds.map(({ code }) => code));
  const byWords = proposeByModel(undefined, town.pack.kinds, text);
  const words = byWords
    ? [
        {
          kind: byWords.kind,
          name: kindLabel(town, byWords.kind),
          probability: null,
          because: [...byWords.because],
        },
      ]
    : [];
  if (!model) return { kinds: words, askKind: !byWords };
  const { ranked, ask } = readKind(model, text, KINDS);
  const read = ranked
    .filter(({ kind, probability }) => known.has(kind) && probability >= PROBABILITY_MIN)
    .map(({ kind, probability, because }) => ({
      kind,
      name: kindLabel(town, kind),
      probability,
      because: [...because],
    }));
  const first = ask ? [...words, ...read] : [...read, ...words];
  const kinds = first.filter(({ kind }, i) => first.findIndex((other) => other.kind === kind) === i);
  return { kinds: kinds.slice(0, KINDS), askKind: ask && !byWords };
}

function placesFor(town: Town, text: string): Pick<DraftReading, 'places' | 'askPlace'> {
  const { candidates, ask } = candidatesIn(town, text);
  return { places: candidates.slice(0, PLACES), askPlace: ask };
}

function urgentFor(town: Town, text: string): DraftReading['urgent'] {
  const { level, to, because, turnedDown } = urgentIn(town, text);
  const names = new Map(town.pack.urgent.file?.rules.map(({ id, name }) => [id, name]));
  return {
    level,
    to: [...to],
    because: because.map(({ rule, words, doubt }) => ({
      rule,
      name: names.get(rule) ?? { zh: rule, en: rule },
      words,
      ...(doubt ? { doubt } : {}),
    })),
    turnedDown: turnedDown.map(({ rule, words, byWords }) => ({ rule, words, byWords })),
  };
}

async function sameFor(
  town: Town,
  by: Actor | undefined,
  draft: {
    readonly text: string;
    readonly kind: string | undefined;
    readonly callerNumber: string | undefined;
  },
  now: Instant,
): Promise<DraftReading['same']> {
  const index = await sameIndexOf(town, now);
  const { code, point } = locate(town, { words: draft.text });
  const query = {
    signature: signText(draft.text),
    at: now,
    kind: draft.kind,
    point: point && { lon: point[0], lat: point[1] },
    place: areaOf(town, code),
    own: await ownCasesOf(town, draft.callerNumber, now),
  };
  const found = sameMatter(index, query, samePolicyOf(town)).filter(
    ({ chance, features }) => chance >= CHANCE_MIN || features.own === 1,
  );
  const ids = found.slice(0, SAME).map(({ id }) => id as CaseId);
  const rows = await seenBy(town, by, await caseRowsOf(town.db.pool, town.district, ids));
  const byId = new Map(rows.map((row) => [row.case_id, row]));
  return found.flatMap(({ id, chance, resend, features }) => {
    const row = byId.get(id as CaseId);
    if (!row) return [];
    return {
      caseId: id,
      chance,
      resend,
      kind: kindLabel(town, row.kind),
      place: placeNamed(town, row.place).name,
      phase: row.phase,
      openedAt: isoInstant(row.opened_at),
      requests: row.requests,
      own: features.own === 1,
    };
  });
}
