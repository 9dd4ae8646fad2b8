import type { topicsZh } from './zh-topics.ts';

/** Words of the topics in English, by the keys of the Chinese ones. */
export const topicsEn: typeof topicsZh = {
  title: 'What many say',
  lead: 'Matters that many have written about of late, by heat. People are counted, nobody is told.',
  publicNote:
    'Only requests whose requesters agreed to publish them are read here; topics and places of fewer than three people are left out.',
  window: 'Window',
  days: (n: number) => `last ${n} days`,
  place: 'Place',
  kind: 'Kind',
  all: 'All',
  show: 'Show',
  none: 'Nothing that many have written about in this time.',
  notYet: 'Not counted yet; it is counted every hour.',
  made: (moment: string, messages: number) => `Counted ${moment}, ${messages} messages read`,
  cut: (moment: string) => `There were too many: only those from ${moment} on were read.`,
  what: 'Topic',
  where: 'Where',
  since: 'Since',
  voices: 'Messages',
  people: 'People',
  joined: (n: number) => `${n} joined to a known case`,
  history: 'People, day by day',
  season: 'Beside earlier years',
  heat: 'Heat',
  cases: 'Cases',
  fresh: 'new',
  unknownPlace: 'no place in common',
  above: (kind: string, count: number, expected: string, low: number, high: number) =>
    `${kind}: ${count}, above the season (expected ${expected}, ${low}–${high})`,
  within: (kind: string, count: number, expected: string, low: number, high: number) =>
    `${kind}: ${count}, the season would give ${expected} (${low}–${high})`,
  noSeason: 'less than a year of data: nothing to compare with',
  merged: (n: number) =>
    n === 1 ? 'an earlier topic is part of it now' : `${n} earlier topics are part of it now`,
  split: 'split from an earlier topic',
  allCases: (n: number) => (n === 1 ? '1 case' : `${n} cases`),
  formula: (version: string) => `How heat is reckoned (${version})`,
  byMachine: 'Topics are gathered by their words, by a program, and may be wrong; what counts is the cases.',
  refused: 'The place, kind or time cannot be; please choose again.',
};
