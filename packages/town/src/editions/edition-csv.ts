import { csvTable } from '@gezhi/basis';
import type { Edition, EditionRow, Share } from '@gezhi/measures';
import { EDITION_WORDS, type Lang } from './edition-words.ts';
import { type NamesIn, sayPeers, sayStanding } from './say-edition.ts';

/**
 * An edition's rows as CSV (RFC 4180, UTF-8 with a mark, as spreadsheets read it): each rate with what it counts, its sample and its
 * interval. No cell can begin a formula: what would is preceded by an apostrophe (OWASP, CSV injection).
 */
export function editionCsv(edition: Edition, nameOf: NamesIn, lang: Lang): string {
  const w = EDITION_WORDS[lang];
  const rates = (['response', 'solve', 'satisfaction'] as const).flatMap((rate) =>
    ['', ' numerator', ' denominator', ' n', ' low', ' high'].map((part) => `${w.figures[rate]}${part}`),
  );
  const head = [
    'code',
    w.by[edition.by],
    w.figures.volume,
    w.figures.n,
    ...rates,
    w.figures.score,
    w.figures.unreachable,
    ...Object.values(w.beside),
    'peers',
    'standing',
  ];
  const rows = edition.rows.map((row) => cellsOf(row, nameOf, lang));
  return csvTable([head, ...rows]);
}

type Cell = string | number | null;

function cellsOf(row: EditionRow, nameOf: NamesIn, lang: Lang): Cell[] {
  const { rates, beside } = row;
  return [
    row.subject,
    nameOf('subject', row.subject),
    rates.volume,
    rates.n,
    ...shareCells(rates.response),
    ...shareCells(rates.solve),
    ...shareCells(rates.satisfaction),
    rates.score?.value ?? null,
    rates.unreachable?.value ?? null,
    beside.excluded?.value ?? null,
    beside.selfEntered?.value ?? null,
    beside.lastHour?.value ?? null,
    beside.mergedVoices,
    beside.objectedCases,
    sayPeers(row.peers, lang),
    sayStanding(row.standing, lang),
  ];
}

function shareCells(share: Share | null): Cell[] {
  if (!share) return [null, null, null, null, null, null];
  const { value, numerator, denominator, n, interval } = share;
  return [value, numerator, denominator, n, interval.low, interval.high];
}
