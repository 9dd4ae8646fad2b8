import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '@gezhi/connectors';
import {
  classifyKinds,
  foldsOf,
  type Judged,
  type KindSample,
  reportOf,
  trainNow,
  writeModel,
} from '@gezhi/text';
import { charSvm } from './char-svm.ts';
import type { Line } from './report.ts';

const SHARED = process.env.GEZHI_SHARED_DATA ?? join(import.meta.dirname, '../../shared/data');
const MESSAGES = join(SHARED, 'teddy-c/labelled_8264_tokenised.csv.gz');
const SEED = 1;

/** Ways in which the same texts may come; learned is always the text as it stands in the file. */
const VIEWS: Readonly<Record<string, (text: string, i: number) => string>> = {
  'as in the file': (text) => text,
  'un-tokenised': (text) => text.replace(/\s+/g, ''),
  'titles only': titleOf,
  'first 100 characters': (text) => text.slice(0, 100),
  'one typo a sentence': typo,
};

/**
 * Kinds of messages and owners of requests, beside their references, in the same run. `folds` of the five are measured (all unless told):
 * a whole run takes minutes.
 */
export async function benchReadingKind(folds = 5): Promise<Line[]> {
  const lines = existsSync(MESSAGES) ? await messageLines(folds) : [];
  return [...lines, ...(await losAngelesLines())];
}

async function messageLines(count: number): Promise<Line[]> {
  const table = await readTable(MESSAGES);
  const samples = table.rows.map((row) => ({ text: row[1]!, kind: row[2]! }));
  const folds = foldsOf(samples, 5, SEED);
  const ours = new Map<string, Judged[]>();
  const theirs = new Map<string, Judged[]>();
  let readMs = 0;
  let read = 0;
  for (let fold = 0; fold < count; fold += 1) {
    const learned = samples.filter((_, i) => folds[i] !== fold);
    const held = samples.filter((_, i) => folds[i] === fold);
    const model = trainNow(learned, { seed: SEED });
    const svm = charSvm(learned, SEED);
    for (const [view, of] of Object.entries(VIEWS)) {
      const texts = held.map(({ text }, i) => of(text, i));
      const began = process.cpuUsage();
      const readings = [...classifyKinds(model, texts)];
      if (view === 'as in the file') {
        readMs += cpuSeconds(began) * 1000;
        read += texts.length;
      }
      push(ours, view, held, readings);
      push(
        theirs,
        view,
        held,
        texts.map((text) => ({ kind: svm.read(text), probability: 1 })),
      );
    }
  }
  const lines = Object.keys(VIEWS).map((view) =>
    viewLine(view, reportOf(ours.get(view)!, [], 0), reportOf(theirs.get(view)!, [], 0), count),
  );
  const { ece } = reportOf(ours.get('as in the file')!, [], 0);
  lines.push(
    lineOf(
      'kind of a message: expected calibration error',
      ece.toFixed(4),
      '≤ 0.03',
      ece <= 0.03,
      FOLDS(count),
    ),
  );
  return [...lines, ...speedLines(samples, read / (readMs / 1000))];
}

const FOLDS = (count: number): string =>
  `${count} of 5 folds, seed ${SEED}, equal texts in one fold; the SVM on the same folds in the same run`;

function viewLine(
  view: string,
  { macroF1 }: { readonly macroF1: number },
  reference: { readonly macroF1: number },
  count: number,
): Line {
  const wanted = view === 'as in the file' ? 0.01 : 0;
  const over = macroF1 - reference.macroF1;
  return {
    name: `kind of a message, 7 classes, macro-F1, ${view}`,
    ours: macroF1.toFixed(4),
    reference: `linear SVM, TF-IDF of character 1–3-grams: ${reference.macroF1.toFixed(4)}`,
    ratio: macroF1 / reference.macroF1,
    goal: wanted ? 'SVM + 0.01' : 'above the SVM',
    reached: wanted ? over >= wanted : over > 0,
    method: FOLDS(count),
  };
}

function speedLines(samples: readonly KindSample[], perSecond: number): Line[] {
  const began = process.cpuUsage();
  const clock = performance.now();
  const model = trainNow(samples, { seed: SEED });
  const [cpu, wall] = [cpuSeconds(began), (performance.now() - clock) / 1000];
  const megabytes = writeModel(model).length / 1e6;
  const train = `${cpu.toFixed(1)} s CPU, ${wall.toFixed(1)} s by the clock`;
  const speed = `${Math.round(perSecond).toLocaleString('en')} a second of CPU`;
  return [
    lineOf(
      'training on 8,264 messages',
      train,
      '≤ 15 s',
      cpu <= 15,
      'masking and calibration included; one thread',
    ),
    lineOf(
      'classifying messages',
      speed,
      '≥ 5,000/s',
      perSecond >= 5000,
      'held-back messages of the folds, one thread',
    ),
    lineOf('the model as a file', `${megabytes.toFixed(1)} MB`, '< 30 MB', megabytes < 30, 'of all 8,264'),
  ];
}

