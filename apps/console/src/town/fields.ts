import { DUTY_ROLES, POST_KINDS, UNIT_KINDS, UNIT_LEVELS } from '@gezhi/duty';
import type { TownWords } from './zh.ts';

export const SORTS = ['place', 'unit', 'post', 'staff', 'roster', 'duty', 'kind', 'day', 'asset'] as const;
export type Sort = (typeof SORTS)[number];

/** A record of the registry: texts and moments by field, and what no form changes (names, points, outlines). */
export type Item = Readonly<Record<string, unknown>>;

/**
 * How a field is filled in: typed (`label` in both languages, `words` one after the other), as a time, picked from what is registered
 * (`urgency` from the classes that kinds have), ticked, or one of a closed list.
 */
export type As =
  | 'text'
  | 'label'
  | 'words'
  | 'day'
  | 'date'
  | 'moment'
  | 'flag'
  | 'unit'
  | 'post'
  | 'place'
  | 'layer'
  | 'matter'
  | 'urgency'
  | readonly string[];

/** A field of a form: what it is called, where its value comes from, and how it is filled in. */
export type Field = {
  readonly name: string;
  readonly words: keyof TownWords['fields'];
  readonly source: keyof TownWords['sources'];
  readonly as: As;
  readonly isRequired?: true;
  /** Fixed once the record is there: it is what the record is known by. */
  readonly isKey?: true;
};

const text = (name: string, source: Field['source'], more: Partial<Field> = {}): Field => ({
  name,
  words: name as Field['words'],
  source,
  as: 'text',
  ...more,
});

const TIMES: readonly Field[] = [
  text('validFrom', 'own', { as: 'day' }),
  text('validTo', 'own', { as: 'day' }),
];

const LEVELS = ['city', 'district', 'county', 'street', 'town', 'township', 'community', 'village'];
/** What each sort of record is made of, in the order in which people know it, with the minutes a new one takes. */
export const FORMS: Readonly<Record<Sort, { readonly minutes: number; readonly fields: readonly Field[] }>> =
  {
    place: {
      minutes: 2,
      fields: [
        text('name', 'list', { isRequired: true }),
        text('code', 'list', { isRequired: true, isKey: true }),
        text('layer', 'registry', { as: 'layer', isRequired: true, isKey: true }),
        text('level', 'list', { as: LEVELS }),
        text('parent', 'registry', { as: 'place' }),
        ...TIMES,
      ],
    },
    unit: {
      minutes: 2,
      fields: [
        text('name', 'list', { isRequired: true }),
        text('code', 'list', { isRequired: true, isKey: true }),
        text('kind', 'list', { as: UNIT_KINDS, isRequired: true }),
        text('level', 'list', { as: UNIT_LEVELS, isRequired: true }),
        text('parent', 'registry', { as: 'unit' }),
        text('place', 'registry', { as: 'place' }),
        text('servicePhone', 'own'),
        ...TIMES,
      ],
    },
    post: {
      minutes: 1,
      fields: [
        text('name', 'own', { isRequired: true }),
        text('code', 'own', { isRequired: true, isKey: true }),
        text('unit', 'registry', { as: 'unit', isRequired: true }),
        text('kind', 'own', { as: POST_KINDS, isRequired: true }),
        text('place', 'registry', { as: 'place' }),
        text('deputyOf', 'registry', { as: 'post' }),
        ...TIMES,
      ],
    },
    staff: {
      minutes: 1,
      fields: [
        text('post', 'registry', { as: 'post', isRequired: true, isKey: true }),
        text('person', 'list', { isRequired: true, isKey: true }),
        text('shift', 'own'),
        ...TIMES,
      ],
    },
    roster: {
      minutes: 1,
      fields: [
        text('unit', 'registry', { as: 'unit', isRequired: true }),
        text('post', 'registry', { as: 'post', isRequired: true, isKey: true }),
        text('person', 'list', { isRequired: true, isKey: true }),
        text('validFrom', 'own', { as: 'moment', isRequired: true }),
        text('validTo', 'own', { as: 'moment', isRequired: true }),
      ],
    },
    kind: {
      minutes: 3,
      fields: [
        text('name', 'list', { as: 'label', isRequired: true }),
        text('code', 'own', { isRequired: true, isKey: true }),
        text('words', 'own', { as: 'words', words: 'mentions' }),
        text('urgency', 'law', { as: 'urgency', isRequired: true }),
        text('requestKind', 'own', { as: ['help', 'complaint', 'inquiry', 'suggestion', 'tipOff'] }),
        text('public', 'own', { as: 'flag' }),
      ],
    },
    day: {
      minutes: 1,
      fields: [
        text('day', 'order', { as: 'date', isRequired: true, isKey: true }),
        text('kind', 'order', { as: ['holiday', 'workday'], isRequired: true }),
        text('name', 'order', { as: 'label', isRequired: true }),
        text('basis', 'order', { isRequired: true }),
      ],
    },
    duty: {
      minutes: 2,
      fields: [
        text('unit', 'registry', { as: 'unit', isRequired: true }),
        text('post', 'registry', { as: 'post' }),
        text('kind', 'registry', { as: 'matter', words: 'matter', isRequired: true }),
        text('layer', 'registry', { as: 'layer', isRequired: true }),
        text('place', 'registry', { as: 'place', isRequired: true }),
        text('role', 'law', { as: DUTY_ROLES, isRequired: true }),
        text('basis', 'law', { isRequired: true }),
        ...TIMES,
      ],
    },
    asset: {
      minutes: 1,
      fields: [
        text('name', 'list', { isRequired: true }),
        text('code', 'list', { isRequired: true, isKey: true }),
        text('kind', 'list', { isRequired: true }),
        text('place', 'registry', { as: 'place' }),
        text('owner', 'registry', { as: 'unit' }),
        text('keeper', 'registry', { as: 'unit' }),
        text('supervisor', 'registry', { as: 'unit' }),
        ...TIMES,
      ],
    },
  };

