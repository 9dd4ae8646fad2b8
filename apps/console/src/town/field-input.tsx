import type { Zone } from '@gezhi/clock';
import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useId } from 'react';
import { dayOf, minuteOf } from './days.ts';
import type { Field, Item } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';
import { useNames } from './use-say.ts';

type Props = {
  readonly field: Field;
  readonly item: Item;
  readonly zone: Zone;
  readonly isNew: boolean;
};

/** A field with its name and where its value comes from; picked wherever the town knows what there is to pick from. */
export function FieldInput({ field, item, zone, isNew }: Props): ReactNode {
  const w = useWords(TOWN_WORDS);
  const hint = useId();
  const id = useId();
  const { name, words, source, as, isRequired, isKey } = field;
  const isLabel = as === 'label';
  return (
    <div className="record-field">
      <label htmlFor={id}>
        {w.fields[words]}
        {isLabel && ` · ${w.inChinese}`}
        {isRequired && <i title={w.required}> *</i>}
      </label>
      <Control
        as={as}
        isFixed={isKey === true && !isNew}
        id={id}
        name={isLabel ? `${name}.zh` : name}
        defaultValue={filledValue(as, item[name], zone)}
        required={isRequired === true}
        aria-describedby={hint}
      />
      {isLabel && (
        <input
          name={`${name}.en`}
          aria-label={`${w.fields[words]} · ${w.inEnglish}`}
          placeholder={w.inEnglish}
          defaultValue={(item[name] as { en?: string } | undefined)?.en ?? ''}
          required
          maxLength={120}
        />
      )}
      <small id={hint}>
        {w.source}: {w.sources[source]}
      </small>
    </div>
  );
}

function filledValue(as: Field['as'], value: unknown, zone: Zone): string {
  if (as === 'day') return dayOf(value, zone);
  if (as === 'moment') return minuteOf(value, zone);
  if (as === 'label') return (value as { zh?: string } | undefined)?.zh ?? '';
  if (as === 'words') return ((value as readonly string[] | undefined) ?? []).join(' ');
  if (as === 'flag') return value === true ? 'yes' : '';
  return (value as string | undefined) ?? '';
}

type Common = {
  readonly id: string;
  readonly name: string;
  readonly defaultValue: string;
  readonly required: boolean;
  readonly 'aria-describedby': string;
};
type ControlProps = Common & { readonly as: Field['as']; readonly isFixed: boolean };

const TYPES: Readonly<Record<string, string>> = { day: 'date', date: 'date', moment: 'datetime-local' };

function Control({ as, isFixed, ...common }: ControlProps): ReactNode {
  const w = useWords(TOWN_WORDS);
  if (isFixed || as === 'text' || as === 'label' || as === 'words')
    return <input {...common} maxLength={as === 'words' ? 2_000 : 300} readOnly={isFixed} />;
  if (as === 'flag') {
    const { defaultValue, required, ...rest } = common;
    return <input {...rest} type="checkbox" value="yes" defaultChecked={defaultValue === 'yes'} />;
  }
  if (as === 'unit' || as === 'layer' || as === 'post') return <Registered as={as} {...common} />;
  if (as === 'urgency') return <Urgency {...common} />;
  if (as === 'place' || as === 'matter') return <Found as={as} {...common} />;
  if (typeof as === 'string') return <input {...common} type={TYPES[as] ?? 'text'} />;
  return <Choice {...common} all={as.map((one) => [one, w.choices[one] ?? one])} />;
}

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

function Registered({ as, ...common }: Common & { readonly as: 'unit' | 'layer' | 'post' }): ReactNode {
  const names = useNames();
  return <Choice {...common} all={[...names[as]]} />;
}

/** The classes of terms that kinds of this town have; how long each is stands in the scene. */
function Urgency(common: Common): ReactNode {
  const w = useWords(TOWN_WORDS);
  const kinds = useCall('listRecords', { query: { sort: 'kind' } }, { staleTime: 60_000 });
  const classes = new Set(kinds.data?.records.map(({ record }) => String(record.urgency)));
  return <Choice {...common} all={[...classes].map((one) => [one, w.choices[`term.${one}`] ?? one])} />;
}

/** Too many for a list that opens: what is typed finds them by name or code, and the code is kept. */
function Found({ as, ...common }: Common & { readonly as: 'place' | 'matter' }): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const names = useNames();
  const list = useId();
  const some = as === 'place' ? names.place : [['*', w.all] as const, ...names.matter];
  return (
    <>
      <input {...common} list={list} maxLength={60} autoComplete="off" lang={language} />
      <datalist id={list}>
        {[...some].map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
