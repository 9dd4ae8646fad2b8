import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, isoInstant, isRefusal } from '@gezhi/basis';
import {
  judgeCheckpoint,
  type Leaf,
  type LedgerReceipt,
  openCheckpoint,
  parseVerifierKey,
  type ReceiptProves,
  type VerifierKey,
  verifyReceipt,
} from '@gezhi/ledger';
import { readEnvironment, settingsOf } from '@gezhi/service';
import {
  ledgerFolders,
  nodeCrypto,
  nodeSha256,
  openLog,
  proveConsistency,
  shownCheckpoint,
} from '@gezhi/storage';
import { type Town, townOf } from '@gezhi/town';
import { acceptLoss, auditLedger, type LedgerFinding } from '@gezhi/workers';
import type { Command } from 'commander';
import { type Io, type Lang, say } from '../io.ts';
import { keyFrom, logAt, orThrow } from '../log-at.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly key?: string;
  readonly tiles?: string;
  readonly witness?: readonly string[];
  readonly district?: string;
  readonly acceptLoss?: boolean;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('verify')
    .description(
      say(
        io,
        '验证回执，不必信任服务器；不给文件则核对本机数据库与账本',
        'check a receipt without trusting the server; without a file, the database here against its ledger',
      ),
    )
    .argument('[receipt]', say(io, '回执文件（JSON）', 'a receipt (JSON)'))
    .option(
      '--key <key>',
      say(io, '账本公钥或其文件，应来自可信之处', 'key of the ledger, or a file: from where you trust it'),
    )
    .option('--tiles <where>', say(io, '账本现在的地址或目录', 'where the ledger is now: address or folder'))
    .option('--witness <key...>', say(io, '见证人的公钥', 'keys of witnesses'))
    .addOption(districtOption(io))
    .option(
      '--accept-loss',
      say(
        io,
        '恢复旧备份后从此继续，并记入账本',
        'go on after an older backup was restored, and write it down',
      ),
    )
    .action((receipt: string | undefined, options: Options) =>
      receipt === undefined ? verifyTown(io, options) : verifyFile(io, receipt, options),
    );
  common(command, io, [
    'gezhi verify receipt.json --key town.example/ledger/990000+1a2b3c4d+AQ…',
    'gezhi verify receipt.json --key key.pub --tiles https://town.example/ledger/990000',
    'gezhi verify --district 990000',
  ]);
}

async function verifyFile(io: Io, file: string, options: Options): Promise<void> {
  const receipt = await readReceipt(file);
  const key = options.key ? keyFrom(options.key) : orThrow(parseVerifierKey(nodeSha256, receipt.key));
  const witnesses = (options.witness ?? []).map(keyFrom);
  const proves = verifyReceipt(nodeCrypto, receipt, key, witnesses);
  const refusal = isRefusal(proves)
    ? proves
    : options.tiles
      ? await compare(options.tiles, proves, key)
      : undefined;
  if (refusal) io.end(3);
  if (options.json) {
    io.out(
      JSON.stringify(
        isRefusal(proves) ? { good: false, ...proves } : { good: !refusal, ...refusal, ...told(proves) },
      ),
    );
    return;
  }
  if (!options.key)
    io.err(
      say(
        io,
        '注意：未给 --key，用的是回执自带的公钥，只能证明前后一致。',
        'Mind: without --key the receipt’s own key is used, which proves only that it agrees with itself.',
      ),
    );
  if (refusal) io.out(`✗ ${refusal.code}: ${refusal.because}`);
  if (!isRefusal(proves))
    for (const line of sayProves(io, proves, options.tiles !== undefined && !refusal)) io.out(line);
}

