import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { WORDS } from '../words/words.ts';
import { Human } from './human.tsx';
import { useMode } from './mode.tsx';
import { OutboxNote } from './outbox-note.tsx';
import { ReadAloud } from './read-aloud.tsx';

const LazyClock = lazy(async () => ({ default: (await import('./kiosk-clock.tsx')).KioskClock }));

const PLACES = [
  ['/', 'report'],
  ['/mine', 'mine'],
  ['/near', 'near'],
  ['/guide', 'guide'],
  ['/who', 'who'],
] as const;

/** What stands around every page: the town, the languages, the large version, a person to call, and the ways to go. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const w = useWords(WORDS);
  const { kiosk } = useMode();
  const [path] = useLocation();
  useEffect(() => {
    if (path) scrollTo(0, 0);
  }, [path]);
  return (
    <>
      <a className="skip" href="#main">
        {w.skip}
      </a>
      <Head />
      <nav className="tabs" aria-label={w.service}>
        {PLACES.map(([to, name]) => (
          <Link key={to} href={to} aria-current={isAt(path, to) ? 'page' : undefined}>
            {w.nav[name]}
          </Link>
        ))}
      </nav>
      {kiosk && (
        <Suspense>
          <LazyClock />
        </Suspense>
      )}
      <OutboxNote />
      {children}
      {!kiosk && <Foot />}
    </>
  );
}

function isAt(path: string, to: string): boolean {
  return to === '/' ? path === '/' : path.startsWith(to);
}

function Head(): ReactNode {
  const w = useWords(WORDS);
  const { language, choose } = useLanguage();
  const { elder, kiosk, setElder } = useMode();
  const town = useCall('getTown', { query: {} }, { staleTime: 3_600_000 });
  const name = town.data?.name[language] ?? '格治';
  useEffect(() => {
    document.title = `${name} · ${w.service}`;
  }, [name, w]);
  return (
    <header className="head">
      <p className="town">
        <strong>{name}</strong> <span>{w.service}</span>
      </p>
      <div className="tools">
        <button
          type="button"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
        >
          {w.language}
        </button>
        <button type="button" aria-pressed={elder} onClick={() => setElder(!elder)}>
          {elder ? w.elderOff : w.elder}
        </button>
        {elder && <ReadAloud />}
        {(elder || kiosk) && <Human />}
      </div>
    </header>
  );
}

function Foot(): ReactNode {
  const w = useWords(WORDS);
  const { elder } = useMode();
  return (
    <footer className="foot">
      {!elder && <Human />}
      <Link href="/about">{w.about}</Link>
      <Link href="/mine">{w.data}</Link>
      <a href="/report">{w.plain}</a>
    </footer>
  );
}
