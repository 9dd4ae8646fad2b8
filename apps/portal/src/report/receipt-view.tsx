import type { WireReceipt } from '@gezhi/contract';
import { useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useMode } from '../shell/mode.tsx';
import { WORDS } from '../words/words.ts';
import type { Outcome } from './step.ts';

/** The number in large type, its code, and the promise; or that it waits for the network. */
export function ReceiptView(props: { readonly outcome: Outcome; readonly onAnother: () => void }): ReactNode {
  const { outcome, onAnother } = props;
  const w = useWords(WORDS);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="page" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {outcome === 'waiting' ? w.report.kept : w.receipt.title}
      </h1>
      {outcome === 'waiting' ? <p className="lead">{w.report.keptLead}</p> : <Receipt receipt={outcome} />}
      <div className="go-row">
        <button type="button" onClick={onAnother}>
          {w.receipt.another}
        </button>
      </div>
    </main>
  );
}

function Receipt({ receipt }: { readonly receipt: WireReceipt }): ReactNode {
  const w = useWords(WORDS);
  const { kiosk } = useMode();
  const { number, sayAs, code, promise, joined, photos } = receipt;
  return (
    <>
      <section className="slip" aria-label={w.receipt.number}>
        <dl>
          <dt>{w.receipt.number}</dt>
          <dd className="number">{sayAs}</dd>
          {code && (
            <>
              <dt>{w.receipt.code}</dt>
              <dd className="code">{code}</dd>
            </>
          )}
        </dl>
        <p>{w.receipt.keep}</p>
      </section>
      {joined && <p className="good">{w.receipt.joined}</p>}
      {photos && photos.refused > 0 && <p className="wait">{w.receipt.photosRefused(photos.refused)}</p>}
      <div className="go-row screen">
        {number && (
          <Link className="button go" href={`/mine/${number}`}>
            {w.receipt.follow}
          </Link>
        )}
        <button type="button" onClick={() => print()}>
          {w.receipt.print}
        </button>
      </div>
      {!kiosk && <p className="hint screen">{w.receipt.remember}</p>}
      {promise && (
        <details className="screen">
          <summary>{w.receipt.promise}</summary>
          <p className="hint">{w.receipt.promiseHint}</p>
          <pre>{promise}</pre>
        </details>
      )}
    </>
  );
}
