import { sayMoment, sayTime, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { unsettled } from '../outbox/outbox.ts';
import { Head } from '../parts/head.tsx';
import { roomLeft } from '../photo/room-left.ts';
import { WORDS } from '../words/words.ts';

const HOURS_SHOWN = 4;

/** Who works here and when, what lies on the phone, and what this app never does. */
export function MeScreen(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { me, day, entries, online, signOut } = useKeeper();
  const unsent = unsettled(entries).length;
  return (
    <>
      <Head title={w.me.title} under={me?.name ?? ''} />
      <main className="screen">
        <dl className="facts">
          <dt>{w.me.area}</dt>
          <dd>
            {day?.place?.name ?? w.me.wholeUnit}
            <small>{me?.unitName}</small>
          </dd>
          {day && (
            <>
              <dt>{w.me.hours}</dt>
              <dd>
                {day.duty.always
                  ? w.me.always
                  : day.duty.hours.slice(0, HOURS_SHOWN).map(({ from, to }) => (
                      <span key={from}>
                        {sayMoment(from, language)} – {sayTime(to, language)}
                      </span>
                    ))}
              </dd>
            </>
          )}
          <dt>{w.me.room}</dt>
          <dd>
            <Room />
          </dd>
          <dt>{w.me.install}</dt>
          <dd>{w.me.installMore}</dd>
        </dl>
        <h2 className="small">{w.me.never}</h2>
        <ul>
          {w.me.nevers.map((never) => (
            <li key={never}>{never}</li>
          ))}
        </ul>
        <div className="buttons">
          <button type="button" disabled={!online} onClick={() => void signOut()}>
            {w.me.signOut}
          </button>
          <a className="button" href="/queue">
            {w.me.desk}
          </a>
        </div>
        <p className="hint">{unsent > 0 ? w.me.signOutUnsent(unsent) : w.me.signOutMore}</p>
      </main>
    </>
  );
}

function Room(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    void roomLeft().then(setLeft);
  }, []);
  if (left === undefined) return w.me.roomUnknown;
  const mb = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 0,
  });
  return w.me.roomLeft(mb.format(left / 1024 / 1024));
}
