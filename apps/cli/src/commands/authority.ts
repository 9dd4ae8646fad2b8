import { isRefusal, parseRequestNumber } from '@gezhi/basis';
import { isLocalDay, localDay } from '@gezhi/clock';
import { type Contact, handToAuthority, townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly district?: string;
  readonly document: string;
  readonly steward?: string;
  readonly second?: string;
  readonly tellOn?: string;
  readonly basis?: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('authority')
    .description(
      say(
        io,
        '法院、检察院、监察机关等依法调取某件诉求的联系方式：两人同意，留痕，告知本人',
        'who is behind a request, for a court or another authority that may ask by law: on the word of two, written down, told to the person',
      ),
    )
    .argument('<number>', say(io, '诉求编号', 'number of the request'))
    .requiredOption('--document <words>', say(io, '谁凭哪份文书调取', 'who asks, by which document'))
    .option('--steward <post>', say(io, '提出的数据管理岗', 'the data steward who asks for it'))
    .option('--second <post>', say(io, '同意的第二人', 'the second person, who allows it'))
    .option(
      '--tell-on <day>',
      say(
        io,
        '依法暂缓告知本人，到这一天为止',
        'the law puts it off that the person is told, until this day',
      ),
    )
    .option('--basis <law>', say(io, '暂缓告知的法律依据', 'the law that puts it off'))
    .addOption(districtOption(io))
    .action((number: string, options: Options) => authorityCommand(io, number, options));
  common(command, io, [
    'gezhi authority 120000000014 --document "示例法院〔2026〕1号" --steward 990000-RX-dataSteward1 --second 990000-RX-head1',
    'gezhi authority 120000000014 --document "…" --steward POST --second POST --tell-on 2026-12-31 --basis "《监察法》第…条"',
  ]);
}

async function authorityCommand(io: Io, text: string, options: Options): Promise<void> {
  const number = parseRequestNumber(text);
  if (!number)
    throw usage(
      `"${text}" is no number of a request.`,
      'It has twelve digits, the last of them checks the others.',
    );
  const { document, steward, second, tellOn, basis } = options;
  if ((tellOn === undefined) !== (basis === undefined))
    throw usage(
      'Telling is put off by a law and until a day.',
      'Write both: --tell-on 2026-12-31 --basis LAW.',
    );
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    if (tellOn !== undefined && !isLocalDay(tellOn))
      throw usage(`"${tellOn}" is no day.`, 'Write it as 2026-12-31.');
    const until = tellOn === undefined ? undefined : town.calendar.zone.instantOf(localDay(tellOn), 0);
    const handed = await handToAuthority(
      town,
      {
        number,
        document,
        ...(steward ? { steward } : {}),
        ...(second ? { second } : {}),
        ...(until !== undefined && basis !== undefined ? { putOff: { until, basis } } : {}),
      },
      io.now(),
    );
    if (isRefusal(handed))
      throw usage(
        handed.because,
        'Write --document WORDS --steward POST --second POST; see gezhi authority --help.',
      );
    if (options.json) io.out(JSON.stringify(handed.contact));
    else for (const line of sayContact(io, handed.contact)) io.out(line);
  });
}

function sayContact(io: Io, contact: Contact): readonly string[] {
  const people = Object.entries(contact);
  if (people.length === 0)
    return [say(io, '这件诉求没有留下联系方式。', 'Nobody left a contact with this request.')];
  return people.map(([role, { name = '', reachMe = [] }]) =>
    [role, name, ...reachMe.map(({ way, address }) => `${way} ${address}`)].filter(Boolean).join('  '),
  );
}
