import {
  foldsOf,
  type Judged,
  judgeKinds,
  type KindReport,
  type KindSample,
  reportOf,
  trainKinds,
} from '@gezhi/text';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { percent, seconds, whole } from '../print/numbers.ts';
import { usage } from '../say-error.ts';
import { runTraining } from './run-training.ts';
import { columnsOf, readSamples } from './samples.ts';
import { seedOf, seedOption, textOption } from './shared-options.ts';

type Options = CommonOptions & {
  readonly train?: string;
  readonly test?: string;
  readonly folds?: string;
  readonly text: string;
  readonly label: string;
  readonly seed: string;
};

export function register(read: Command, io: Io): void {
  const command = read
    .command('evaluate')
    .description(
      say(
        io,
        '测一测类别读得多准',
        'how well kinds are read: learned from one file, tested on another, or in folds',
      ),
    )
    .argument('[file]', say(io, '与 --folds 同用的文件', 'the file, with --folds'))
    .option('--train <file>', say(io, '学习用', 'learned from this file'))
    .option('--test <file>', say(io, '测试用', 'tested on this one'))
    .option(
      '--folds <n>',
      say(
        io,
        '分成几份轮流测试；同样文字不会分在两边',
        'in so many folds; equal texts never stand on both sides',
      ),
    )
    .requiredOption('--label <column>', say(io, '类别所在列', 'column of the label'));
  seedOption(textOption(command, io), io).action((file: string | undefined, options: Options) =>
    evaluateCommand(io, file, options),
  );
  const columns = '--text title,words --label kind';
  common(
    command,
    io,
    [
      `gezhi read evaluate --train may.csv --test june.csv ${columns} --json`,
      `gezhi read evaluate cases.csv.gz --folds 5 ${columns}`,
    ],
    false,
  );
}

async function evaluateCommand(io: Io, file: string | undefined, options: Options): Promise<void> {
  const columns = columnsOf(options.text);
  const began = performance.now();
  const judged =
    options.folds === undefined
      ? await judgeOther(io, file, options, columns)
      : await judgeFolds(io, file, options, columns);
  const report = reportOf(judged.all, judged.known, ASK_BELOW);
  const took = (performance.now() - began) / 1000;
  if (options.json) {
    const { n, macroF1, accuracy, ece, ...details } = report;
    io.out(JSON.stringify(details));
    io.out(JSON.stringify({ n, macroF1, accuracy, ece, seconds: took }));
    return;
  }
  for (const line of sayReport(io, report, took)) io.out(line);
}

/** As models are trained unless told. */
const ASK_BELOW = 0.5;

type JudgedAll = { readonly all: readonly Judged[]; readonly known: readonly string[] };

async function judgeOther(
  io: Io,
  file: string | undefined,
  { train, test, label, seed }: Options,
  columns: readonly string[],
): Promise<JudgedAll> {
  if (file !== undefined || train === undefined || test === undefined) {
    throw usage('There is nothing to test on.', 'Write --train A --test B, or FILE --folds 5.');
  }
  const learned = await readSamples(train, columns, label);
  const tested = await readSamples(test, columns, label);
  const model = runTraining(io, trainKinds(learned.samples, { seed: seedOf(seed) }));
  return { all: judgeKinds(model, tested.samples), known: model.kinds };
}

async function judgeFolds(
  io: Io,
  file: string | undefined,
  { train, test, folds, label, seed }: Options,
  columns: readonly string[],
): Promise<JudgedAll> {
  const count = Number(folds);
  if (!Number.isInteger(count) || count < 2 || count > 50) {
    throw usage(`"${folds}" is no number of folds.`, 'Write a whole number from 2 to 50.');
  }
  if (file === undefined || train !== undefined || test !== undefined) {
    throw usage('Folds are made of one file.', 'Write: gezhi read evaluate FILE --folds 5 …');
  }
  const { samples } = await readSamples(file, columns, label);
  const at = foldsOf(samples, count, seedOf(seed));
  const known = new Set<string>();
  const all: Judged[] = [];
  for (let fold = 0; fold < count; fold += 1) {
    const held = (_: KindSample, i: number): boolean => at[i] === fold;
    const model = runTraining(
      io,
      trainKinds(
        samples.filter((_, i) => at[i] !== fold),
        { seed: seedOf(seed) },
      ),
    );
    for (const kind of model.kinds) known.add(kind);
    all.push(...judgeKinds(model, samples.filter(held)));
  }
  return { all, known: [...known] };
}

const CONFUSIONS_SHOWN = 8;

function sayReport(io: Io, report: KindReport, took: number): string[] {
  const { n, macroF1, accuracy, ece, perKind, confusions } = report;
  const zh = io.lang === 'zh';
  return [
    zh
      ? `${whole(n)} 条：macro-F1 ${macroF1.toFixed(4)}，准确率 ${percent(accuracy)}，校准误差 ${ece.toFixed(4)}，${seconds(took)}`
      : `${whole(n)} rows: macro-F1 ${macroF1.toFixed(4)}, accuracy ${percent(accuracy)}, calibration error ${ece.toFixed(4)}, ${seconds(took)}`,
    zh ? '类别：条数，找回，可信，F1' : 'kind: rows, found, to be relied on, F1',
    ...perKind.map(
      (one) =>
        `  ${one.kind}: ${whole(one.samples)}, ${percent(one.recall)}, ${percent(one.precision)}, ${one.f1.toFixed(3)}${
          one.known ? '' : zh ? '（未曾学过）' : ' (never learned)'
        }`,
    ),
    zh ? '常混淆：' : 'taken for another:',
    ...confusions.slice(0, CONFUSIONS_SHOWN).map((one) => `  ${one.kind} → ${one.readAs}: ${one.times}`),
  ];
}
