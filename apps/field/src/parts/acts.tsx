import { useLanguage, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type FieldAction, wayThrough } from '../outbox/ahead.ts';
import { WORDS } from '../words/words.ts';
import { Icon } from './icon.tsx';
import { Tasks } from './tasks.tsx';
import { useDo } from './use-do.ts';
import type { Working } from './working.ts';

type Open = 'finish' | 'handBack' | 'note' | undefined;

/** What can be done here now: the one tap first, then what needs words. */
export function Acts({ working }: { readonly working: Working }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { c, actions } = working;
  const [open, setOpen] = useState<Open>();
  const act = useDo(c);
  const find = (name: string): FieldAction | undefined => actions.find((action) => action.act === name);
  const [accept, finish, note, handBack] = [find('accept'), find('finish'), find('note'), find('apply')];
  const done = (): void => setOpen(undefined);
  return (
    <section className="acts">
      <Tasks working={working} />
      <Settle working={working} />
      {accept && (
        <button type="button" onClick={() => void act([{ action: accept }])}>
          {accept.label[language]}
        </button>
      )}
      <div className="buttons">
        {finish && (
          <button
            type="button"
            aria-expanded={open === 'finish'}
            onClick={() => setOpen(open === 'finish' ? undefined : 'finish')}
          >
            {w.one.settleTitle}…
          </button>
        )}
        {handBack && (
          <button
            type="button"
            aria-expanded={open === 'handBack'}
            onClick={() => setOpen(open === 'handBack' ? undefined : 'handBack')}
          >
            {w.one.handBack}
          </button>
        )}
        {note && (
          <button
            type="button"
            aria-expanded={open === 'note'}
            onClick={() => setOpen(open === 'note' ? undefined : 'note')}
          >
            {w.one.note}
          </button>
        )}
      </div>
      {open === 'finish' && finish && <FinishForm working={working} action={finish} onDone={done} />}
      {open === 'handBack' && handBack && <HandBackForm working={working} action={handBack} onDone={done} />}
      {open === 'note' && note && <NoteForm working={working} action={note} onDone={done} />}
      <p className="hint">{w.one.desk}</p>
    </section>
  );
}

/**
 * Settled on the spot: one tap accepts, where that is still to be done, and reports it solved. Whoever asked is to be contacted first, by
 * law (条例第15条): where that was not done, the tap says that it was done in person.
 */
function Settle({ working }: { readonly working: Working }): ReactNode {
  const w = useWords(WORDS);
  const { c, now, process } = working;
  const act = useDo(c);
  const contacts = process?.actions.some((action) => action.act === 'contact') === true;
  const missing = contacts ? c.requests.filter(({ number }) => !now.contacted.has(number)) : [];
  const contact = missing.map(({ number }) => ({ act: 'contact', input: { number, way: 'visit' } }));
  const finish = { act: 'finish', input: { outcome: 'solved', words: w.one.settleWords } };
  const way =
    wayThrough(process, now, c.may, [...contact, finish]) ??
    wayThrough(process, now, c.may, [{ act: 'accept', input: {} }, ...contact, finish]);
  if (!way) return null;
  return (
    <>
      <button type="button" className="primary settle" onClick={() => void act(way)}>
        <Icon name="check" />
        {missing.length > 0 ? w.one.settleMet : w.one.settle}
      </button>
      <p className="hint">{missing.length > 0 ? w.one.contactFirst : w.one.settleMore}</p>
    </>
  );
}

type FormProps = { readonly working: Working; readonly action: FieldAction; onDone(): void };

const OUTCOMES = ['solved', 'partly', 'explainedUnsolvable'] as const;

function FinishForm({ working, action, onDone }: FormProps): ReactNode {
  const w = useWords(WORDS);
  const act = useDo(working.c);
  const labels = { solved: w.one.settle, partly: w.one.partly, explainedUnsolvable: w.one.explained };
  return (
    <Sheet
      onSend={(form) => {
        void act([{ action, input: { outcome: form.get('outcome'), words: textOf(form, 'words') } }]);
        onDone();
      }}
    >
      <fieldset className="radios">
        <legend>{w.one.settleTitle}</legend>
        {OUTCOMES.map((outcome) => (
          <label key={outcome}>
            <input type="radio" name="outcome" value={outcome} defaultChecked={outcome === 'solved'} />
            {labels[outcome]}
          </label>
        ))}
      </fieldset>
      <Words name="words" label={w.one.outcomeWords} value={w.one.settleWords} />
    </Sheet>
  );
}

function HandBackForm({ working, action, onDone }: FormProps): ReactNode {
  const w = useWords(WORDS);
  const act = useDo(working.c);
  return (
    <Sheet
      onSend={(form) => {
        const basis = textOf(form, 'basis');
        void act([{ action, input: { reason: textOf(form, 'reason'), ...(basis ? { basis } : {}) } }]);
        onDone();
      }}
    >
      <p className="hint">{w.one.handBackMore}</p>
      <Words name="reason" label={w.one.handBackWhy} />
      <label htmlFor="basis">{w.one.handBackBasis}</label>
      <input id="basis" name="basis" maxLength={300} />
    </Sheet>
  );
}

function NoteForm({ working, action, onDone }: FormProps): ReactNode {
  const w = useWords(WORDS);
  const act = useDo(working.c);
  return (
    <Sheet
      onSend={(form) => {
        void act([{ action, input: { words: textOf(form, 'words') } }]);
        onDone();
      }}
    >
      <Words name="words" label={w.one.noteWords} />
    </Sheet>
  );
}

/** A small form whose answer goes into the outbox. */
export function Sheet({
  children,
  onSend,
}: {
  readonly children: ReactNode;
  onSend(form: FormData): void;
}): ReactNode {
  const w = useWords(WORDS);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSend(new FormData(event.currentTarget));
  };
  return (
    <form className="sheet" onSubmit={submit}>
      {children}
      <button type="submit" className="primary">
        {w.one.send}
      </button>
    </form>
  );
}

/** Words that have to be said. */
export function Words({
  name,
  label,
  value,
}: {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
}): ReactNode {
  return (
    <>
      <label htmlFor={name}>{label}</label>
      <textarea id={name} name={name} rows={3} maxLength={4000} required defaultValue={value} />
    </>
  );
}

export function textOf(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