/** How the screen says a code: a unit's name, a word for a kind; the code itself where it has none. Moments by day and minute. */
export type Say = (what: string | number) => string;

/** What a record is listed by: its name and what tells it from others. */
export function titleOf(
  sort: Sort,
  item: Item,
  sayCode: Say,
): { readonly title: string; readonly more: string } {
  const parts = (...names: readonly string[]): string[] =>
    names.flatMap((name) => (typeof item[name] === 'string' ? [item[name] as string] : []));
  const say = (...names: readonly string[]): string =>
    parts(...names)
      .map(sayCode)
      .join(' · ');
  switch (sort) {
    case 'staff':
      return { title: say('post'), more: join(parts('person', 'shift')) };
    case 'roster':
      return { title: say('post'), more: join([...parts('person'), ...spanOf(item, sayCode)]) };
    case 'duty':
      return { title: say('unit', 'kind'), more: say('role', 'layer', 'place', 'basis') };
    case 'kind':
      return {
        title: sayCode(String(item.code)),
        more: join([...parts('code'), sayCode(`term.${String(item.urgency)}`), say('requestKind')]),
      };
    case 'day':
      return { title: join(parts('day')), more: say('kind', 'basis') };
    default:
      return {
        title: join(parts('name')),
        more: join([...parts('code'), say('level', 'kind', 'unit', 'parent')]),
      };
  }
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function spanOf({ validFrom, validTo }: Item, say: Say): readonly string[] {
  return [validFrom, validTo].flatMap((moment) => (typeof moment === 'number' ? [say(moment)] : []));
}

/** The code of a new record, as a folder would make it. */
export function codeOf(sort: Sort, item: Item): string {
  const glue = (by: string, ...names: readonly string[]): string =>
    names.map((name) => item[name] ?? '').join(by);
  if (sort === 'place') return glue(':', 'layer', 'code');
  if (sort === 'staff' || sort === 'roster') return glue('/', 'post', 'person', 'validFrom');
  if (sort === 'day') return glue('', 'day');
  if (sort === 'duty') return glue('|', 'unit', 'post', 'kind', 'layer', 'place', 'role', 'validFrom');
  return glue('', 'code');
}
