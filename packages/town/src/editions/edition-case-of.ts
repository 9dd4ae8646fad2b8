import { MINUTE } from '@gezhi/basis';
import { type Fact, measuredCase, replay } from '@gezhi/cases';
import type { EditionCase } from '@gezhi/measures';

/** What a case's facts cannot say of themselves: which unit a post belongs to, and whom a request counts for. */
export type EditionNames = {
  readonly unitOfPost: (post: string) => string | undefined;
  readonly subjectOf: (request: { readonly unit: string; readonly place: string }) => string | undefined;
};

/** The cases as an edition sees them, from their whole histories up to its position. Pure; the order of the histories changes nothing. */
export function editionCasesOf(
  histories: Iterable<readonly Fact[]>,
  { unitOfPost, subjectOf }: EditionNames,
): EditionCase[] {
  const all = [...histories];
  const entered = new Map(all.flatMap((facts) => entriesOf(facts, unitOfPost)));
  return all.flatMap((facts): EditionCase[] => {
    const c = replay(facts);
    if (!c) return [];
    // A handling term bears on no rate of requests, so none is computed.
    const measured = measuredCase(c, undefined);
    const requests = measured.requests.map((request) => {
      const subject = subjectOf(request);
      const enteredBy = entered.get(request.number);
      return {
        ...request,
        ...(subject === undefined ? {} : { subject }),
        ...(enteredBy === undefined ? {} : { enteredBy }),
      };
    });
    const objections = objectionsIn(facts);
    const lost = lostIn(facts);
    return [
      {
        ...measured,
        requests,
        ...(objections.length > 0 ? { objections } : {}),
        ...(lost.length > 0 ? { lost } : {}),
      },
    ];
  });
}

/** By request number: the unit on whose post it was typed in. */
function entriesOf(
  facts: readonly Fact[],
  unitOfPost: EditionNames['unitOfPost'],
): (readonly [number: string, unit: string])[] {
  return facts.flatMap((fact) => {
    if (fact.type !== 'opened' && fact.type !== 'joined') return [];
    const unit = unitOfPost(fact.by.post);
    const number = fact.data.voice?.number;
    return unit !== undefined && number !== undefined ? [[number, unit] as const] : [];
  });
}

function objectionsIn(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) =>
    fact.type === 'applied' && fact.data.about === 'objection' ? [fact.data.unit] : [],
  );
}

/** From each dispatch to the next one that names another lead: for so long it lay there in vain. */
function lostIn(facts: readonly Fact[]): { unit: string; minutes: number }[] {
  const dispatches = facts.filter((fact): fact is Fact<'dispatched'> => fact.type === 'dispatched');
  return dispatches.flatMap(({ data, occurredAt }, at) => {
    const next = dispatches[at + 1];
    if (!next || next.data.lead.unit === data.lead.unit) return [];
    return [
      { unit: data.lead.unit, minutes: Math.max(0, Math.floor((next.occurredAt - occurredAt) / MINUTE)) },
    ];
  });
}
