import { sayMoment } from '@gezhi/clock';
import type { Edition, EditionRates } from '@gezhi/measures';
import {
  EDITION_WORDS,
  type NamesIn,
  percent,
  sayPeers,
  sayShare,
  sayStanding,
  type Town,
} from '@gezhi/town';
import type { Lang } from '../io.ts';
import { table } from './table.ts';

/** An edition for the terminal: head, rows, what stands beside, exclusions by reason. In order of codes; no row is above another. */
export function sayEdition(edition: Edition, nameOf: NamesIn, town: Town, lang: Lang): string[] {
  const w = EDITION_WORDS[lang];
  const { period, policy, position, district, revision } = edition;
  const at = (moment: number): string => sayMoment(moment, town.profile.zone, lang);
  const columns = [
    { head: w.by[edition.by] },
    { head: w.figures.volume, right: true },
    { head: w.figures.n, right: true },
    { head: w.figures.response, right: true },
    { head: w.figures.solve, right: true },
    { head: w.figures.satisfaction, right: true },
    { head: w.figures.score, right: true },
    { head: w.figures.unreachable, right: true },
    { head: w.beside.excluded, right: true },
    { head: w.standing },
  ];
  const rows = edition.rows.map(({ subject, rates, beside, peers, standing }) => [
    nameOf('subject', subject),
    ...rateCells(rates),
    beside.excluded ? percent(beside.excluded.value) : '–',
    `${sayPeers(peers, lang)} · ${sayStanding(standing, lang)}`,
  ]);
  return [
    w.head(town.profile.name[lang], period.name, at(period.from), at(period.to)),
    [w.policy(policy.id, policy.version), w.position(position[district] ?? 0), w.revision(revision)].join(
      ' · ',
    ),
    '',
    ...table(columns, [...rows, [w.pooled, ...rateCells(edition.pooled)]]),
    `${w.figures.solve} · ${w.pooled}: ${sayShare(edition.pooled.solve, lang)}`,
    `${w.figures.solve} · ${w.mean}: ${edition.mean ? percent(edition.mean.solve) : w.none}`,
    ...(edition.outside > 0 ? [w.outside(edition.outside)] : []),
    ...Object.entries(edition.exclusionsByReason).map(
      ([reason, count]) => `${w.figures.excluded} · ${w.reasons[reason as keyof typeof w.reasons]}: ${count}`,
    ),
    ...edition.conduct.map((one) =>
      w.conduct(nameOf('unit', one.unit), one.objections, one.casesLost, one.meanMinutesLost ?? 0),
    ),
    `SHA-256 ${edition.hash}`,
  ];
}

function rateCells(rates: EditionRates): string[] {
  const cell = (share: { readonly value: number } | null): string => (share ? percent(share.value) : '–');
  return [
    String(rates.volume),
    String(rates.n),
    cell(rates.response),
    cell(rates.solve),
    cell(rates.satisfaction),
    rates.score ? String(rates.score.value) : '–',
    cell(rates.unreachable),
  ];
}
