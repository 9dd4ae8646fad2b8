import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseInstant } from '@gezhi/basis';
import { readTable } from '@gezhi/connectors';
import { findTopics, maskText, type Topic, type TopicMessage } from '@gezhi/text';
import { sharedFiles } from './reading-data.ts';
import type { Line } from './report.ts';

type Read = {
  readonly topics: readonly {
    readonly name: string;
    readonly both: readonly number[];
    readonly oneOnly: readonly number[];
  }[];
};

/** Topics of the contest's 4,326 messages: three known ones by rank and membership, and how long all takes. */
export async function benchHot(): Promise<Line[]> {
  const files = sharedFiles('teddy-c/附件3.xlsx');
  if (!files) return [];
  const messages = await readMessages(files[0]!);
  const from = Math.min(...messages.map(({ at }) => at));
  const to = Math.max(...messages.map(({ at }) => at));
  const mask = (text: string): string => maskText(text).masked;
  const began = performance.now();
  const used = process.cpuUsage();
  const topics = findTopics(messages, { from, to, mask });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  const cpu = ((user + system) / 1e6).toFixed(1);
  const path = fileURLToPath(new URL('../fixtures/topics/teddy-c-annex-3.json', import.meta.url));
  const read = JSON.parse(readFileSync(path, 'utf8')) as Read;
  return [
    {
      name: `topics of ${messages.length.toLocaleString('en')} messages`,
      ours: `${seconds.toFixed(1)} s`,
      reference: '—',
      ratio: null,
      goal: '≤ 10 s',
      reached: seconds <= 10,
      method: `masking included, reading the file not; one run, ${cpu} s of processor; ${topics.length} topics of two voices and more`,
    },
    ...read.topics.map((known) => lineOf(known, topics)),
  ];
}

function lineOf({ name, both, oneOnly }: Read['topics'][number], topics: readonly Topic[]): Line {
  const agreed = new Set(both.map(String));
  const doubtful = new Set(oneOnly.map(String));
  const hitsOf = ({ members }: Topic): number => members.filter((id) => agreed.has(id)).length;
  const best = topics.reduce((a, b) => (hitsOf(b) > hitsOf(a) ? b : a));
  const rank = topics.indexOf(best) + 1;
  const recall = hitsOf(best) / agreed.size;
  const precision = hitsOf(best) / best.members.filter((id) => !doubtful.has(id)).length;
  const strict = hitsOf(best) / best.members.length;
  return {
    name: `topic ${name}`,
    ours: `rank ${rank}, recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`,
    reference: '—',
    ratio: null,
    goal: 'rank ≤ 10, recall ≥ 0.9, precision ≥ 0.8',
    reached: rank <= 10 && recall >= 0.9 && precision >= 0.8,
    method: `${agreed.size} rows on which two readings agree (fixtures/topics); precision ${strict.toFixed(3)} where the ${doubtful.size} rows of one reading count as errors`,
  };
}

async function readMessages(path: string): Promise<readonly TopicMessage[]> {
  const { columns, rows, lines } = await readTable(path);
  const cell = (row: readonly string[], name: string): string => row[columns.indexOf(name)] ?? '';
  return rows.map((row, i) => ({
    id: String(lines[i]),
    at: timeOf(cell(row, '留言时间')),
    title: cell(row, '留言主题'),
    text: cell(row, '留言详情'),
    personKey: cell(row, '留言用户'),
    likes: Number(cell(row, '点赞数')),
    opposes: Number(cell(row, '反对数')),
  }));
}

/** `2019/2/28 11:25:05` or `2019-02-28 11:25:05`, Beijing time. */
function timeOf(text: string): number {
  const [year, month, day, time = '00:00:00'] = text.split(/[/\- ]/).map((part) => part.padStart(2, '0'));
  return parseInstant(`${year}-${month}-${day}T${time.padStart(8, '0')}+08:00`) ?? Number.NaN;
}
