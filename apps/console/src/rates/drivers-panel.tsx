import type { RatesView } from '@gezhi/contract';
import { sayShare, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { type Driver, driversOf, type Part } from './drivers.ts';
import { type RateName, useWindow } from './query.ts';
import { RATES_WORDS } from './rates-words.ts';

const SHOWN = 4;

/** Which kinds made a rate rise or fall against the time before, of the same length. */
export function Drivers({ rate, days }: { readonly rate: RateName; readonly days: number }): ReactNode {
  const w = useWords(RATES_WORDS);
  const { language } = useLanguage();
  const now = useCall('getThreeRates', { query: { ...useWindow(days), by: 'kind' } });
  const before = useCall('getThreeRates', { query: { ...useWindow(days, days), by: 'kind' } });
  if (!now.data || !before.data) return <section className="panel" aria-busy="true" />;
  const drivers = driversOf(partsOf(before.data, rate), partsOf(now.data, rate));
  const falls = drivers.filter(({ moved }) => moved < 0).slice(0, SHOWN);
  const rises = drivers.filter(({ moved }) => moved > 0).slice(-SHOWN);
  const [was, is] = [before.data, now.data].map(({ pooled }) => sayShare(pooled[rate], language));
  return (
    <section className="panel">
      <h2>{w.drivers(w[rate])}</h2>
      {drivers.length === 0 ? (
        <p className="soft">{w.driversNone}</p>
      ) : (
        <>
          <p className="soft">{w.driversLead(was!, is!)}</p>
          <table className="drivers">
            <tbody>
              {[...falls, ...rises].map((driver) => (
                <DriverRow key={driver.code} driver={driver} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function DriverRow({ driver }: { readonly driver: Driver }): ReactNode {
  const { language } = useLanguage();
  const points = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    maximumFractionDigits: 2,
    signDisplay: 'always',
  }).format(driver.moved * 100);
  const of = (part: Part | undefined): string =>
    part && part.of > 0 ? `${sayShare({ value: part.yes / part.of }, language)} (n=${part.of})` : '—';
  return (
    <tr>
      <th scope="row">{driver.name}</th>
      <td>
        {of(driver.before)} → {of(driver.now)}
      </td>
      <td className={driver.moved < 0 ? 'late' : 'good'}>{points}</td>
    </tr>
  );
}

function partsOf(view: RatesView, rate: RateName): readonly Part[] {
  return view.groups.flatMap(({ code, name, rates }) => {
    const share = rates[rate];
    if (!share || code === undefined) return [];
    return [{ code, name: name ?? code, of: share.n, yes: share.value * share.n }];
  });
}
