import { type Instant, parseInstant } from '@gezhi/basis';
import { type Responsible, sayReason, whoIsResponsible } from '@gezhi/duty';
import { placesAt, segmentsNear } from '@gezhi/place';
import { type Town, townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, type Lang, say } from '../io.ts';
import { namesOf } from '../names-of.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly kind: string;
  readonly lon: string;
  readonly lat: string;
  readonly at?: string;
  readonly district?: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('responsible')
    .description(
      say(
        io,
        '某地某类事项在某一分钟由谁负责',
        'who was responsible for a kind of matter, there, at that minute',
      ),
    )
    .requiredOption('--kind <code>', say(io, '类别代码', 'code of the kind'))
    .requiredOption('--lon <degrees>', say(io, '经度（WGS-84）', 'longitude (WGS-84)'))
    .requiredOption('--lat <degrees>', say(io, '纬度（WGS-84）', 'latitude (WGS-84)'))
    .option('--at <moment>', say(io, '时刻（默认现在）', 'moment (default: now)'))
    .addOption(districtOption(io))
    .action((options: Options) => responsibleCommand(io, options));
  common(command, io, [
    'gezhi responsible --kind lamp.fault --lon 118.12 --lat 31.23',
    'gezhi responsible --kind lamp.fault --lon 118.12 --lat 31.23 --at 2026-05-01T02:30:00+08:00',
  ]);
}

async function responsibleCommand(io: Io, options: Options): Promise<void> {
  const point = { lon: degrees('--lon', options.lon, 180), lat: degrees('--lat', options.lat, 90) };
  const at = options.at === undefined ? io.now() : momentOf('--at', options.at);
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    if (!town.kinds.has(options.kind)) {
      throw usage(`There is no kind "${options.kind}".`, `There is: ${[...town.kinds.keys()].join(', ')}.`);
    }
    const places: Record<string, readonly string[]> = { ...placesAt(town.places, point) };
    for (const { line, segment } of segmentsNear(town.lines, point)) {
      places[line] = [...(places[line] ?? []), segment];
    }
    const answer = whoIsResponsible(town.duties, { kind: options.kind, places, at, knownAt: io.now() });
    if (answer.outcome !== 'somebody') io.end(3);
    if (options.json) io.out(JSON.stringify({ ...answer, places }));
    else for (const line of sayResponsible(io.lang, town, answer)) io.out(line);
  });
}

export function sayResponsible(lang: Lang, town: Town, answer: Responsible): string[] {
  const nameOf = namesOf(town, lang);
  const who = [
    answer.unit && nameOf('unit', answer.unit),
    answer.post && nameOf('post', answer.post),
    answer.persons.join(lang === 'zh' ? '、' : ', '),
  ].filter(Boolean);
  const head = who.join(' › ') || (lang === 'zh' ? '没有明确的责任单位' : 'Nobody is clearly responsible');
  return [head, ...answer.because.map((reason) => `  ${sayReason(reason, lang, nameOf)}`)];
}

function degrees(option: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Math.abs(value) <= max) return value;
  throw usage(`${option} ${text} is no angle.`, `Write decimal degrees from -${max} to ${max}.`);
}

/** @throws Fault `usage` */
export function momentOf(option: string, text: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  throw usage(`${option} ${text} is no moment.`, 'Write it with its offset: 2026-05-01T08:00:00+08:00.');
}
