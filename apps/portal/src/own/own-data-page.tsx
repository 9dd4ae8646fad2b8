import type { OwnData } from '@gezhi/contract';
import { sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { codeOf } from '../kept/opened.ts';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { OWN_WORDS } from '../words/own/words.ts';
import { AskOwn } from './ask-own.tsx';

/** My own data under a number: who looked, a copy to take along, and what I may ask for. */
export function OwnDataPage({ number }: { readonly number: string }): ReactNode {
  const { data: w } = useWords(OWN_WORDS);
  const code = codeOf(number);
  const query = code ? { code } : {};
  const own = useCall('getOwnData', { params: { number }, query }, { enabled: code !== undefined });
  return (
    <main className="page" id="main">
      <p className="screen">
        <Link href={code ? `/mine/${number}` : '/mine'}>{w.back}</Link>
      </p>
      <h1>{w.title}</h1>
      <p className="lead">{w.lead}</p>
      {code !== undefined && own.isPending && <Loading />}
      {own.error && <Trouble error={own.error} onAgain={() => void own.refetch()} />}
      {code === undefined && <p className="note">{w.openFirst}</p>}
      {own.data && code && (
        <>
          <Looks data={own.data} />
          <Copy data={own.data} />
          <AskOwn of={{ number, code }} />
        </>
      )}
    </main>
  );
}

function Looks({ data }: { readonly data: OwnData }): ReactNode {
  const { data: w } = useWords(OWN_WORDS);
  const { language } = useLanguage();
  const others = data.looks.filter(({ purpose }) => purpose !== 'own');
  return (
    <section aria-labelledby="looks">
      <h2 id="looks">{w.looks}</h2>
      {others.length === 0 && <p className="note">{w.noLooks}</p>}
      <ul className="looks">
        {others.map((look) => (
          <li key={`${look.at} ${look.post} ${look.purpose}`}>
            <time dateTime={look.at}>{sayMoment(look.at, language)}</time>
            <p>
              <strong>{look.unit ? `${look.unit} · ${look.post}` : w.system}</strong>
              {look.staff && ` ${w.staff(look.staff)}`}
            </p>
            <p>{look.purposeName[language]}</p>
            {look.reason && <blockquote>{look.reason}</blockquote>}
            <p className="hint" lang="zh-CN">
              {look.basis}
            </p>
          </li>
        ))}
      </ul>
      {data.attempts.length > 0 && (
        <div className="note">
          <h3>{w.attempts}</h3>
          <p>{w.attemptsHint}</p>
          <ul>
            {data.attempts.map(({ at, unit, post, staff }) => (
              <li key={`${at} ${post}`}>
                {sayMoment(at, language)} · {unit} · {post} {staff && w.staff(staff)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {data.putOff > 0 && <p className="hint">{w.putOff(data.putOff)}</p>}
    </section>
  );
}

function Copy({ data }: { readonly data: OwnData }): ReactNode {
  const { data: w } = useWords(OWN_WORDS);
  const { language } = useLanguage();
  return (
    <section aria-labelledby="copy">
      <h2 id="copy">{w.copy}</h2>
      <dl className="facts">
        {Object.entries(data.contact).map(([role, person]) => (
          <div key={role}>
            <dt>{w.roles[role as keyof typeof w.roles] ?? role}</dt>
            <dd>
              {[person.name, ...(person.reachMe ?? []).map(({ address }) => address)]
                .filter(Boolean)
                .join(' · ')}
            </dd>
          </div>
        ))}
        {Object.keys(data.contact).length === 0 && (
          <div>
            <dt>{w.contact}</dt>
            <dd>{w.nobody}</dd>
          </div>
        )}
        <div>
          <dt>{w.matter}</dt>
          <dd>{data.kindName[language]}</dd>
        </div>
      </dl>
      {data.said.map((said) => (
        <blockquote key={said}>{said}</blockquote>
      ))}
      {data.kept.map(({ until, reason }) => (
        <p className="note" key={reason}>
          {w.kept(sayMoment(until, language), reason)}
        </p>
      ))}
      <p className="go-row screen">
        <button type="button" onClick={() => save(data)}>
          {w.download}
        </button>
        <button type="button" onClick={() => print()}>
          {w.print}
        </button>
      </p>
    </section>
  );
}

/** The copy as a file that a machine reads too (PIPL Art. 45). */
function save(data: OwnData): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify(data, undefined, 2)], { type: 'application/json' }),
  );
  link.download = `${data.number}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