async function readReceipt(file: string): Promise<LedgerReceipt> {
  try {
    const receipt = JSON.parse(await readFile(file, 'utf8')) as Partial<LedgerReceipt>;
    if (receipt.format === 'gezhi.receipt/v1' && typeof receipt.number === 'string')
      return receipt as LedgerReceipt;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new Fault('bad-receipt', `${file} is no receipt of Gezhi.`, {
    hint: 'Fetch it from GET /api/requests/<number>/receipt?code=<code>.',
  });
}

/** Whether the ledger, as it is shown now, still begins with the one that the receipt was given from. */
async function compare(
  where: string,
  { included }: ReceiptProves,
  key: VerifierKey,
): Promise<undefined | Extract<ReturnType<typeof judgeCheckpoint>, { refused: true }>> {
  if (!included) return undefined;
  const read = logAt(where);
  const shown = orThrow(openCheckpoint(nodeCrypto, (await shownCheckpoint(read)).note, key));
  const proof = await proveConsistency(nodeSha256, read, included.checkpoint.size, shown.size);
  const verdict = judgeCheckpoint(nodeSha256, included.checkpoint, shown, proof);
  return isRefusal(verdict) ? verdict : undefined;
}

function told({ promise, included }: ReceiptProves): object {
  return {
    ...(promise && { promised: { number: promise.number, at: isoInstant(promise.at) } }),
    ...(included && {
      included: {
        index: included.index,
        leaf: included.leaf,
        size: included.checkpoint.size,
        witnesses: included.checkpoint.witnesses.map(({ key, at }) => ({ name: key.name, at })),
      },
    }),
  };
}

function* sayProves(io: Io, { promise, included }: ReceiptProves, isThereNow: boolean): Generator<string> {
  if (promise) {
    const at = isoInstant(promise.at);
    yield say(
      io,
      `✓ 已签名承诺：${promise.number} 于 ${at} 收到`,
      `✓ promised and signed: ${promise.number} was received at ${at}`,
    );
  }
  if (!included) {
    yield say(
      io,
      '… 账本尚未载入：稍后再取一次回执',
      '… not in the ledger yet: fetch the receipt again later',
    );
    return;
  }
  const { index, checkpoint } = included;
  yield say(
    io,
    `✓ 在 ${checkpoint.origin} 的账本中：第 ${index} 条，共 ${checkpoint.size} 条`,
    `✓ in the ledger of ${checkpoint.origin}: leaf ${index} of ${checkpoint.size}`,
  );
  for (const { key, at = 0 } of checkpoint.witnesses) {
    yield say(
      io,
      `✓ 见证：${key.name}，${isoInstant(at * 1000)}`,
      `✓ witnessed by ${key.name} at ${isoInstant(at * 1000)}`,
    );
  }
  if (isThereNow)
    yield say(io, '✓ 账本现在仍以它为前缀，未被改动', '✓ the ledger as it is now begins with it, unchanged');
}

async function verifyTown(io: Io, options: Options): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const { spoolDir } = settingsOf(
      readEnvironment(io.env),
      options.data === undefined ? {} : { data: options.data },
    );
    const folders = ledgerFolders(join(dirname(spoolDir), 'ledger'), 'localhost');
    if (options.acceptLoss) {
      const log = await openLog(folders.folderOf(town.district), await folders.keyOf(town.district));
      const lost = await acceptLoss(town, log, io.now()).finally(() => log.close());
      io.err(say(io, `${lost} 条已记为遗失。`, `${lost} leaves are written down as lost.`));
    }
    const audit = await auditLedger(town, logAt(folders.publicOf(town.district)));
    if (audit.findings.length > 0) io.end(3);
    if (options.json) io.out(JSON.stringify(audit));
    else for (const line of sayAudit(io.lang, town, audit)) io.out(line);
  });
}

const FINDINGS: Readonly<Record<LedgerFinding['code'], { readonly zh: string; readonly en: string }>> = {
  'tiles-changed': { zh: '账本文件被改动', en: 'files of the ledger were changed' },
  'database-behind': {
    zh: '账本有而数据库没有：恢复了旧备份',
    en: 'in the ledger and not in the database: an older backup was restored',
  },
  dropped: { zh: '数据库中已被删除', en: 'was dropped from the database' },
  changed: { zh: '内容被改动', en: 'was changed' },
  redated: { zh: '时间被改动', en: 'was dated otherwise' },
  swapped: { zh: '换成了另一条', en: 'was swapped for another' },
  lost: { zh: '恢复旧备份时遗失（已登记）', en: 'was lost when an older backup was restored (on record)' },
};

function* sayAudit(
  lang: Lang,
  town: Town,
  audit: Awaited<ReturnType<typeof auditLedger>>,
): Generator<string> {
  for (const { code, leaf, held } of audit.findings) {
    yield `✗ ${leaf === undefined ? '' : `${leaf}: `}${held ? `${sayLeaf(held)} ` : ''}${FINDINGS[code][lang]}`;
  }
  const { leaves, erased, findings } = audit;
  if (findings.length > 0) return;
  yield lang === 'zh'
    ? `✓ ${town.district}：账本 ${leaves} 条与数据库一致${erased ? `，其中 ${erased} 条的数据已依法删除` : ''}`
    : `✓ ${town.district}: all ${leaves} leaves agree with the database${erased ? `; the data behind ${erased} were erased` : ''}`;
}

function sayLeaf(leaf: Leaf): string {
  return leaf.kind === 'fact'
    ? `${leaf.type} ${leaf.case} #${leaf.seq} (${leaf.position})`
    : `${leaf.kind} ${leaf.event}`;
}
