import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { type Outcome, useOrders } from '../shared/command.ts';
import { type FormValue, type Schema, SchemaForm } from '../shared/schema-form.tsx';
import type { Row } from './put-rows.ts';
import { QUEUE_WORDS } from './words/words.ts';

/** Acts whose form speaks of no one case, so that one filled in form fits many. */
const TOGETHER = new Set([
  'accept',
  'triage',
  'dispatch',
  'note',
  'urge',
  'close',
  'setKind',
  'rule',
  'decline',
  'escalate',
]);

type Props = {
  readonly chosen: readonly string[];
  readonly rows: readonly Row[];
  readonly onChoose: (caseIds: readonly string[]) => void;
};

/** What can be done to all that are marked, and what came of it for each. */
export function Bulk({ chosen, rows, onChoose }: Props): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>();
  const told = outcomes && (
    <Outcomes outcomes={outcomes} rows={rows} onClose={() => setOutcomes(undefined)} />
  );
  if (chosen.length === 0) return told;
  return (
    <>
      {told}
      <div className="bulk">
        <p className="bulk-head">
          <b>{w.chosen(chosen.length)}</b>
          <button type="button" className="bare" onClick={() => onChoose(rows.map(({ caseId }) => caseId))}>
            {w.all}
          </button>
          <button type="button" className="bare" onClick={() => onChoose([])}>
            {w.none2}
          </button>
        </p>
        <Together
          chosen={chosen}
          onDone={(done) => {
            setOutcomes(done);
            // What was refused stays marked: it can be done another way.
            onChoose(done.flatMap((one) => ('refused' in one ? [one.caseId] : [])));
          }}
        />
      </div>
    </>
  );
}

function Together({
  chosen,
  onDone,
}: {
  readonly chosen: readonly string[];
  readonly onDone: (outcomes: readonly Outcome[]) => void;
}): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const orders = useOrders();
  const [action, setAction] = useState<string>();
  const forms = useCall('getCaseForms', { params: { id: chosen[0] ?? '' } });
  const offered = forms.data?.forms.filter(({ act }) => TOGETHER.has(act)) ?? [];
  const form = offered.find((one) => one.action === action);
  const send = (input: Readonly<Record<string, FormValue>>): void => {
    if (!form) return;
    orders.mutate(
      chosen.map((caseId) => ({ caseId, action: form.action, input })),
      { onSuccess: onDone },
    );
  };
  return (
    <>
      <p className="row">
        {offered.map((one) => (
          <button
            key={one.action}
            type="button"
            className="button"
            aria-pressed={one.action === action}
            onClick={() => setAction(one.action === action ? undefined : one.action)}
          >
            {one.label}
          </button>
        ))}
        {forms.data && offered.length === 0 && <span className="soft">{w.bulkNone}</span>}
      </p>
      {form && (
        <SchemaForm
          key={form.action}
          schema={form.schema as Schema}
          submit={`${form.label} · ${w.chosen(chosen.length)}`}
          isPending={orders.isPending}
          onSubmit={send}
        />
      )}
    </>
  );
}

function Outcomes(props: {
  readonly outcomes: readonly Outcome[];
  readonly rows: readonly Row[];
  readonly onClose: () => void;
}): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const { language } = useLanguage();
  const { outcomes, rows, onClose } = props;
  const no = outcomes.filter((one) => 'refused' in one);
  const nameOf = (caseId: string): string => {
    const row = rows.find((one) => one.caseId === caseId);
    return row ? `${row.kind.name[language]} · ${row.place.name}` : caseId.slice(0, 13);
  };
  return (
    <div className="bulk" role="status">
      <p className="bulk-head">
        <b>{w.outcome(outcomes.length - no.length, no.length)}</b>
        <button type="button" className="bare" onClick={onClose}>
          ×
        </button>
      </p>
      <ul className="outcomes">
        {outcomes.map((one) => (
          <li key={one.caseId} className={'refused' in one ? 'no' : 'yes'}>
            {nameOf(one.caseId)} <small>{'refused' in one ? one.refused.message : w.doneOne}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
