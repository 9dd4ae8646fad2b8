import { POST_KINDS, UNIT_KINDS, UNIT_LEVELS } from '@gezhi/duty';
import type { PowerRow, PowerTable } from '@gezhi/powers';
import type { Finding } from './compile-process.ts';

/**
 * Who acts without a post: whoever asked, intake, the service itself, a system that is joined, whoever runs the machine, and the three who keep
 * the system.
 */
export const ROLES = [
  ...(['system', 'intake', 'requester', 'emergency', 'upstream', 'operator'] as const),
  ...(['systemAdmin', 'securityAdmin', 'auditAdmin'] as const),
] as const;

/** The dated states that a row may ask for by `during`. */
export const DATED_STATES = ['emergency'] as const;

const KNOWN = {
  postKinds: { words: POST_KINDS, what: 'kind of post' },
  unitKinds: { words: UNIT_KINDS, what: 'kind of unit' },
  unitLevels: { words: UNIT_LEVELS, what: 'level of units' },
  roles: { words: ROLES, what: 'role' },
  during: { words: DATED_STATES, what: 'dated state' },
} as const satisfies Partial<Record<keyof PowerRow, unknown>>;

/** What people write for a level or a kind that goes by another name here. */
const MEANT: Readonly<Record<string, string>> = {
  county: 'A county stands at the level "district".',
  township: 'A township stands at the level "street"; as a kind of unit it goes under unitKinds.',
  town: 'A town stands at the level "street"; as a kind of unit it goes under unitKinds.',
  deputy: 'A deputy sits on a post of the same kind as the one in its deputyOf: name that kind.',
};

/** Rows that ask for a kind of post or unit, a level, a role or a dated state that no town can have: nobody would ever hold what they give. */
export function unknownHolders({ permits, forbids }: PowerTable): readonly Finding[] {
  return [...permits, ...forbids].flatMap((row) =>
    (Object.keys(KNOWN) as (keyof typeof KNOWN)[]).flatMap((key) => {
      const { words, what } = KNOWN[key];
      const known: readonly string[] = words;
      return (row[key] ?? [])
        .filter((word) => !known.includes(word))
        .map((word) => ({
          file: 'powers.yaml',
          key: `${row.id}.${key}`,
          problem: `"${word}" is no ${what}, so the row speaks of nobody`,
          remedy: `${MEANT[word] ? `${MEANT[word]} ` : ''}Known: ${known.join(', ')}.`,
        }));
    }),
  );
}
