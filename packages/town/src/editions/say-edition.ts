import type { Edition, EditionRow, HelpItem, HelpPlan, Share, Standing } from '@gezhi/measures';
import { EDITION_WORDS, type EditionWords, type Lang } from './edition-words.ts';

/** Names of codes for a reader: streets or units, kinds, places. */
export type NamesIn = (sort: 'subject' | 'unit' | 'kind' | 'place', code: string) => string;

/** “65.0%（13/20，95% 区间 43.3%—81.9%）”; points in thousandths are said in whole requests. */
export function sayShare(share: Share | null, lang: Lang): string {
  const w = EDITION_WORDS[lang];
  if (!share) return w.none;
  const { value, numerator, denominator, n, interval } = share;
  const count = plainNumber((numerator * n) / denominator);
  return w.share(percent(value), count, n, percent(interval.low), percent(interval.high));
}

export function percent(value: number): string {
  return `${(100 * value).toFixed(1)}%`;
}

function plainNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** In which tier one stands and between which places chance leaves it, or why it has no place. */
export function sayStanding(standing: Standing, lang: Lang): string {
  const w = EDITION_WORDS[lang];
  if (standing.kind !== 'tier') return w[standing.kind];
  const { tier, tiers, best, worst, of } = standing;
  const gap = lang === 'zh' ? '，' : ', ';
  return `${w.tier(tier, tiers)}${gap}${w.places(best, worst, of)}`;
}

export function sayPeers({ settlement, volume }: EditionRow['peers'], lang: Lang): string {
  const w = EDITION_WORDS[lang];
  return w.peers(w.settlements[settlement], volume);
}

/** Why a row's numbers are what they are, in sentences that a resident reads. */
export function explainRow(edition: Edition, row: EditionRow, nameOf: NamesIn, lang: Lang): string[] {
  const w = EDITION_WORDS[lang];
  const { rates, standing } = row;
  const { solve } = rates;
  const numbers = solve
    ? [
        w.explain.solve(
          solve.n,
          plainNumber((solve.numerator * solve.n) / solve.denominator),
          percent(solve.value),
        ),
        w.explain.chance(percent(solve.interval.low), percent(solve.interval.high)),
      ]
    : [w.explain.nothing];
  return [
    `${nameOf('subject', row.subject)} · ${edition.period.name} · ${w.policy(edition.policy.id, edition.policy.version)}`,
    ...numbers,
    w.explain.left(rates.unreachable?.numerator ?? 0, rates.excluded.count, rates.uncalled),
    `${w.explain.peers(sayPeers(row.peers, lang))}${lang === 'zh' ? '' : ' '}${w.explain.peersWhy}`,
    sayStanding(standing, lang),
    ...besideLines(row, w, lang),
  ];
}

/** What stands beside the rates, a line each. */
export function besideLines({ beside }: EditionRow, w: EditionWords, lang: Lang): string[] {
  const colon = lang === 'zh' ? '：' : ': ';
  return [
    `${w.beside.excluded}${colon}${sayShare(beside.excluded, lang)}`,
    `${w.beside.selfEntered}${colon}${sayShare(beside.selfEntered, lang)}`,
    `${w.beside.lastHour}${colon}${sayShare(beside.lastHour, lang)}`,
    `${w.beside.mergedVoices}${colon}${beside.mergedVoices}`,
    `${w.beside.objectedCases}${colon}${beside.objectedCases}`,
  ];
}

const ITEMS_MAX = 8;

/** A help plan as a text that people go on writing, in Markdown. Case ids stand behind points, so that each can be looked at. */
export function sayHelpPlan(plan: HelpPlan, nameOf: NamesIn, lang: Lang): string {
  const { help } = EDITION_WORDS[lang];
  const item = (sort: 'kind' | 'place') => (one: HelpItem) => {
    const trend = help.trend[one.trend];
    return `- ${help.item(nameOf(sort, one.code), one.requests, one.before)}${trend && ` · ${trend}`}`;
  };
  const busiest = plan.hours
    .map((requests, hour) => ({ requests, hour }))
    .filter(({ requests }) => requests > 0)
    .sort((a, b) => b.requests - a.requests || a.hour - b.hour)
    .slice(0, 3);
  const hours = busiest.map(({ hour, requests }) => `${String(hour).padStart(2, '0')}:00 (${requests})`);
  const seasons = Object.entries(plan.seasons).map(
    ([season, requests]) => `${help.seasons[season as keyof typeof help.seasons]} ${requests}`,
  );
  return [
    `# ${help.title(nameOf('subject', plan.subject))}`,
    help.intro,
    help.volume(plan.requests, plan.before),
    `## ${help.months}`,
    [...plan.months.map(({ month, requests }) => `- ${month}: ${requests}`), `- ${seasons.join(' · ')}`].join(
      '\n',
    ),
    help.peakHours(hours.join(', ')),
    `## ${help.kinds}`,
    plan.kinds.slice(0, ITEMS_MAX).map(item('kind')).join('\n'),
    `## ${help.points}`,
    [
      ...plan.points.map(item('place')),
      ...plan.repeated.map(
        ({ point, kind, cases }) =>
          `- ${help.repeated(nameOf('place', point), nameOf('kind', kind), cases.length)}`,
      ),
    ].join('\n'),
    help.old(plan.old.length),
  ].join('\n\n');
}
