import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import type { Case, Command } from '@gezhi/cases';
import { isCommunity, route } from '@gezhi/duty';
import type { Town } from './town.ts';

/**
 * A committee of residents or villagers governs itself: nobody makes it the lead of a matter that its own duty list does not name, by
 * hand neither (Beijing ordinance 2021, Art. 17).
 *
 * Refuses: `community-list`
 */
export function refuseCommunity(town: Town, command: Command, c: Case, now: Instant): Refusal | undefined {
  const code = leadIn(command);
  const unit = code === undefined ? undefined : town.units.get(code);
  if (!unit || !isCommunity(unit.kind)) return undefined;
  const answer = route(town.duties.catalogue, {
    kind: c.kind,
    places: c.place.layers,
    at: c.openedAt,
    knownAt: now,
  });
  const byList =
    answer.outcome === 'routed'
      ? answer.as === 'lead' && answer.lead.unit === unit.code
      : answer.candidates.some((candidate) => candidate.unit === unit.code);
  if (byList) return undefined;
  return refuse('community-list', `The duty list of ${unit.name} does not name "${c.kind}".`, {
    unit: unit.code,
    kind: c.kind,
  });
}

/** The unit that a command makes the lead of a case, or of a part of it. */
function leadIn(command: Command): string | undefined {
  const { lead, role, unit } = command.input as {
    lead?: { unit: string };
    role?: 'lead' | 'co';
    unit?: string;
  };
  return lead?.unit ?? (role === 'lead' ? unit : undefined);
}
