import { sayMoment } from '@gezhi/clock';
import type { RankedUnit, Ranking, Share, ThreeRatesPolicy, UnitRates, Window } from '@gezhi/measures';
import type { Lang } from '../io.ts';
import type { TownRanking } from '../rank-town.ts';
import { percent, whole } from './numbers.ts';
import { type Column, table } from './table.ts';

export type RankingView = TownRanking & {
  readonly policy: ThreeRatesPolicy;
  readonly window: Window;
  /** IANA, for saying the window. */
  readonly zone: string;
  readonly by: 'street' | 'unit';
  readonly nameOf: (code: string) => string;
};

/**
 * A ranking for people: who is ranked, each rate with its interval and how many could not be reached; then who is below the floor,
 * without a place; then everybody pooled, beside the mean.
 */
export function sayRanking(lang: Lang, view: RankingView): string[] {
  const { ranking, nameOf } = view;
  const rows = [
    ...ranking.ranked.map((unit) => [
      String(unit.rank),
      nameOf(unit.unit),
      ...cells(unit.rates, scoreCell(unit)),
    ]),
    ...ranking.belowFloor.map((unit) => ['–', nameOf(unit.unit), ...cells(unit.rates, noScore(lang))]),
  ];
  if (rows.length === 0) {
    const nothing = lang === 'zh' ? '这段时间没有可排名的诉求。' : 'There is nobody to rank in this window.';
    return [sayWindow(lang, view), '', nothing, ...sayNotes(lang, view)];
  }
  return [
    sayWindow(lang, view),
    '',
    ...table(columnsOf(lang, view.by), rows),
    '',
    ...sayPooled(lang, ranking),
    ...sayNotes(lang, view),
  ];
}

function columnsOf(lang: Lang, by: RankingView['by']): Column[] {
  const heads =
    lang === 'zh'
      ? [
          '名次',
          by === 'street' ? '街道（乡镇）' : '单位',
          '诉求',
          '有效回访',
          '响应率',
          '解决率',
          '满意率',
          '得分（区间；可能名次）',
          '未接通',
        ]
      : [
          'Rank',
          by === 'street' ? 'Street' : 'Unit',
          'Asked',
          'n',
          'Response',
          'Solved',
          'Satisfied',
          'Score (interval; ranks by chance)',
          'Unreached',
        ];
  return heads.map((head, i) => ({ head, right: i !== 1 }));
}

function cells(rates: UnitRates['rates'], score: string): string[] {
  return [
    whole(rates.volume),
    whole(rates.n),
    rateCell(rates.response),
    rateCell(rates.solve),
    rateCell(rates.satisfaction),
    score,
    percent(rates.unreachable?.value),
  ];
}

/** `91.7 % [89.1, 93.8]`; `–` of nothing. */
export function rateCell(rate: Share | null): string {
  if (rate === null) return '–';
  const { low, high } = rate.interval;
  return `${percent(rate.value)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}

function scoreCell({ score, best, worst }: RankedUnit): string {
  const { low, high } = score.interval;
  return `${score.value.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}; ${best}–${worst}]`;
}

function noScore(lang: Lang): string {
  return lang === 'zh' ? '样本不足，不排名' : 'too few to be ranked';
}

function sayWindow(lang: Lang, { policy, window, zone }: RankingView): string {
  const from = sayMoment(window.from, zone, lang);
  const to = sayMoment(window.to, zone, lang);
  return lang === 'zh'
    ? `三率（口径 ${policy.id} 第 ${policy.version} 版）：${from} 至 ${to}`
    : `Three rates by policy ${policy.id} v${policy.version}: ${from} to ${to}`;
}

function sayPooled(lang: Lang, { pooled, mean }: Ranking): string[] {
  const zh = lang === 'zh';
  const score = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(1));
  const lines = [
    [
      zh ? '合并计算' : 'All as one',
      percent(pooled.response?.value),
      percent(pooled.solve?.value),
      percent(pooled.satisfaction?.value),
      score(pooled.score?.value),
      whole(pooled.n),
    ],
    [
      zh ? '各单位平均' : 'Mean of them',
      percent(mean?.response),
      percent(mean?.solve),
      percent(mean?.satisfaction),
      score(mean?.score),
      mean ? (zh ? `${mean.units} 个单位` : `${mean.units} units`) : '–',
    ],
  ];
  const heads = zh
    ? ['', '响应率', '解决率', '满意率', '得分', '样本']
    : ['', 'Response', 'Solved', 'Satisfied', 'Score', 'n'];
  return table(
    heads.map((head, i) => ({ head, right: i > 0 })),
    lines,
  );
}

function sayNotes(lang: Lang, { ranking, outside, policy }: RankingView): string[] {
  const zh = lang === 'zh';
  const { excluded, uncalled } = ranking.pooled;
  const notes: string[] = [];
  if (ranking.belowFloor.length) {
    notes.push(
      zh
        ? `有效回访不足 ${policy.floor} 的 ${ranking.belowFloor.length} 个不排名。`
        : `${ranking.belowFloor.length} with fewer than ${policy.floor} valid callbacks have no rank.`,
    );
  }
  if (excluded.count)
    notes.push(
      zh
        ? `剔除 ${whole(excluded.count)} 件。`
        : `${whole(excluded.count)} requests were excluded with reason and evidence.`,
    );
  if (uncalled)
    notes.push(
      zh ? `尚未回访 ${whole(uncalled)} 件。` : `${whole(uncalled)} requests were not called back yet.`,
    );
  if (outside)
    notes.push(
      zh
        ? `另有 ${whole(outside)} 件不属于表中任何一个。`
        : `${whole(outside)} more requests belong to none of these.`,
    );
  return notes.length ? ['', ...notes] : [];
}
