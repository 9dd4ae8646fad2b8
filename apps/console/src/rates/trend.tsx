import { sayShare, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { type RateName, useWindow } from './query.ts';
import { RATES_WORDS } from './rates-words.ts';

const WIDTH = 420;
const HEIGHT = 150;
const PAD = { left: 42, right: 8, top: 10, bottom: 24 };

/** A rate by month for two years, with the interval as a band; a small sample shows as a wide one. */
export function Trend({ rate }: { readonly rate: RateName }): ReactNode {
  const w = useWords(RATES_WORDS);
  const { language } = useLanguage();
  const window = useWindow(730);
  const rates = useCall('getThreeRates', { query: { ...window, by: 'month' } }, { staleTime: 300_000 });
  const months = (rates.data?.groups ?? []).flatMap(({ time, rates: own }) => {
    const share = own[rate];
    return time && share ? [{ time, share }] : [];
  });
  const low = Math.max(0, Math.min(1, ...months.map(({ share }) => share.interval.low)) - 0.02);
  const x = (i: number): number =>
    PAD.left + (i * (WIDTH - PAD.left - PAD.right)) / Math.max(1, months.length - 1);
  const y = (value: number): number =>
    PAD.top + ((1 - value) / (1 - low || 1)) * (HEIGHT - PAD.top - PAD.bottom);
  const line = months.map(({ share }, i) => `${x(i)},${y(share.value)}`).join(' ');
  const band = [
    ...months.map(({ share }, i) => `${x(i)},${y(share.interval.high)}`),
    ...months.map(({ share }, i) => `${x(i)},${y(share.interval.low)}`).toReversed(),
  ].join(' ');
  const every = Math.ceil(months.length / 6);
  return (
    <section className="panel">
      <h2>
        {w[rate]} · {w.trend}
      </h2>
      {rates.data && months.length < 2 && <p className="soft">{w.trendEmpty}</p>}
      {months.length >= 2 && (
        <svg
          className="trend"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`${w[rate]} ${w.trend}`}
        >
          {[1, (1 + low) / 2, low].map((value) => (
            <g key={value}>
              <line className="trend-rule" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(value)} y2={y(value)} />
              <text x={PAD.left - 6} y={y(value)} className="trend-left">
                {sayShare({ value }, language)}
              </text>
            </g>
          ))}
          <polygon className="trend-band" points={band} />
          <polyline className="trend-line" points={line} />
          {months.map(({ time, share }, i) => (
            <g key={time}>
              <circle className="trend-dot" cx={x(i)} cy={y(share.value)} r="3">
                <title>{`${time}: ${sayShare(share, language)} (n=${share.n})`}</title>
              </circle>
              {i % every === 0 && (
                <text x={Math.min(x(i), WIDTH - PAD.right - 18)} y={HEIGHT - 6} className="trend-below">
                  {time}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
    </section>
  );
}