function lineOf(name: string, ours: string, goal: string, reached: boolean, method: string): Line {
  return { name, ours, reference: '—', ratio: null, goal, reached, method };
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

type Reading = { readonly kind: string; readonly probability: number };

function push(
  to: Map<string, Judged[]>,
  view: string,
  held: readonly KindSample[],
  readings: readonly Reading[],
): void {
  const judged = readings.map(({ kind, probability }, i) => ({
    kind: held[i]!.kind,
    readAs: kind,
    probability,
  }));
  to.set(view, [...(to.get(view) ?? []), ...judged]);
}

/** The file has title and body in one: the title ends at the first ideographic space, or is taken to have twenty words. */
function titleOf(text: string): string {
  return text.slice(0, 60).split('\u3000')[0]!.trim().split(/\s+/).slice(0, 20).join(' ');
}

/** In every twenty words one character becomes its neighbour in the code table: a sentence has about twenty, and the file no full stops. */
function typo(text: string, i: number): string {
  return text
    .split(' ')
    .map((word, at) =>
      at % 20 === i % 20 && word ? `${String.fromCharCode(word.charCodeAt(0) + 1)}${word.slice(1)}` : word,
    )
    .join(' ');
}

const LA = (name: string): string => join(SHARED, 'la-311', name);

/** Owner and yard, learned on December 2017 and tested on January 2018, beside the majority by type and by type and council. */
async function losAngelesLines(): Promise<Line[]> {
  if (!existsSync(LA('2018_mini_b.csv.gz'))) return [];
  const before = await readTable(LA('MyLA311_2017_Subset.csv.gz'));
  const after = await readTable(LA('2018_mini_b.csv.gz'));
  return ['Owner', 'AssignTo'].map((label) => {
    const learned = requests(before.columns, before.rows, label);
    const tested = requests(after.columns, after.rows, label);
    const model = trainNow(learned, { seed: SEED, mask: (text) => text });
    const found = [
      ...classifyKinds(
        model,
        tested.map(({ text }) => text),
      ),
    ];
    const accuracy = share(tested, (_, i) => found[i]!.kind);
    const byType = share(
      tested,
      majority(learned, (cells) => cells[0]!),
    );
    const byBoth = share(
      tested,
      majority(learned, (cells) => `${cells[0]}|${cells[1]}`),
    );
    return {
      name: `${label === 'Owner' ? 'owner' : 'yard'} of Los Angeles requests, accuracy`,
      ours: `${(accuracy * 100).toFixed(2)} %`,
      reference: `majority by type ${(byType * 100).toFixed(2)} %, by type and council ${(byBoth * 100).toFixed(2)} %`,
      ratio: accuracy / Math.max(byType, byBoth),
      goal: 'above both',
      reached: accuracy > byType && accuracy > byBoth,
      method: `learned on ${learned.length} of December 2017, tested on ${tested.length} of January 2018; ${PLACE.join(', ')}`,
    };
  });
}

const PLACE = ['RequestType', 'NC', 'CD', 'ZipCode', 'TBMPage', 'APC', 'PolicePrecinct'];

type Request = { readonly text: readonly string[]; readonly kind: string };

function requests(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  label: string,
): Request[] {
  const places = PLACE.map((name) => columns.indexOf(name));
  const at = columns.indexOf(label);
  return rows
    .map((row) => ({ text: places.map((place) => row[place]!), kind: row[at]! }))
    .filter(({ kind }) => kind !== '');
}

function share(tested: readonly Request[], read: (text: readonly string[], i: number) => string): number {
  return tested.filter(({ text, kind }, i) => read(text, i) === kind).length / tested.length;
}

/** The most frequent kind of those with the same key; where the key was never seen, of those with the same type, else of all. */
function majority(
  learned: readonly Request[],
  keyOf: (cells: readonly string[]) => string,
): (cells: readonly string[]) => string {
  const by = (key: (cells: readonly string[]) => string): Map<string, string> =>
    new Map([...Map.groupBy(learned, ({ text }) => key(text))].map(([k, group]) => [k, commonest(group)]));
  const [exact, types, all] = [by(keyOf), by((cells) => cells[0]!), commonest(learned)];
  return (cells) => exact.get(keyOf(cells)) ?? types.get(cells[0]!) ?? all;
}

function commonest(group: readonly Request[]): string {
  const counted = [...Map.groupBy(group, ({ kind }) => kind)];
  return counted.sort((a, b) => b[1].length - a[1].length)[0]![0];
}
