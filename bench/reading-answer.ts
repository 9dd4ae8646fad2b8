import { readTable } from '@gezhi/connectors';
import { areaUnder, countRarity, readAnswer } from '@gezhi/text';
import { sharedFiles } from './reading-data.ts';
import type { Line } from './report.ts';

/**
 * The contest's 2,816 messages with the office's reply: hints read from true pairs against hints read from the same messages with the reply to the message 1,001 rows further down. The hints hold no number; here
 * yes counts 1, unclear a half and no nothing, the points' mean breaking ties.
 */
export async function benchAnswer(): Promise<Line[]> {
  const files = sharedFiles('teddy-c/附件4.xlsx');
  if (!files) return [];
  const { columns, rows } = await readTable(files[0]!);
  const cell = (row: readonly string[], name: string): string => row[columns.indexOf(name)] ?? '';
  const asked = rows.map((row) => `${cell(row, '留言主题')}。${cell(row, '留言详情')}`);
  const answers = rows.map((row) => cell(row, '答复意见'));
  const rarity = countRarity([...asked, ...answers]);
  const worth = { yes: 1, unclear: 0.5, no: 0 };
  const told = (withRarity: boolean) =>
    asked.flatMap((text, i) =>
      [0, 1001].map((shift) => {
        const answer = answers[(i + shift) % answers.length]!;
        const hints = readAnswer({ asked: text, answer, at: 0, ...(withRarity ? { rarity } : {}) });
        const points = hints.asked.reduce((sum, { met }) => sum + worth[met], 0) / (hints.asked.length || 1);
        return {
          chance: worth[hints.aboutIt.met] + points / 10,
          same: shift === 0,
          about: hints.aboutIt.met,
        };
      }),
    );
  const began = performance.now();
  const weighed = told(true);
  const perSecond = (2 * rows.length) / ((performance.now() - began) / 1000);
  const plain = told(false);
  const share = (same: boolean, met: string): string => {
    const those = weighed.filter((pair) => pair.same === same);
    return `${((those.filter(({ about }) => about === met).length / those.length) * 100).toFixed(1)} %`;
  };
  const auc = areaUnder(weighed) ?? Number.NaN;
  return [
    {
      name: `replies told from other replies, ${rows.length.toLocaleString('en')} pairs of each: AUC`,
      ours: auc.toFixed(4),
      reference: `all words weighing the same: ${(areaUnder(plain) ?? Number.NaN).toFixed(4)}; chance: 0.5`,
      ratio: null,
      goal: '—',
      reached: null,
      method: `about it: yes for ${share(true, 'yes')} of true replies and ${share(false, 'yes')} of others, no for ${share(true, 'no')} and ${share(false, 'no')}; ${Math.round(perSecond)} replies/s`,
    },
  ];
}
