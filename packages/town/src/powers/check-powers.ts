import { isRefusal } from '@gezhi/basis';
import { checkPolicies, makeGate, type Policy, policiesOfRows, readCedarPolicies } from '@gezhi/powers';
import type { Finding, Pack } from '@gezhi/scene';
import { isFilterable } from '@gezhi/storage';
import { cedar } from './cedar.ts';

/** Powers that no action of a process needs and that the platform asks for all the same. */
export const FURTHER_POWERS = [
  'see',
  'release',
  'edition.draft',
  'edition.show',
  'edition.freeze',
  'edition.read',
  'edition.decide',
  'edition.appeal',
  'edition.publish',
  'edition.revise',
  'sample.commit',
  'sample.draw',
  'theme.write',
  'ruling.decide',
  'feed.read',
  'round.read',
  'export.mass',
  'export.allow',
  'emergency.declare',
  'emergency.end',
  'emergency.review',
] as const;

/** All powers that a scene's list may be about: those of its actions, of its rows, and those that the platform asks for. */
export function powersOf(pack: Pick<Pack, 'process' | 'powers'>): readonly string[] {
  const asked = Object.values(pack.process.actions).map(({ power }) => power);
  return [...new Set([...powersInLists([pack]), ...asked])].sort();
}

/** The powers that rows of these lists name, and those that the platform asks for. */
export function powersInLists(lists: readonly Pick<Pack, 'powers'>[]): readonly string[] {
  const named = lists.flatMap(({ powers: { permits, forbids } }) =>
    [...permits, ...forbids].flatMap((row) => row.powers),
  );
  const plain = named.filter((power) => power !== '*' && !power.endsWith('.'));
  return [...new Set([...FURTHER_POWERS, ...plain])].sort();
}

/**
 * What is wrong with a scene's power list as Cedar sees it: a policy that it cannot read, that does not fit the schema, whose id a row has
 * too, or by which lists could not be filtered; and a scene that lets nobody see its cases. Nothing where the list can run.
 */
export function checkPowers(pack: Pack): readonly Finding[] {
  const written = pack.powers.cedar === undefined ? [] : readCedarPolicies(cedar(), pack.powers.cedar);
  if (isRefusal(written)) return [finding('powers.cedar', '', written.because, 'Mend the policy.')];
  const rows = policiesOfRows(pack.powers);
  const twice = written.filter(({ id }) => rows.some((row) => row.id === id));
  const faults = checkPolicies(
    cedar(),
    [...rows, ...written.filter((policy) => !twice.includes(policy))],
    powersOf(pack),
  );
  const fileOf = (id: string) => (rows.some((row) => row.id === id) ? 'powers.yaml' : 'powers.cedar');
  return [
    ...twice.map(({ id }) =>
      finding('powers.cedar', id, 'a row of powers.yaml has this id too', 'Give each its own.'),
    ),
    ...faults.map(({ policy, problem, remedy }) => finding(fileOf(policy), policy, problem, remedy)),
    ...unfilterable(pack, written),
  ];
}

/** Lists are filtered by the columns of their rows: what decides on `see` may ask of nothing else. */
function unfilterable(pack: Pack, written: readonly Policy[]): readonly Finding[] {
  const { permits, forbids } = pack.powers;
  const about = (powers: readonly string[] | undefined) =>
    !powers || powers.some((p) => p === 'see' || p === '*');
  const rows = [...permits, ...forbids].filter((row) => about(row.powers));
  const remedy = 'Tell it by unit, kind or post; a list has no column for this.';
  const asPost = { code: 'p', kind: 'k', unit: 'u', unitKind: 'k', unitLevel: 'l', place: 'p' };
  const someone = { person: 's', roles: [], post: asPost };
  const found = rows
    .filter(({ relation }) => relation === 'samePlace' || relation === 'requester')
    .map(({ id, relation }) => finding('powers.yaml', id, `"see" cannot be told by "${relation}"`, remedy));
  const free = written
    .filter(({ powers }) => about(powers))
    .filter(
      (policy) =>
        !isFilterable(
          makeGate(cedar(), [{ ...policy, effect: 'permit' }], () => ['a']).testOf(someone, 'see'),
        ),
    )
    .map(({ id }) => finding('powers.cedar', id, '"see" is told by what a list has no column for', remedy));
  const sees =
    permits.some((row) => about(row.powers)) || written.some((p) => p.effect === 'permit' && about(p.powers));
  if (sees) return [...found, ...free];
  const nobody = finding(
    'powers.yaml',
    'see',
    'nobody may see the cases of this scene',
    'Permit "see" to those who handle them.',
  );
  return [...found, ...free, nobody];
}

function finding(file: string, key: string, problem: string, remedy: string): Finding {
  return { file, key, problem, remedy };
}
