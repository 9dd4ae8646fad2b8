import { type Answer, useCall, useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Story } from './story-type.ts';
import { CASE_WORDS } from './words/words.ts';

type Purposes = Answer<'getCaseForms'>['purposes'];

/** Who asked, for a purpose that is named: each look is written down, and the person sees it. Nothing of it is kept here. */
export function Contact({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  const forms = useCall('getCaseForms', { params: { id: story.caseId } });
  const look = useSend('readContact');
  const purposes = forms.data?.purposes ?? [];
  if (purposes.length === 0) return null;
  return (
    <details>
      <summary>{w.contact.show}</summary>
      <Ask
        story={story}
        purposes={purposes}
        isPending={look.isPending}
        onAsk={(body) => look.mutate({ params: { id: story.caseId }, body })}
      />
      {look.error && (
        <p className="bad-news" role="alert">
          {look.error.message} {look.error.remedy}
        </p>
      )}
      {look.data && <Shown contact={look.data} />}
    </details>
  );
}

type AskProps = {
  readonly story: Story;
  readonly purposes: Purposes;
  readonly isPending: boolean;
  readonly onAsk: (body: { number: string; purpose: string; reason?: string }) => void;
};

function Ask({ story, purposes, isPending, onAsk }: AskProps): ReactNode {
  const w = useWords(CASE_WORDS);
  const [number, setNumber] = useState(story.voices[0]?.number ?? '');
  const [purpose, setPurpose] = useState(purposes[0]?.code ?? '');
  const [reason, setReason] = useState('');
  const asksReason = purposes.find(({ code }) => code === purpose)?.asksReason ?? false;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onAsk({ number, purpose, ...(reason.trim() ? { reason: reason.trim() } : {}) });
  };
  return (
    <form className="schema-form contact-form" onSubmit={send}>
      {story.voices.length > 1 && (
        <label className="schema-field">
          {w.sections.requests}
          <select className="field wide" value={number} onChange={(event) => setNumber(event.target.value)}>
            {story.voices.map((voice) => (
              <option key={voice.number} value={voice.number}>
                {voice.sayAs}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="schema-field">
        {w.contact.purpose}
        <select className="field wide" value={purpose} onChange={(event) => setPurpose(event.target.value)}>
          {purposes.map(({ code, name, basis }) => (
            <option key={code} value={code} title={basis}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="schema-field">
        <span>
          {w.contact.reason} {!asksReason && <small>{w.form.optional}</small>}
        </span>
        <input
          required={asksReason}
          className="field wide"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={isPending}>
        {w.contact.go}
      </button>
      <p className="hint">{w.contact.hint}</p>
    </form>
  );
}

function Shown({ contact }: { readonly contact: Answer<'readContact'> }): ReactNode {
  const w = useWords(CASE_WORDS);
  const people = [contact.requester, contact.reportedBy, contact.contact].filter((one) => one !== undefined);
  return (
    <div role="status">
      {people.length === 0 && <p>{w.contact.nobody}</p>}
      {people.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three at most, in a fixed order
        <p key={i}>
          <b>{one.name}</b> {(one.reachMe ?? []).map(sayWay).join(' · ')}
        </p>
      ))}
    </div>
  );
}

function sayWay({
  address,
  hours,
}: {
  readonly address?: string | undefined;
  readonly hours?: string | undefined;
}): string {
  return [address, hours].filter(Boolean).join(' ');
}
