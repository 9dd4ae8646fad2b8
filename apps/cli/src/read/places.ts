import type { Instant } from '@gezhi/basis';
import { readTable } from '@gezhi/connectors';
import { buildPlaceIndex, type LineSegment, type Place } from '@gezhi/place';
import { buildGazetteer, type Gazetteer, readWhere, type WhereReading, type WhereReason } from '@gezhi/text';
import { type Asset, gazetteerOf, readTownFolder } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { columnsOf, textsOf } from './samples.ts';
import { textOption } from './shared-options.ts';

type Options = CommonOptions & { readonly text: string; readonly town?: string };

export function register(read: Command, io: Io): void {
  const command = textOption(
    read
      .command('places')
      .description(
        say(
          io,
          '逐行读出地点：提到了哪里、是哪一处、依据何在',
          'read where each row is: what it mentions, which place that is, and why',
        ),
      )
      .argument('<file>', 'CSV (.gz), XLSX')
      .option(
        '--town <dir>',
        say(
          io,
          '市镇文件夹，取其地名；不给则只认样子像地名的',
          "a town's folder, for its names; without it only what looks like a place",
        ),
      ),
    io,
  ).action((file: string, options: Options) => placesCommand(io, file, options));
  common(
    command,
    io,
    [
      'gezhi read places june.xlsx --text title,words --town ./my-town',
      'gezhi read places june.csv --text words --json',
    ],
    false,
  );
}

async function placesCommand(io: Io, file: string, options: Options): Promise<void> {
  const columns = columnsOf(options.text);
  const gazetteer =
    options.town === undefined ? buildGazetteer([]) : await gazetteerOfFolder(options.town, io.now());
  const table = await readTable(file);
  const texts = textsOf(file, table, columns).map((text) =>
    typeof text === 'string' ? text : text.join('\n'),
  );
  const began = performance.now();
  const counts = { n: texts.length, mentioned: 0, resolved: 0, asked: 0 };
  for (const [i, text] of texts.entries()) {
    const reading = readWhere(gazetteer, text);
    if (reading.mentions.length > 0) counts.mentioned += 1;
    if (reading.resolved !== undefined) counts.resolved += 1;
    if (reading.ask) counts.asked += 1;
    if (options.json) await io.write(`${JSON.stringify({ row: i + 1, line: table.lines[i], ...reading })}\n`);
    else await io.write(`${i + 1}\t${sayWhere(io, gazetteer, reading)}\n`);
  }
  const seconds = (performance.now() - began) / 1000;
  if (options.json) {
    io.out(JSON.stringify({ ...counts, broken: table.broken, seconds }));
    return;
  }
  const [n, m, r] = [counts.n, counts.mentioned, counts.resolved].map((count) => whole(count));
  io.err(
    say(
      io,
      `${n} 行，${m} 行提到地点，${r} 行定到一处。`,
      `${n} rows; ${m} mention a place, ${r} mean one that is known.`,
    ),
  );
}

/** The names of a town's folder. @throws Fault `no-town` where it is none */
async function gazetteerOfFolder(folder: string, at: Instant): Promise<Gazetteer> {
  const { profile, records } = await readTownFolder(folder);
  const of = <T>(sort: string): T[] =>
    records.filter((one) => one.sort === sort).map(({ record }) => record as T);
  return gazetteerOf({
    places: buildPlaceIndex(profile.layers, of<Place>('place'), { at }),
    assets: of<Asset>('asset'),
    lines: of<LineSegment>('line'),
  });
}

/** The place and why; where there is none, what was mentioned. */
export function sayWhere(io: Pick<Io, 'lang'>, gazetteer: Gazetteer, reading: WhereReading): string {
  const { resolved, mentions, because } = reading;
  const reasons = because.map((reason) => sayReason(io, reason)).join(say(io, '；', '; '));
  const said = mentions.map(({ text, detail }) => text + (detail ?? '')).join(say(io, '、', ', '));
  const name = resolved === undefined ? undefined : gazetteer.places.get(resolved)?.name;
  return [name ?? '—', said, reasons].join('\t');
}

function sayReason(io: Pick<Io, 'lang'>, reason: WhereReason): string {
  switch (reason.code) {
    case 'named':
      return say(io, `文中有“${reason.text}”`, `the text has “${reason.text}”`);
    case 'within':
      return say(
        io,
        `又有其所在的${reason.names.join('、')}`,
        `and where it lies: ${reason.names.join(', ')}`,
      );
    case 'learned':
      return say(io, `以往 ${reason.count} 件如此确认`, `${reason.count} cases before were confirmed so`);
    case 'homonyms':
      return say(
        io,
        `“${reason.text}”有 ${reason.count} 处，请人定`,
        `“${reason.text}” is ${reason.count} places: ask a person`,
      );
    case 'rivals':
      return say(
        io,
        `有 ${reason.count} 处同样可能，请人定`,
        `${reason.count} places are equally likely: ask a person`,
      );
    case 'unknownNames':
      return say(io, '不在地名之列，请人定', 'not among the known names: ask a person');
    case 'nothing':
      return say(io, '没有提到地点，请问来电人', 'no place is mentioned: ask the caller');
  }
}
