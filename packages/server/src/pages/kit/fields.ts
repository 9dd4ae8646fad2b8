import { type Child, flag, type Html, html } from './html.ts';

/** What a form brought, in plain text without NUL; a field that is not there is empty. */
export type Sent = {
  readonly get: (name: string) => string;
  readonly all: (name: string) => readonly string[];
};

export function sentOf(body: unknown): Sent {
  const record = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const all = (name: string): readonly string[] => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return list.filter((item) => typeof item === 'string').map((item) => item.replaceAll('\0', '').trim());
  };
  return { all, get: (name) => all(name)[0] ?? '' };
}

export const NOTHING_SENT = sentOf(undefined);

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly error?: string | undefined;
  /** Keeps ids apart where a page has several forms. */
  readonly prefix?: string;
};

type Input = Field & {
  readonly type?: 'text' | 'tel' | 'date' | 'password';
  readonly inputmode?: 'numeric' | 'tel';
  readonly autocomplete?: string;
  readonly maxlength?: number;
  readonly width?: 'short' | 'middle';
};

export function textField(field: Input): Html {
  const { type = 'text', inputmode, autocomplete = 'off', maxlength = 200, width } = field;
  return framed(
    field,
    (id, described) =>
      html`<input id="${id}" name="${field.name}" type="${type}" value="${field.value}" maxlength="${maxlength}" autocomplete="${autocomplete}"${
        inputmode && html` inputmode="${inputmode}"`
      }${width && html` class="${width}"`}${described}>`,
  );
}

export function textArea(field: Field & { readonly rows?: number; readonly maxlength?: number }): Html {
  const { rows = 3, maxlength = 2000 } = field;
  // The line break after the tag is not part of the value; without it a value that begins with one would lose it.
  return framed(
    field,
    (id, described) =>
      html`<textarea id="${id}" name="${field.name}" rows="${rows}" maxlength="${maxlength}"${described}>
${field.value}</textarea>`,
  );
}

export type Option = {
  readonly value: string;
  readonly label: string;
  readonly group?: string;
  readonly hint?: string;
};

export function selectField(field: Field & { readonly options: readonly Option[] }): Html {
  return framed(
    field,
    (id, described) =>
      html`<select id="${id}" name="${field.name}"${described}>${optionsOf(field.options, field.value)}</select>`,
  );
}

function optionsOf(options: readonly Option[], value: string): readonly Html[] {
  const groups = Map.groupBy(options, (option) => option.group ?? '');
  return [...groups].map(([group, members]) => {
    const rows = members.map(
      (o) => html`<option value="${o.value}"${flag('selected', o.value === value)}>${o.label}</option>`,
    );
    return group === '' ? html`${rows}` : html`<optgroup label="${group}">${rows}</optgroup>`;
  });
}

/** One of several, or several of them (`many`). */
export function choiceField(
  field: Omit<Field, 'value'> & {
    readonly options: readonly Option[];
    readonly chosen: readonly string[];
    readonly many?: boolean;
    readonly inline?: boolean;
  },
): Html {
  const id = idOf(field);
  const rows = field.options.map(
    ({ value, label, hint }, i) =>
      html`<div class="choice"><input type="${field.many ? 'checkbox' : 'radio'}" id="${id}-${i}" name="${field.name}" value="${value}"${flag(
        'checked',
        field.chosen.includes(value),
      )}><label for="${id}-${i}">${label}${hint && html`<small>${hint}</small>`}</label></div>`,
  );
  return html`<fieldset id="${id}" class="field${field.error && ' wrong'}"${describedBy(field)}><legend>${field.label}</legend>
${notes(field)}<div class="choices${field.inline && ' inline'}">${rows}</div></fieldset>`;
}

/** The list above a form of what is to be mended, each a link to its field. */
export function errorSummary(title: string, errors: readonly { field: string; text: string }[]): Child {
  if (errors.length === 0) return undefined;
  return html`<div class="alert" role="alert"><h2>${title}</h2><ul>${errors.map(
    ({ field, text }) => html`<li><a href="#f-${field}">${text}</a></li>`,
  )}</ul></div>`;
}

function framed(field: Field, control: (id: string, described: Html) => Html): Html {
  const id = idOf(field);
  return html`<div class="field${field.error && ' wrong'}"><label for="${id}">${field.label}</label>
${notes(field)}${control(id, describedBy(field))}</div>`;
}

function notes(field: Omit<Field, 'value'>): Html {
  const id = idOf(field);
  return html`${field.hint && html`<p class="hint" id="${id}-hint">${field.hint}</p>`}${
    field.error && html`<p class="error" id="${id}-error">${field.error}</p>`
  }`;
}

function describedBy(field: Omit<Field, 'value'>): Html {
  const id = idOf(field);
  const ids = [field.hint && `${id}-hint`, field.error && `${id}-error`].filter(Boolean).join(' ');
  return html`${ids !== '' && html` aria-describedby="${ids}"`}${field.error && html` aria-invalid="true"`}`;
}

function idOf(field: { readonly name: string; readonly prefix?: string }): string {
  return `f-${field.prefix ? `${field.prefix}-` : ''}${field.name}`;
}
