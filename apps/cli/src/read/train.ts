import { writeFile } from 'node:fs/promises';
import { modelHash, trainKinds, writeModel } from '@gezhi/text';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { seconds, whole } from '../print/numbers.ts';
import { runTraining } from './run-training.ts';
import { columnsOf, readSamples } from './samples.ts';
import { seedOf, seedOption, textOption } from './shared-options.ts';

type Options = CommonOptions & {
  readonly text: string;
  readonly label: string;
  readonly out: string;
  readonly seed: string;
};

export function register(read: Command, io: Io): void {
  const command = read
    .command('train')
    .description(say(io, '由已确认的工单学习类别', 'learn kinds from labelled rows'))
    .argument('<file>', 'CSV (.gz), XLSX')
    .requiredOption('--label <column>', say(io, '类别所在列', 'column of the label'))
    .requiredOption('--out <file>', say(io, '模型文件', 'file of the model'));
  seedOption(textOption(command, io), io).action((file: string, options: Options) =>
    trainCommand(io, file, options),
  );
  common(
    command,
    io,
    ['gezhi read train cases.csv --text title,words --label kind --out kinds.model'],
    false,
  );
}

async function trainCommand(io: Io, file: string, options: Options): Promise<void> {
  const columns = columnsOf(options.text);
  const { samples, unlabelled } = await readSamples(file, columns, options.label);
  const began = performance.now();
  const model = runTraining(
    io,
    trainKinds(samples, { seed: seedOf(options.seed), trainedAt: io.now(), columns }),
  );
  const bytes = writeModel(model);
  await writeFile(options.out, bytes);
  const told = {
    out: options.out,
    hash: modelHash(bytes),
    samples: model.about.samples,
    unlabelled,
    kinds: model.kinds.length,
    bytes: bytes.length,
    seconds: (performance.now() - began) / 1000,
  };
  if (options.json) return io.out(JSON.stringify(told));
  const [n, mb] = [whole(told.samples), (told.bytes / 1e6).toFixed(1)];
  io.out(
    say(
      io,
      `${told.out}：由 ${n} 条学得 ${told.kinds} 个类别，${mb} MB，${seconds(told.seconds)}，编号 ${told.hash}`,
      `${told.out}: ${told.kinds} kinds learned from ${n} rows, ${mb} MB, ${seconds(told.seconds)}, hash ${told.hash}`,
    ),
  );
  if (unlabelled)
    io.err(
      say(
        io,
        `${whole(unlabelled)} 行没有类别，未用。`,
        `${whole(unlabelled)} rows have no label and were passed over.`,
      ),
    );
}
