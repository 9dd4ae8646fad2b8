import { DUTY_ROLES, POST_KINDS, UNIT_KINDS, UNIT_LEVELS } from '@gezhi/duty';
import type { TownWords } from './zh.ts';

export const SORTS = ['place', 'unit', 'post', 'staff', 'duty', 'asset'] as const;
export type Sort = (typeof SORTS)[number];

/** A record of the registry: texts and moments by field, and what no form changes (names, points, outlines). */
export type Item = Readonly<Record<string, unknown>>;

/** A field of a form: what it is called, where its value comes from, and how it is filled in. */
export type Field = {
  readonly name: string;
  readonly words: keyof TownWords['fields'];
  readonly source: keyof TownWords['sources'];
  readonly as: 'text' | 'day' | 'unit' | 'post' | 'layer' | readonly string[];
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
        text('parent', 'registry'),
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
        text('place', 'registry'),
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
        text('place', 'registry'),
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
    duty: {
      minutes: 2,
      fields: [
        text('unit', 'registry', { as: 'unit', isRequired: true }),
        text('post', 'registry', { as: 'post' }),
        text('kind', 'registry', { words: 'matter', isRequired: true }),
        text('layer', 'registry', { as: 'layer', isRequired: true }),
        text('place', 'registry', { isRequired: true }),
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
        text('place', 'registry'),
        text('owner', 'registry', { as: 'unit' }),
        text('keeper', 'registry', { as: 'unit' }),
        text('supervisor', 'registry', { as: 'unit' }),
        ...TIMES,
      ],
    },
  };

/** How the screen says a code: a unit's name, a word for a kind; the code itself where it has none. */
export type Say = (code: string) => string;

/** What a record is listed by: its name and what tells it from others. */
export function titleOf(
  sort: Sort,
  item: Item,
  sayCode: Say,
): { readonly title: string; readonly more: string } {
  const say = (...names: readonly string[]): string =>
    names
      .flatMap((name) => (typeof item[name] === 'string' ? [sayCode(item[name] as string)] : []))
      .join(' · ');
  switch (sort) {
    case 'staff':
      return { title: say('post'), more: say('person', 'shift') };
    case 'duty':
      return { title: say('unit', 'kind'), more: say('role', 'layer', 'place', 'basis') };
    default:
      return { title: say('name'), more: say('code', 'level', 'kind', 'unit', 'parent') };
  }
}

/** The code of a new record, as a folder would make it. */
export function codeOf(sort: Sort, item: Item): string {
  const join = (by: string, ...names: readonly string[]): string =>
    names.map((name) => item[name] ?? '').join(by);
  if (sort === 'place') return join(':', 'layer', 'code');
  if (sort === 'staff') return join('/', 'post', 'person', 'validFrom');
  if (sort === 'duty') return join('|', 'unit', 'post', 'kind', 'layer', 'place', 'role', 'validFrom');
  return join('', 'code');
}
