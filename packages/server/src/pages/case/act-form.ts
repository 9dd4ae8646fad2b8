import { type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import type { Action, Application, Case } from '@gezhi/cases';
import type { RulingRow } from '@gezhi/storage';
import type { KnownItem } from '@gezhi/town';
import { choiceField, type Option, type Sent, selectField, textArea } from '../kit/fields.ts';
import type { Child } from '../kit/html.ts';
import { momentOf, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';

/** What the fields of an act are made of. `sent` holds what was typed before, where it came back. */
export type Asking = {
  readonly visit: Visit;
  readonly c: Case;
  readonly sent: Sent;
  readonly prefix: string;
  readonly action: Action;
  /** Items of knowledge that may answer it. */
  readonly known: readonly KnownItem[];
  /** An application in words, with what was said for it. */
  readonly said: (application: Application) => Child;
  /** Rulings on the same kind and street as a waiting objection. */
  readonly past?: readonly RulingRow[];
};

export const CONTACT_WAYS = ['phone', 'visit', 'sms', 'mail', 'web', 'through'] as const;

export function field({ sent, prefix }: Asking, name: string, label: string, initial = '') {
  return { name, label, prefix, value: sent.get(name) || initial };
}

export function words(a: Asking, label: string, name = 'words'): Child {
  return textArea({ ...field(a, name, label), rows: 3 });
}

export function radios<V extends string>(
  a: Asking,
  name: string,
  label: string,
  values: readonly V[],
  say: (value: V) => string,
  initial = '',
): Child {
  const options = values.map((value) => ({ value, label: say(value) }));
  return choiceField({
    name,
    label,
    prefix: a.prefix,
    options,
    chosen: [a.sent.get(name) || initial],
    inline: true,
  });
}

export function voiceSelect(a: Asking, numbers: readonly string[]): Child {
  const options = numbers.map((value) => ({ value, label: sayRequestNumber(value as RequestNumber) }));
  return selectField({ ...field(a, 'number', a.visit.w.act.number, numbers[0]), options });
}

export function voicesOf({ c }: Asking): readonly string[] {
  return Object.keys(c.voices);
}

export function unitSelect(a: Asking, label = a.visit.w.act.unit): Child {
  const { town, w } = a.visit;
  const units = [...town.units.values()].map(({ code, name, parent }) => ({
    value: code,
    label: name,
    group: parent === undefined ? name : unitName(parent, a.visit),
  }));
  return selectField({
    ...field(a, 'unit', label),
    options: [{ value: '', label: w.form.choose }, ...units],
  });
}

export function taskOptions({ c, visit }: Asking): readonly Option[] {
  return c.tasks
    .filter((task) => task.doneAt === undefined)
    .map(({ task, unit, dueAt }) => ({
      value: task,
      label: `${unitName(unit, visit)}${dueAt === undefined ? '' : ` · ${visit.w.case.due(momentOf(dueAt, visit))}`}`,
    }));
}
