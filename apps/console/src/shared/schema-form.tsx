import { HOUR, isoInstant } from '@gezhi/basis';
import { localDay, type Zone } from '@gezhi/clock';
import { useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { CASE_WORDS } from '../case/words/words.ts';
import { useZone } from './use-town.ts';

/** A JSON Schema as the service sends forms: objects, arrays, strings, numbers, choices by `oneOf`. */
export type Schema = {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly oneOf?: readonly { readonly const: Value; readonly title: string }[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

type Value = string | number | boolean;
export type FormValue = Value | undefined | readonly FormValue[] | { readonly [name: string]: FormValue };

type Props = {
  readonly schema: Schema;
  readonly submit: string;
  readonly isPending: boolean;
  readonly onSubmit: (value: Readonly<Record<string, FormValue>>) => void;
  readonly children?: ReactNode;
};

/** One form for every act: made of its JSON Schema, whatever the act. What is optional and left empty is not sent. */
export function SchemaForm({ schema, submit, isPending, onSubmit, children }: Props): ReactNode {
  const zone = useZone();
  const [value, setValue] = useState<FormValue>(() => initial(schema));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (zone) onSubmit((cleaned(schema, value, zone) ?? {}) as Readonly<Record<string, FormValue>>);
  };
  return (
    <form className="schema-form" onSubmit={send}>
      <Fields schema={schema} value={value} onChange={setValue} isRequired />
      {children}
      <button type="submit" className="button go" disabled={isPending || !zone}>
        {submit}
      </button>
    </form>
  );
}

/** Whether there is anything to fill in. */
export function isBare({ properties = {} }: Schema): boolean {
  return Object.values(properties).every((property) => property.const !== undefined);
}

type FieldProps = {
  readonly schema: Schema;
  readonly value: FormValue;
  readonly onChange: (value: FormValue) => void;
  readonly isRequired: boolean;
  readonly legend?: string;
};

function Fields({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  const held = (value ?? {}) as Readonly<Record<string, FormValue>>;
  return Object.entries(schema.properties ?? {}).map(([name, property]) => (
    <Field
      key={name}
      schema={property}
      value={held[name]}
      onChange={(part) => onChange({ ...held, [name]: part })}
      isRequired={isRequired && (schema.required ?? []).includes(name)}
    />
  ));
}

/** More choices than these stand in a list that opens. */
const RADIOS_MAX = 6;

function Field(props: FieldProps): ReactNode {
  const { schema } = props;
  if (schema.const !== undefined) return null;
  if (schema.type === 'object') return <Group {...props} />;
  if (schema.type === 'array') return schema.items?.oneOf ? <Many {...props} /> : <Several {...props} />;
  if (schema.oneOf) return schema.oneOf.length > RADIOS_MAX ? <Select {...props} /> : <Radios {...props} />;
  return <Text {...props} />;
}

function Group({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  if (!schema.title && !schema.description) {
    return <Fields schema={schema} value={value} onChange={onChange} isRequired={isRequired} />;
  }
  return (
    <fieldset className="schema-group">
      {schema.title && <legend>{schema.title}</legend>}
      <Fields schema={schema} value={value} onChange={onChange} isRequired={isRequired} />
      {schema.description && <p className="hint">{schema.description}</p>}
    </fieldset>
  );
}

/** Parts that have a form of their own, one after another. */
function Several({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  const w = useWords(CASE_WORDS);
  const parts = (value ?? []) as readonly FormValue[];
  const { items = {}, maxItems = 1 } = schema;
  const put = (at: number, part: FormValue): void => onChange(parts.map((old, i) => (i === at ? part : old)));
  return (
    <>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
        <div key={i} className="schema-part">
          <Fields schema={items} value={part} onChange={(next) => put(i, next)} isRequired={isRequired} />
        </div>
      ))}
      {parts.length < maxItems && (
        <button type="button" className="bare" onClick={() => onChange([...parts, initial(items)])}>
          {w.form.another}
        </button>
      )}
    </>
  );
}

function Label({
  id,
  schema,
  isRequired,
}: { id: string } & Pick<FieldProps, 'schema' | 'isRequired'>): ReactNode {
  const w = useWords(CASE_WORDS);
  return (
    <label htmlFor={id}>
      {schema.title}
      {!isRequired && <small> {w.form.optional}</small>}
    </label>
  );
}

function Text({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  const id = useId();
  const common = {
    id,
    className: 'field wide',
    value: (value as string | undefined) ?? '',
    required: isRequired,
    maxLength: schema.maxLength,
  };
  return (
    <div className="schema-field">
      <Label id={id} schema={schema} isRequired={isRequired} />
      {schema.format === 'words' ? (
        <textarea {...common} rows={3} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          type={schema.format === 'closing' ? 'date' : 'text'}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {schema.description && <p className="hint">{schema.description}</p>}
    </div>
  );
}

function Select({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  const w = useWords(CASE_WORDS);
  const id = useId();
  const options = schema.oneOf ?? [];
  return (
    <div className="schema-field">
      <Label id={id} schema={schema} isRequired={isRequired} />
      <select
        id={id}
        className="field wide"
        required={isRequired}
        value={String(value ?? '')}
        onChange={(event) => onChange(options.find((one) => String(one.const) === event.target.value)?.const)}
      >
        <option value="">{w.form.choose}</option>
        {options.map((one) => (
          <option key={String(one.const)} value={String(one.const)}>
            {one.title}
          </option>
        ))}
      </select>
    </div>
  );
}

function Radios({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  const w = useWords(CASE_WORDS);
  const name = useId();
  return (
    <fieldset className="schema-radios">
      <legend>
        {schema.title}
        {!isRequired && <small> {w.form.optional}</small>}
      </legend>
      {(schema.oneOf ?? []).map((one) => (
        <label key={String(one.const)}>
          <input
            type="radio"
            name={name}
            required={isRequired}
            checked={value === one.const}
            onChange={() => onChange(one.const)}
          />
          {one.title}
        </label>
      ))}
      {schema.description && <p className="hint">{schema.description}</p>}
    </fieldset>
  );
}

/** Several of a list: what was chosen, and a list to add from. */
function Many({ schema, value, onChange, isRequired }: FieldProps): ReactNode {
  const w = useWords(CASE_WORDS);
  const id = useId();
  const chosen = (value ?? []) as readonly Value[];
  const options = schema.items?.oneOf ?? [];
  const titleOf = (one: Value): string =>
    options.find((option) => option.const === one)?.title ?? String(one);
  const mustHave = isRequired && (schema.minItems ?? 0) > chosen.length;
  return (
    <div className="schema-field">
      <Label id={id} schema={schema} isRequired={isRequired && (schema.minItems ?? 0) > 0} />
      {chosen.length > 0 && (
        <ul className="chips">
          {chosen.map((one) => (
            <li key={String(one)}>
              {titleOf(one)}
              <button
                type="button"
                aria-label={w.form.remove(titleOf(one))}
                onClick={() => onChange(chosen.filter((other) => other !== one))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        id={id}
        className="field wide"
        value=""
        required={mustHave}
        onChange={(event) => {
          const option = options.find((one) => String(one.const) === event.target.value);
          if (option && !chosen.includes(option.const)) onChange([...chosen, option.const]);
        }}
      >
        <option value="">{w.form.add}</option>
        {options
          .filter((one) => !chosen.includes(one.const))
          .map((one) => (
            <option key={String(one.const)} value={String(one.const)}>
              {one.title}
            </option>
          ))}
      </select>
    </div>
  );
}

function initial(schema: Schema): FormValue {
  if (schema.const !== undefined) return schema.const as Value;
  if (schema.default !== undefined) return schema.default as Value;
  if (schema.type === 'object') {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, property]) => [name, initial(property)]),
    );
  }
  if (schema.type === 'array') return schema.items?.oneOf ? [] : [initial(schema.items ?? {})];
  return undefined;
}

/** The close of business, which a day stands for where something is due. */
const CLOSING = 18 * HOUR;

/** The value as it is sent: without what was left empty, a day that something is due as a moment of the town. */
function cleaned(schema: Schema, value: FormValue, zone: Zone): FormValue {
  if (schema.type === 'object') {
    const held = (value ?? {}) as Readonly<Record<string, FormValue>>;
    const parts = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
      const part = cleaned(property, held[name], zone);
      return part === undefined ? [] : [[name, part] as const];
    });
    return parts.length === 0 ? undefined : Object.fromEntries(parts);
  }
  if (schema.type === 'array') {
    const parts = ((value ?? []) as readonly FormValue[]).flatMap((part) => {
      const kept = cleaned(schema.items ?? {}, part, zone);
      return kept === undefined ? [] : [kept];
    });
    return parts.length === 0 ? undefined : parts;
  }
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '') return undefined;
    return schema.format === 'closing' ? isoInstant(zone.instantOf(localDay(text), CLOSING)) : text;
  }
  return value;
}
