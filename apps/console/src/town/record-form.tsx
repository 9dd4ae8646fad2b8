import type { Zone } from '@gezhi/clock';
import { type Answer, sayMoment, useLanguage, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useZone } from '../shared/use-town.ts';
import { AlreadyHave } from './already-have.tsx';
import type { Change } from './basket.tsx';
import { momentOf, momentOfMinute } from './days.ts';
import { FieldInput } from './field-input.tsx';
import { codeOf, type Field, FORMS, type Item, type Sort } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';

type Props = {
  readonly sort: Sort;
  /** The record's code; empty for a new one, `undefined` where none is chosen. */
  readonly code: string | undefined;
  readonly record: Answer<'listRecords'>['records'][number] | undefined;
  /** What was drawn for a place that is not there yet. */
  readonly outline?: Item['outline'];
  readonly onStage: (change: Change) => void;
};

/** One record as a form: each field says where its value comes from, and whoever has it elsewhere stops here. */
export function RecordForm({ sort, code, record, outline, onStage }: Props): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const zone = useZone();
  const [isStopped, setStopped] = useState(false);
  const { minutes, fields } = FORMS[sort];
  if (!zone || code === undefined || (code !== '' && !record)) return null;
  if (isStopped) {
    return (
      <p className="panel" role="status">
        {w.haveDone}
      </p>
    );
  }
  const item = { ...(outline ? { outline } : {}), ...record?.record } as Item;
  const stage = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const next = filledIn(fields, new FormData(event.currentTarget), item, zone);
    onStage({ sort, code: record?.code ?? codeOf(sort, next), record: next });
  };
  const isScenes = record !== undefined && record.knownFrom === undefined;
  return (
    <section className="panel record">
      <h2>
        {record ? w.edit : w.fresh} {w.sorts[sort]} <small>{w.cost(minutes)}</small>
      </h2>
      {record && (
        <p className="soft">
          {record.knownFrom ? w.known(sayMoment(record.knownFrom, language)) : w.ofScene}
        </p>
      )}
      <form onSubmit={stage}>
        <div className="record-fields">
          {fields.map((field) => (
            <FieldInput key={field.name} field={field} item={item} zone={zone} isNew={!record} />
          ))}
        </div>
        <p className="record-keys">
          <button type="submit" className="button go">
            {w.stage}
          </button>
          {record && !isScenes && (
            <button
              type="button"
              className="button"
              title={w.endHelp}
              onClick={() => onStage({ sort, code: record.code, record: null })}
            >
              {sort === 'kind' ? w.endKind : w.end}
            </button>
          )}
        </p>
      </form>
      <AlreadyHave sort={sort} onStopped={() => setStopped(true)} />
    </section>
  );
}

/** The record as the form has it; what no field is for stays as it was. */
function filledIn(fields: readonly Field[], given: FormData, item: Item, zone: Zone): Item {
  const next: Record<string, unknown> = { ...item };
  for (const { name, as } of fields) {
    const value = valueIn(name, as, given, zone);
    if (value === undefined) delete next[name];
    else next[name] = value;
  }
  return next;
}

function valueIn(name: string, as: Field['as'], given: FormData, zone: Zone): unknown {
  const text = (of = name): string => String(given.get(of) ?? '').trim();
  if (as === 'flag') return given.has(name);
  if (as === 'label') return { zh: text(`${name}.zh`), en: text(`${name}.en`) };
  if (as === 'words')
    return text()
      .split(/[\s,，、;；]+/u)
      .filter(Boolean);
  if (as === 'day') return momentOf(text(), zone);
  if (as === 'moment') return momentOfMinute(text(), zone);
  return text() === '' ? undefined : text();
}
