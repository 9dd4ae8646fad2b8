import type { CountedRequest, Edition, EditionRow } from '@gezhi/measures';
import { explainRow, type NamesIn, sayShare } from '../editions/say-edition.ts';
import { EXPLAIN_WORDS } from './explain-words.ts';

type Lang = 'zh' | 'en';

/**
 * Why a rate is what it is: how many count and how many not and why, n, the interval; with the list, request by request, for those who may
 * read it. Sums only for everybody else.
 */
export function explainRate(
  edition: Edition,
  row: EditionRow,
  list: readonly CountedRequest[],
  lang: Lang,
): readonly string[] {
  const w = EXPLAIN_WORDS[lang];
  const { rates } = row;
  const own = list.filter(({ subject }) => subject === row.subject);
  return [
    w.volume(rates.volume, rates.n),
    w.response(sayShare(rates.response, lang)),
    w.solve(sayShare(rates.solve, lang)),
    w.satisfaction(sayShare(rates.satisfaction, lang)),
    w.sums(w.countsAs.uncalled, rates.uncalled),
    w.sums(w.countsAs.unreachable, rates.unreachable?.numerator ?? 0),
    w.sums(w.countsAs.excluded, rates.excluded.count),
    w.policyOf(edition.policy.id, edition.policy.version),
    ...(own.length > 0 ? [w.listTitle, ...own.map((one) => `  ${sayCounted(one, lang)}`)] : [w.listHidden]),
  ];
}

function sayCounted({ number, counts, earned }: CountedRequest, lang: Lang): string {
  const w = EXPLAIN_WORDS[lang];
  const part = (thousandths: number): string => String(thousandths / 1000);
  const sum = earned && w.earned(part(earned.response), part(earned.solve), part(earned.satisfaction));
  return [number, w.countsAs[counts], sum].filter(Boolean).join(' · ');
}

/** Why a place has its rank, or none: its group, with whom chance leaves it tied, the policy, and what stands beside the numbers. */
export function explainRank(
  edition: Edition,
  row: EditionRow,
  nameOf: NamesIn,
  lang: Lang,
): readonly string[] {
  const w = EXPLAIN_WORDS[lang];
  const peers = edition.rows.filter(
    (other) => other.peers.settlement === row.peers.settlement && other.peers.volume === row.peers.volume,
  );
  const others = peers.filter(({ subject }) => subject !== row.subject);
  const name = ({ subject }: EditionRow): string => nameOf('subject', subject);
  const tied = others.filter((other) => overlaps(row, other));
  return [
    ...explainRow(edition, row, nameOf, lang),
    w.group(peers.map(name).join(w.separator)),
    tied.length > 0 ? w.tied(tied.map(name).join(w.separator)) : w.notTied,
    w.policyOf(edition.policy.id, edition.policy.version),
  ];
}

function overlaps(a: EditionRow, b: EditionRow): boolean {
  const [x, y] = [a.rates.score?.interval, b.rates.score?.interval];
  return x !== undefined && y !== undefined && x.low <= y.high && y.low <= x.high;
}
