import { useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { forgetNumber, forgetNumbers, myNumbers } from '../kept/my-numbers.ts';
import { openWith } from '../kept/opened.ts';
import { MyOpen } from '../own/my-open.tsx';
import { FOLLOW_WORDS } from '../words/follow/words.ts';

/** Number and code, and the numbers that this device keeps. */
export function MinePage(): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const [, go] = useLocation();
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [mine, setMine] = useState(myNumbers);
  const on = (event: FormEvent): void => {
    event.preventDefault();
    const digits = number.replace(/\D/g, '');
    if (digits.length !== 12 || code.replace(/\D/g, '').length !== 6) return;
    openWith(digits, code.replace(/\D/g, ''));
    go(`/mine/${digits}`);
  };
  return (
    <main className="page" id="main">
      <h1>{w.title}</h1>
      <form className="sheet" onSubmit={on}>
        <p className="lead">{w.lead}</p>
        <label htmlFor="number">{w.number}</label>
        <input
          id="number"
          inputMode="numeric"
          autoComplete="off"
          required
          pattern="[1-9](?:[\s\-]*\d){11}"
          title={w.numberHint}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <p className="hint">{w.numberHint}</p>
        <label htmlFor="code">{w.code}</label>
        <input
          id="code"
          inputMode="numeric"
          autoComplete="off"
          required
          pattern="\s*\d{3}\s*\d{3}\s*"
          title={w.codeHint}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <p className="hint">{w.codeHint}</p>
        <div className="go-row">
          <button type="submit" className="go">
            {w.open}
          </button>
        </div>
      </form>
      <MyOpen />
      <section aria-labelledby="here">
        <h2 id="here">{w.here}</h2>
        {mine.length === 0 && <p className="hint">{w.none}</p>}
        <ul className="cards">
          {mine.map((one) => (
            <li key={one.number}>
              <Link href={`/mine/${one.number}`}>
                <strong>{one.sayAs}</strong>
                <span>{one.words}</span>
              </Link>
              <button
                type="button"
                className="link"
                aria-label={`${w.forget} ${one.sayAs}`}
                onClick={() => {
                  forgetNumber(one.number);
                  setMine(myNumbers());
                }}
              >
                {w.forget}
              </button>
            </li>
          ))}
        </ul>
        {mine.length > 1 && (
          <button
            type="button"
            onClick={() => {
              forgetNumbers();
              setMine([]);
            }}
          >
            {w.forgetAll}
          </button>
        )}
      </section>
    </main>
  );
}
