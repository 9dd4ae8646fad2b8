import { sayDay, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { CASE_WORDS } from './words/words.ts';

/** What was decided and done before in matters like this one; asked when it is opened. */
export function Precedents({ caseId }: { readonly caseId: string }): ReactNode {
  const w = useWords(CASE_WORDS);
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>{w.sections.precedents}</h2>
        </summary>
        {isOpen && <Found caseId={caseId} />}
      </details>
    </section>
  );
}

function Found({ caseId }: { readonly caseId: string }): ReactNode {
  const { data } = useCall('getPrecedents', { params: { id: caseId } }, { staleTime: 60_000 });
  const w = useWords(CASE_WORDS);
  if (!data) return null;
  const p = w.precedents;
  return (
    <div className="precedents">
      {data.isFinal && <p className="bad-news">{p.final}</p>}
      <h3>{p.lines}</h3>
      {data.lines.length === 0 && <p className="soft">{p.noLines}</p>}
      <ul className="plain">
        {data.lines.map((line) => (
          <li key={`${line.unit.code} ${line.role} ${line.kind} ${line.place}`}>
            <b>{line.unit.name}</b> · {line.role} · {line.kind} · {line.place}
            <small> {line.basis}</small>
          </li>
        ))}
      </ul>
      <Rulings rulings={data.rulings} />
      <h3>{p.similar}</h3>
      {data.similar.length === 0 && <p className="soft">{p.noSimilar}</p>}
      <ul className="plain">
        {data.similar.map((one) => (
          <li key={one.caseId}>
            <Link href={`~/console/cases/${one.caseId}`}>{one.kind}</Link> · {one.place}
            <small>
              {[
                p.same(Math.round(one.chance * 100)),
                one.state,
                one.unit,
                one.outcome,
                p.people(one.requests),
                one.solved && p.solved(one.solved.yes, one.solved.asked),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {one.words && <blockquote>{one.words}</blockquote>}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Ruling = NonNullable<ReturnType<typeof useCall<'getPrecedents'>>['data']>['rulings'][number];

function Rulings({ rulings }: { readonly rulings: readonly Ruling[] }): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const p = w.precedents;
  return (
    <>
      <h3>{p.rulings}</h3>
      {rulings.length === 0 && <p className="soft">{p.noRulings}</p>}
      <ul className="plain">
        {rulings.map(({ ruling, from, to, basis, at, state, applied }) => (
          <li key={ruling}>
            <b>{ruling}</b> {p.toFrom(from?.name ?? p.nobody, to.name)}
            <small>
              {sayDay(at, language)} · {p.states[state] ?? state} · {p.applied(applied)} · {basis}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
