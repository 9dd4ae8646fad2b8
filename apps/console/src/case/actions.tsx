import { useCall, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { NextCall } from '../queue/next-call.tsx';
import { type Outcome, useOrders } from '../shared/command.ts';
import { type FormValue, isBare, type Schema, SchemaForm } from '../shared/schema-form.tsx';
import type { Story } from './story-type.ts';
import { CASE_WORDS } from './words/words.ts';

type Answered = NonNullable<ReturnType<typeof useForms>>;
type Form = Answered['forms'][number];

function useForms(story: Story) {
  return useCall('getCaseForms', { params: { id: story.caseId } }).data;
}

/** What this post may do now, those that move the case first; each opens the form that it needs. */
export function Actions({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  const forms = useForms(story);
  const [chosen, setOpen] = useState<string | null>();
  const [news, setNews] = useState<string>();
  if (!forms) return null;
  const moving = forms.forms.filter(({ moves }) => moves);
  const others = forms.forms.filter(({ moves }) => !moves);
  // A call that this seat was given waits on the line: its form is open.
  const open = chosen === undefined ? forms.forms.find(({ act }) => act === 'callBack')?.action : chosen;
  const shown = forms.forms.find(({ action }) => action === open);
  const button = (form: Form): ReactNode => (
    <button
      key={form.action}
      type="button"
      className={form.moves ? 'button go' : 'button'}
      aria-expanded={form.action === open}
      onClick={() => {
        setNews(undefined);
        setOpen(form.action === open ? null : form.action);
      }}
    >
      {form.label}
    </button>
  );
  return (
    <section className="card acts" aria-labelledby="acts">
      <h2 id="acts">{w.sections.actions}</h2>
      {forms.takesCalls && <NextCall />}
      {moving.length > 0 && <div className="row">{moving.map(button)}</div>}
      {moving.length === 0 && !forms.takesCalls && <WhoCan story={story} />}
      {others.length > 0 && (
        <details open={moving.length === 0 || others.some(({ action }) => action === open) || undefined}>
          <summary>{w.sections.more}</summary>
          <div className="row">{others.map(button)}</div>
        </details>
      )}
      {shown?.room ? (
        <p>
          <Link className="button go" href={`~/console/${shown.room}/new/${story.caseId}`}>
            {shown.label}
          </Link>
        </p>
      ) : (
        shown && (
          <ActForm
            key={shown.action}
            story={story}
            form={shown}
            approvers={forms.approvers}
            onDone={() => {
              setOpen(null);
              setNews(w.done(shown.label));
            }}
          />
        )
      )}
      {news && (
        <p className="good-news" role="status">
          {news}
        </p>
      )}
    </section>
  );
}

function WhoCan({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  return (
    <>
      <p className="soft">{w.noActions}</p>
      {story.whoCan.length > 0 && (
        <details>
          <summary>{w.whoCan}</summary>
          <ul className="plain">
            {story.whoCan.map(({ text, basis }) => (
              <li key={text}>
                {text} <small>{basis}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type ActFormProps = {
  readonly story: Story;
  readonly form: Form;
  readonly approvers: Answered['approvers'];
  readonly onDone: () => void;
};

function ActForm({ story, form, approvers, onDone }: ActFormProps): ReactNode {
  const w = useWords(CASE_WORDS);
  const orders = useOrders();
  const [outcome, setOutcome] = useState<Outcome>();
  const [bend, setBend] = useState({ reason: '', approver: '' });
  const refused = outcome && 'refused' in outcome ? outcome.refused : undefined;
  const mayBend = refused?.code === 'guard' && refused.details.hardness === 'bendable';
  const send = (input: Readonly<Record<string, FormValue>>): void => {
    const order = {
      caseId: story.caseId,
      action: form.action,
      input,
      expectedSeq: story.seq,
      ...(mayBend && bend.reason && bend.approver ? { bend } : {}),
    };
    orders.mutate([order], {
      onSuccess: ([first]) => {
        setOutcome(first);
        if (first && 'done' in first) onDone();
      },
    });
  };
  const schema = form.schema as Schema;
  return (
    <div className="act-open">
      {refused && (
        <p className="bad-news" role="alert">
          {refused.code === 'stale' ? w.stale : refused.message} {refused.code !== 'stale' && refused.remedy}
        </p>
      )}
      <SchemaForm
        schema={schema}
        submit={mayBend ? w.form.again : form.label}
        isPending={orders.isPending}
        onSubmit={send}
      >
        {isBare(schema) && !refused && <p className="hint">{form.label}</p>}
        {mayBend && (
          <fieldset className="schema-group">
            <legend>{w.form.bend}</legend>
            <label className="schema-field">
              {w.form.bendReason}
              <textarea
                className="field wide"
                rows={2}
                required
                value={bend.reason}
                onChange={(event) => setBend({ ...bend, reason: event.target.value })}
              />
            </label>
            <label className="schema-field">
              {w.form.approver}
              <select
                className="field wide"
                required
                value={bend.approver}
                onChange={(event) => setBend({ ...bend, approver: event.target.value })}
              >
                <option value="">{w.form.choose}</option>
                {approvers.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </fieldset>
        )}
      </SchemaForm>
    </div>
  );
}
