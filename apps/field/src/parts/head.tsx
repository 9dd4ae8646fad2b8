import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import { quietAt } from '../day/quiet.ts';
import { WORDS } from '../words/words.ts';
import { Icon } from './icon.tsx';

type Props = { readonly title: string; readonly under?: string; readonly back?: string };

/** The top of a page: where one is, and what one should know now: no network, off duty. */
export function Head({ title, under, back }: Props): ReactNode {
  const w = useWords(WORDS);
  const { language, choose } = useLanguage();
  const { phase, online, full, resting, askSignIn } = useKeeper();
  return (
    <header className="head">
      <div className="head-row">
        {back !== undefined && (
          <Link to={back} className="head-back" aria-label={w.back}>
            <Icon name="back" />
          </Link>
        )}
        <div className="head-title">
          <h1>{title}</h1>
          {under && <p>{under}</p>}
        </div>
        <button
          type="button"
          className="quiet"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
        >
          {w.language}
        </button>
      </div>
      {!online && (
        <p className="strip wait" role="status">
          <Icon name="cloudOff" />
          {w.offline}
        </p>
      )}
      {online && resting === 'signIn' && phase === 'ready' && (
        <p className="strip wait version">
          {w.outbox.resting.signIn}
          <button type="button" onClick={askSignIn}>
            {w.signIn.enter}
          </button>
        </p>
      )}
      {full && (
        <p className="strip late" role="alert">
          {w.full}
        </p>
      )}
      <QuietLine />
    </header>
  );
}

function QuietLine(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day, now } = useKeeper();
  if (!day) return null;
  const { quiet, until } = quietAt(day.duty, now);
  if (!quiet) return null;
  return (
    <p className="strip">
      <Icon name="moon" />
      <span>{w.quiet(until && sayMoment(until, language))}</span>
    </p>
  );
}
