import type { Zone } from '@gezhi/clock';
import { type Answer, sayMoment, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTown, useZone } from '../shared/use-town.ts';
import type { Change } from './basket.tsx';
import { dayOf, momentOf } from './days.ts';
import { codeOf, type Field, FORMS, type Item, type Sort } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';

type Props = {
  readonly sort: Sort;
  /** The record's code; empty for a new one, `undefined` where none is chosen. */
  readonly code: string | undefined;
  readonly record: Answer<'listRecords'>['records'][number] | undefined;
  readonly onStage: (change: Change) => void;
};

/** One record as a form: each field says where its value comes from, and whoever has it elsewhere stops here. */
export function RecordForm({ sort, code, record, onStage }: Props): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const zone = useZone();
  const { minutes, fields } = FORMS[sort];
  if (!zone || code === undefined || (code !== '' && !record)) return null;
  const item = (record?.record ?? {}) as Item;
  const stage = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const next: Record<string, unknown> = { ...item };
    for (const { name, as } of fields) {
      if (!given.has(name)) continue;
      const text = String(given.get(name)).trim();
      const value = as === 'day' ? momentOf(text, zone) : text === '' ? undefined : text;
      if (value === undefined) delete next[name];
      else next[name] = value;
    }
    onStage({ sort, code: record?.code ?? codeOf(sort, next), record: next });
  };
  return (
    <form className="panel record" onSubmit={stage}>
      <h2>
        {record ? w.edit : w.fresh} {w.sorts[sort]} <small>{w.cost(minutes)}</small>
      </h2>
      {record && <p className="soft">{w.known(sayMoment(record.knownFrom, language))}</p>}
      <div className="record-fields">
        {fields.map((field) => (
          <FieldInput key={field.name} field={field} item={item} zone={zone} isNew={!record} />
        ))}
      </div>
      <p className="record-keys">
        <button type="submit" className="button go">
          {w.stage}
        </button>
        {record && (
          <button
            type="button"
            className="button"
            title={w.endHelp}
            onClick={() => onStage({ sort, code: record.code, record: null })}
          >
            {w.end}
          </button>
        )}
        <span className="grow" />
        <AlreadyHave sort={sort} />
      </p>
    </form>
  );
}

type InputProps = {
  readonly field: Field;
  readonly item: Item;
  readonly zone: Zone;
  readonly isNew: boolean;
};

function FieldInput({ field, item, zone, isNew }: InputProps): ReactNode {
  const w = useWords(TOWN_WORDS);
  const hint = useId();
  const id = useId();
  const { name, words, source, as, isRequired, isKey } = field;
  const value = as === 'day' ? dayOf(item[name], zone) : ((item[name] as string | undefined) ?? '');
  const common = {
    id,
    name,
    defaultValue: value,
    required: isRequired === true,
    'aria-describedby': hint,
  };
  return (
    <div className="record-field">
      <label htmlFor={id}>
        {w.fields[words]}
        {isRequired && <i title={w.required}> *</i>}
      </label>
      {as === 'text' && <input {...common} maxLength={300} readOnly={isKey === true && !isNew} />}
      {as === 'day' && <input {...common} type="date" />}
      {as === 'unit' && <UnitChoice {...common} />}
      {as === 'post' && <PostChoice {...common} />}
      {as === 'layer' && <LayerChoice {...common} />}
      {Array.isArray(as) && (
        <Choice {...common} all={as.map((one: string) => [one, w.choices[one] ?? one])} />
      )}
      <small id={hint}>
        {w.source}: {w.sources[source]}
      </small>
    </div>
  );
}

type Common = {
  readonly id: string;
  readonly name: string;
  readonly defaultValue: string;
  readonly required: boolean;
  readonly 'aria-describedby': string;
};

function Choice({
  all,
  ...common
}: Common & { readonly all: readonly (readonly [string, string])[] }): ReactNode {
  const { defaultValue } = common;
  const isKnown = defaultValue === '' || all.some(([value]) => value === defaultValue);
  return (
    <select {...common} key={all.length}>
      <option value="" />
      {!isKnown && <option value={defaultValue}>{defaultValue}</option>}
      {all.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

function UnitChoice(common: Common): ReactNode {
  const town = useTown();
  return <Choice {...common} all={(town.data?.units ?? []).map(({ code, name }) => [code, name])} />;
}

function PostChoice(common: Common): ReactNode {
  const posts = useCall('listRecords', { query: { sort: 'post' } }, { staleTime: 600_000 });
  const all = (posts.data?.records ?? []).map(
    ({ code, record }) => [code, String(record.name ?? code)] as const,
  );
  return <Choice {...common} all={all} />;
}

function LayerChoice(common: Common): ReactNode {
  const town = useTown();
  const { language } = useLanguage();
  return (
    <Choice {...common} all={(town.data?.layers ?? []).map(({ code, name }) => [code, name[language]])} />
  );
}

/** Stops the form: nobody types twice what the pool knows. The hotline is told by an ordinary suggestion, which a data steward takes up. */
function AlreadyHave({ sort }: { readonly sort: Sort }): ReactNode {
  const w = useWords(TOWN_WORDS);
  const send = useSend('sendSignals');
  const [isDone, setDone] = useState(false);
  if (isDone) return <span role="status">{w.haveDone}</span>;
  const tell = (): void => {
    const words = `${w.have}: ${w.sorts[sort]}`;
    const event = {
      specversion: '1.0' as const,
      id: crypto.randomUUID(),
      source: '/console/town',
      type: 'gezhi.report.v1',
      data: { words, requestKind: 'suggestion', publicity: 'private' },
    };
    send.mutate({ query: {}, body: event }, { onSuccess: () => setDone(true) });
  };
  return (
    <>
      <button type="button" className="button" title={w.haveHelp} onClick={tell} disabled={send.isPending}>
        {w.have}
      </button>
      {send.error && <small className="late">{send.error.message}</small>}
    </>
  );
}
