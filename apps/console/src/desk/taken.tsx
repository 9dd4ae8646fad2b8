import { type Answer, sayMoment, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { DESK_WORDS } from './words/words.ts';

type Props = {
  readonly taken: Answer<'fileCall'> & { readonly seconds: number };
  readonly onNext: () => void;
};

/** What came of the call, to be read out: number, code, where it is now, and what was refused besides. */
export function Taken({ taken, onNext }: Props): ReactNode {
  const w = useWords(DESK_WORDS);
  const { language } = useLanguage();
  const { sayAs, code, caseId, joined, refused, now, seconds } = taken;
  return (
    <div className="taken" role="status">
      {sayAs ? <p className="taken-number">{w.taken(sayAs)}</p> : <p>{w.waits}</p>}
      {code && (
        <p className="taken-code">
          {w.code(code)} <small>{w.tellCaller}</small>
        </p>
      )}
      {joined && <p>{w.joined}</p>}
      {now && (
        <p>
          {[w.state(now.state, now.unit), now.promised && w.promised(sayMoment(now.promised, language))]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {now && now.handedOff.length > 0 && (
        <p className="late-text">{w.handedOff(now.handedOff.join(' · '))}</p>
      )}
      {refused.map((why) => (
        <p key={why} className="bad-news">
          {why}
        </p>
      ))}
      <p className="row">
        <button
          type="button"
          className="button go"
          // biome-ignore lint/a11y/noAutofocus: the next caller waits
          autoFocus
          onClick={onNext}
        >
          {w.next} <kbd>Alt+N</kbd>
        </button>
        {caseId && (
          <Link className="button" href={`~/console/cases/${caseId}`}>
            {w.openCase}
          </Link>
        )}
        {caseId && (
          <a className="button" href={`/console/print/receipt/${caseId}`} target="_blank" rel="noreferrer">
            {w.print}
          </a>
        )}
      </p>
      <p>
        <small>{w.seconds(seconds)}</small>
      </p>
    </div>
  );
}
