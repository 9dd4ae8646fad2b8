import type { Instant } from '@gezhi/basis';
import { type Case, type Fact, nextDue } from '@gezhi/cases';
import { fillTemplate, type Placeholder } from '@gezhi/scene';
import { contextOf } from '../context.ts';
import { processOf, type Town } from '../town.ts';

export type Language = 'zh' | 'en';

/** What a notice tells of: a fact, and the case right after it. `number` is the request whose notice it is. */
export type NoticeSubject = { readonly fact: Fact; readonly after: Case; readonly number?: string };

/**
 * The words of a notice: its template with what the case says, never a name or a contact. `said` is what the fact says to the requester,
 * `link` leads to the questions of their callback; both are asked for in the requester's own message only.
 */
export function noticeText(
  town: Town,
  template: string,
  subject: NoticeSubject,
  language: Language,
  { said, link }: { readonly said?: string | undefined; readonly link?: string | undefined } = {},
): string {
  const { fact, after } = subject;
  const values: Readonly<Record<Placeholder, string | undefined>> = {
    number: subject.number ?? Object.keys(after.voices)[0] ?? after.caseId.slice(-8),
    kind: town.kinds.get(after.kind)?.name[language] ?? UNKNOWN[language],
    place: placeName(town, after, language),
    unit: town.units.get(unitIn(fact, after) ?? '')?.name ?? UNKNOWN[language],
    due: momentText(town, dueIn(town, subject)),
    count: String(Object.keys(after.voices).length),
    words: said,
    link,
  };
  return fillTemplate(template, values);
}

const UNKNOWN = { zh: '未定', en: 'not known yet' } as const;

/** The words of the fact that its requester is told, by the id of their reference. */
export function wordsOf(fact: Fact): string | undefined {
  const { words, reason } = fact.data as { words?: { id: string }; reason?: { id: string } | string };
  return words?.id ?? (typeof reason === 'object' ? reason.id : undefined);
}

function unitIn(fact: Fact, after: Case): string | undefined {
  return after.lead?.unit ?? (fact.data as { unit?: string }).unit;
}

function placeName(town: Town, { place }: Case, language: Language): string {
  const layers = town.profile.layers.filter(({ code }) => place.layers[code]?.includes(place.code));
  for (const { code } of layers.length > 0 ? layers : town.profile.layers) {
    const found = town.places.places.find((one) => one.layer === code && one.code === place.code);
    if (found) return found.name;
  }
  return place.code === 'unknown' ? UNKNOWN[language] : place.code;
}

/** What the fact itself says is due; else what its requester was promised; else the next clock of the case. */
function dueIn(town: Town, { fact, after, number }: NoticeSubject): Instant | undefined {
  const data = fact.data as {
    due?: { dueAt: Instant };
    dueAt?: Instant;
    until?: Instant;
    reviewAt?: Instant;
  };
  const stated = data.due?.dueAt ?? data.dueAt ?? data.until ?? data.reviewAt;
  const promised = number === undefined ? undefined : after.voices[number]?.promised?.dueAt;
  return (
    stated ?? promised ?? nextDue(processOf(town, after), after, contextOf(town, fact.recordedAt).due)?.dueAt
  );
}

/** `2026-05-04 17:00` on the town's wall clock. */
function momentText({ calendar }: Town, at: Instant | undefined): string | undefined {
  if (at === undefined) return undefined;
  return new Date(at + calendar.zone.offsetAt(at)).toISOString().slice(0, 16).replace('T', ' ');
}
