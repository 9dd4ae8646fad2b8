import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '@gezhi/basis';
import { loadProfile, shippedProfiles } from '@gezhi/connectors';
import { type FileImport, importFile } from '@gezhi/town';
import type { Command } from 'commander';
import { catchUp } from '../catch-up.ts';
import { importEverything } from '../everything.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { sayImport } from '../print/say-import.ts';
import { progress } from '../progress.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly profile?: string;
  readonly everything?: string;
  readonly district?: string;
  readonly layer?: Readonly<Record<string, string>>;
  readonly rejects?: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('import')
    .description(
      say(
        io,
        '按模板导入一个文件中的诉求，或导入全部数据',
        'import the requests of a file by a profile, or everything',
      ),
    )
    .argument('[file]', 'CSV, TSV, XLSX, NDJSON; also .gz')
    .option(
      '--profile <name>',
      say(
        io,
        `模板：${shippedProfiles().join('、')}，或 .yaml 文件`,
        `profile: ${shippedProfiles().join(', ')}, or a .yaml file`,
      ),
    )
    .option(
      '--everything <dir>',
      say(
        io,
        '导入 gezhi export --everything 的文件夹，只能导入空的安装，且服务须停止',
        'a folder of gezhi export --everything, into an installation that is empty, while no service runs',
      ),
    )
    .option(
      '--district <code>',
      say(io, '导入到哪个区（默认以模板为名）', 'into which district (default: one named as the profile)'),
    )
    .option(
      '--layer <layer=file>',
      say(io, '某图层的边界文件（GeoJSON），可多次', 'outlines of a layer (GeoJSON); may be repeated'),
      addLayer,
    )
    .option(
      '--rejects <file>',
      say(
        io,
        '未通过的行存到哪里（默认 <文件>.rejects.csv）',
        'where refused rows are kept (default: <file>.rejects.csv here)',
      ),
    )
    .action((file: string | undefined, options: Options) => importCommand(io, file, options));
  common(command, io, [
    'gezhi import MyLA311.csv.gz --profile la311 --layer NC=nc.geojson',
    'gezhi import tickets.xlsx --profile hotline-zh --district 990000',
    'gezhi import --everything /backups/whole --data /srv/gezhi-new',
    'gezhi import tickets.xlsx.rejects.csv --profile hotline-zh --district 990000   # corrected rows',
  ]);
}

async function importCommand(io: Io, file: string | undefined, options: Options): Promise<void> {
  const { everything, profile } = options;
  if (everything !== undefined && file === undefined && profile === undefined)
    return await importEverything(io, options, everything);
  if (everything === undefined && file !== undefined && profile !== undefined)
    return await importTickets(io, file, profile, options);
  throw usage('Say what to import.', 'Write FILE --profile NAME, or --everything DIR alone.');
}

async function importTickets(io: Io, file: string, profileName: string, options: Options): Promise<void> {
  const profile = loadProfile(profileName);
  for (const path of [file, ...Object.values(options.layer ?? {})]) {
    if (!existsSync(path))
      throw new Fault('no-file', `There is no file ${path}.`, { hint: 'Check its path.' });
  }
  const district = options.district ?? profile.name;
  const rejects = options.rejects ?? `${basename(file)}.rejects.csv`;
  const bar = progress(io, say(io, '已读行数', 'rows'));
  const result = await withInstallation(io, options, 'nothing', async (installation) => {
    try {
      const imported = await importFile(installation, file, profile, {
        district,
        rejects,
        ...(Object.keys(options.layer ?? {}).length ? { layers: options.layer } : {}),
        now: io.now,
        progress: (rows) => bar.at(rows),
      });
      bar.end();
      await catchUp(io, installation);
      return imported;
    } finally {
      bar.end();
    }
  });
  if (options.json) io.out(JSON.stringify(asJson(result, district, rejects)));
  else for (const line of sayImport(io.lang, result, { file, district, rejects })) io.out(line);
}

/** The seven figures first, by the names that scripts rely on; what else is known after them. */
function asJson(result: FileImport, district: string, rejects: string): Record<string, unknown> {
  const { rows, accepted, refused, cases, merged, seconds, agreement, ...rest } = result;
  const kept = refused > 0 ? { rejects } : {};
  return { rows, accepted, refused, cases, merged, seconds, agreement, district, ...rest, ...kept };
}

export function addLayer(
  text: string,
  before: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const [, layer, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (layer && file) return { ...before, [layer]: file };
  throw usage(`--layer ${text} names no layer.`, 'Write --layer NC=outlines.geojson.');
}
