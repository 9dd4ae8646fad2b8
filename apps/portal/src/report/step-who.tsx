import type { WhatIsRead } from '@gezhi/contract';
import { type ProblemError, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Trouble } from '../shell/trouble.tsx';
import { WORDS } from '../words/words.ts';
import type { Draft, Way } from './draft.ts';
import { KindQuestions } from './kind-questions.tsx';
import type { StepProps } from './step.ts';

const WAYS = ['none', 'phone', 'sms', 'visit', 'mail'] as const satisfies readonly Way[];
const PHONE = /^\+?[\d\s()-]{5,20}$/;

/** How to tell the outcome: not at all, or by the way that is chosen. Then it is sent. */
export function StepWho(
  props: StepProps & {
    readonly read: WhatIsRead | undefined;
    readonly sending: boolean;
    readonly refused: ProblemError | undefined;
  },
): ReactNode {
  const { draft, change, onNext, onBack, read, sending, refused } = props;
  const w = useWords(WORDS);
  const r = w.report;
  const [wrong, setWrong] = useState<string>();
  const on = (event: FormEvent): void => {
    event.preventDefault();
    const why = wrongOf(draft);
    setWrong(why && r[why]);
    if (!why) onNext();
  };
  return (
    <form className="sheet" onSubmit={on} noValidate>
      <p className="lead">{r.whoLead}</p>
      <ContactFields draft={draft} change={change} wrong={wrong} />
      {!draft.joins && <KindQuestions draft={draft} change={change} read={read} />}
      <label className="check">
        <input
          type="checkbox"
          checked={draft.isPublic}
          onChange={(event) => change({ isPublic: event.target.checked })}
        />
        <span>{r.publicity}</span>
      </label>
      {refused && <Trouble error={refused} />}
      <div className="go-row">
        <button type="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="submit" className="go" disabled={sending}>
          {sending ? r.sending : r.send}
        </button>
      </div>
    </form>
  );
}

/** What is wrong with the contact, if anything. */
export function wrongOf({
  way,
  address,
}: Pick<Draft, 'way' | 'address'>): 'addressMissing' | 'phoneWrong' | undefined {
  if (way === 'none') return undefined;
  if (!address.trim()) return 'addressMissing';
  if ((way === 'phone' || way === 'sms') && !PHONE.test(address.trim())) return 'phoneWrong';
  return undefined;
}

export function ContactFields(props: {
  readonly draft: Pick<Draft, 'way' | 'address' | 'name' | 'isChild'>;
  readonly change: (part: Partial<Draft>) => void;
  readonly wrong: string | undefined;
}): ReactNode {
  const { draft, change, wrong } = props;
  const w = useWords(WORDS);
  const r = w.report;
  return (
    <>
      <fieldset className="choices">
        <legend className="hidden">{r.who}</legend>
        {WAYS.map((way) => (
          <label key={way}>
            <input
              type="radio"
              name="way"
              checked={draft.way === way}
              onChange={() => change({ way, ...(way === 'none' ? { address: '', name: '' } : {}) })}
            />
            <span>{r.ways[way]}</span>
          </label>
        ))}
      </fieldset>
      {draft.way !== 'none' && (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={draft.isChild === true}
              onChange={(event) => change({ isChild: event.target.checked })}
            />
            <span>{r.child}</span>
          </label>
          {draft.isChild && <p className="hint">{r.childHint}</p>}
          <label htmlFor="address">{r.address[draft.way]}</label>
          <input
            id="address"
            type={draft.way === 'phone' || draft.way === 'sms' ? 'tel' : 'text'}
            maxLength={200}
            value={draft.address}
            aria-invalid={wrong !== undefined}
            aria-describedby={wrong === undefined ? undefined : 'address-error'}
            onChange={(event) => change({ address: event.target.value })}
          />
          {wrong && (
            <p className="error" id="address-error" role="alert">
              {wrong}
            </p>
          )}
          <label htmlFor="name">
            {draft.isChild ? r.guardianName : r.name}
            {w.optional}
          </label>
          <input
            id="name"
            type="text"
            maxLength={100}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </>
      )}
    </>
  );
}
