import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { withExamples } from '../options.ts';

/** A subcommand's own file: puts itself under `gezhi read`. */
type ReaderFile = { readonly register: (read: Command, io: Io) => void };

/** What can be read, in the order of the help; one file each in `apps/cli/src/read`. */
export const READERS: Readonly<Record<string, () => Promise<ReaderFile>>> = {
  train: () => import('../read/train.ts'),
  evaluate: () => import('../read/evaluate.ts'),
  classify: () => import('../read/classify.ts'),
  models: () => import('../read/models.ts'),
  places: () => import('../read/places.ts'),
  topics: () => import('../read/topics.ts'),
  duplicates: () => import('../read/duplicates.ts'),
};

const EXAMPLES = [
  'gezhi read train cases.csv --text title,words --label kind --out kinds.model',
  'gezhi read evaluate cases.csv --folds 5 --text title,words --label kind --json',
  'gezhi read classify new.xlsx --model kinds.model --text title,words',
];

export async function register(program: Command, io: Io): Promise<void> {
  const read = program
    .command('read')
    .description(
      say(
        io,
        '读懂来件文件：训练、评测、归类',
        'read what people wrote, from files: train, evaluate, classify',
      ),
    );
  withExamples(read, io, EXAMPLES);
  for (const load of Object.values(READERS)) (await load()).register(read, io);
}
