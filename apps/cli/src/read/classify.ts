import { readFile } from 'node:fs/promises';
import { readTable } from '@gezhi/connectors';
import { readKind, readModel } from '@gezhi/text';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { percent, whole } from '../print/numbers.ts';
import { usage } from '../say-error.ts';
import { columnsOf, textsOf } from './samples.ts';

type Options = CommonOptions & { readonly model: string; readonly text?: string };

export function register(read: Command, io: Io): void {
  const command = read
    .command('classify')
    .description(
      say(io, '逐行提出类别及其依据的词', 'propose the kind of each row, with the words that spoke for it'),
    )
    .argument('<file>', 'CSV (.gz), XLSX')
    .requiredOption(
      '--model <file>',
      say(io, 'gezhi read train 写出的模型', 'a model that gezhi read train wrote'),
    )
    .option(
      '--text <columns>',
      say(io, '文字所在列（默认与学习时相同）', 'columns of the text (default: as when it was learned)'),
    )
    .action((file: string, options: Options) => classifyCommand(io, file, options));
  common(
    command,
    io,
    [
      'gezhi read classify june.xlsx --model kinds.model',
      'gezhi read classify june.csv --model kinds.model --json',
    ],
    false,
  );
}

async function classifyCommand(io: Io, file: string, options: Options): Promise<void> {
  const model = readModel(await readFile(options.model));
  const columns = options.text === undefined ? model.about.columns : columnsOf(options.text);
  if (!columns)
    throw usage('The model does not say which columns it was learned from.', 'Give --text COLUMNS.');
  const table = await readTable(file);
  const texts = textsOf(file, table, columns);
  const began = performance.now();
  let asked = 0;
  for (const [i, text] of texts.entries()) {
    const { ranked, ask } = readKind(model, text);
    if (ask) asked += 1;
    if (options.json)
      await io.write(`${JSON.stringify({ row: i + 1, line: table.lines[i], ranked, ask })}\n`);
    else {
      const { kind, probability, because } = ranked[0]!;
      const words = because.join(say(io, '、', ', '));
      const doubt = ask ? say(io, '（请人定）', ' (ask a person)') : '';
      await io.write(`${i + 1}\t${kind}\t${percent(probability)}\t${words}${doubt}\n`);
    }
  }
  const took = (performance.now() - began) / 1000;
  if (options.json) io.out(JSON.stringify({ n: texts.length, asked, broken: table.broken, seconds: took }));
  else {
    const [n, q] = [whole(texts.length), whole(asked)];
    io.err(say(io, `${n} 行，其中 ${q} 行请人定。`, `${n} rows; of ${q} a person should say.`));
  }
}
