import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, isoInstant, isRefusal } from '@gezhi/basis';
import {
  type Checkpoint,
  COSIGNATURE,
  cosign,
  formatVerifierKey,
  judgeCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  SM2_COSIGNATURE,
} from '@gezhi/ledger';
import { readEnvironment, settingsOf } from '@gezhi/service';
import { nodeCrypto, nodeSha256, openLogKey, proveConsistency, shownCheckpoint } from '@gezhi/storage';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { keyFrom, logAt, orThrow } from '../log-at.ts';
import { type CommonOptions, common } from '../options.ts';

type Options = CommonOptions & {
  readonly key: string;
  readonly name: string;
  readonly out?: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('witness')
    .description(
      say(
        io,
        '见证另一安装的账本：核对只增不改，再签名',
        'cosign the ledger of another installation, once it is seen to have only grown',
      ),
    )
    .argument('<where>', say(io, '账本的地址或目录', 'where the ledger is: address or folder'))
    .requiredOption('--key <key>', say(io, '该账本的公钥或其文件', 'key of that ledger, or a file'))
    .option(
      '--name <name>',
      say(io, '见证人的名称（首次使用时定下）', 'name of the witness (settled at first use)'),
      'gezhi-witness',
    )
    .option('--out <file>', say(io, '把签好的检查点写到文件', 'write the signed checkpoint to a file'))
    .action((where: string, options: Options) => witnessCommand(io, where, options));
  common(command, io, [
    'gezhi witness https://town.example/ledger/990000 --key key.pub --name city.example/witness',
    'gezhi witness /srv/gezhi/ledger/990000/public --key key.pub --out checkpoint',
  ]);
}

async function witnessCommand(io: Io, where: string, options: Options): Promise<void> {
  const { spoolDir, database } = settingsOf(readEnvironment(io.env), {
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options.suite === undefined ? {} : { suite: options.suite }),
  });
  const folder = join(dirname(spoolDir), 'witness');
  const witness = await openLogKey(
    folder,
    options.name,
    database.suite === 'sm' ? SM2_COSIGNATURE : COSIGNATURE,
  );
  const read = logAt(where);
  const log = keyFrom(options.key);
  const { note } = await shownCheckpoint(read);
  const shown = orThrow(openCheckpoint(nodeCrypto, note, log));
  const path = join(folder, createHash('sha256').update(shown.origin).digest('hex'), 'checkpoint');
  const seen = await seenIn(path);
  const proof = await proveConsistency(nodeSha256, read, seen?.size ?? 0, shown.size);
  const verdict = judgeCheckpoint(nodeSha256, seen, shown, proof);
  if (isRefusal(verdict)) {
    io.end(3);
    if (options.json) io.out(JSON.stringify({ cosigned: false, ...verdict }));
    else io.out(`✗ ${verdict.code}: ${verdict.because}`);
    return;
  }
  const seconds = Math.floor(io.now() / 1000);
  const signed = note + cosign(nodeSha256, shown.text, seconds, witness.key, witness.sign);
  await keep(path, signed);
  if (options.out) await writeFile(options.out, signed);
  const key = formatVerifierKey(nodeSha256, witness.key);
  if (options.json) io.out(JSON.stringify({ cosigned: true, size: shown.size, key, checkpoint: signed }));
  else {
    const at = isoInstant(seconds * 1000);
    io.err(
      say(
        io,
        `✓ ${shown.origin} 有 ${shown.size} 条，只增未改；${at} 由 ${key} 签名`,
        `✓ ${shown.origin} has ${shown.size} leaves and only grew; signed at ${at} by ${key}`,
      ),
    );
    await io.write(signed);
  }
}

async function seenIn(path: string): Promise<Checkpoint | undefined> {
  try {
    const checkpoint = parseCheckpoint(await readFile(path, 'utf8'));
    if (!isRefusal(checkpoint)) return checkpoint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  throw new Fault('bad-checkpoint', `${path} is not what this witness kept.`, {
    hint: 'Put it back from a backup.',
  });
}

/** On disk before the signature is given out: a witness that forgot what it signed would sign a fork. */
async function keep(path: string, signed: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.next`, 'w');
  await file.writeFile(signed);
  await file.sync().finally(() => file.close());
  await rename(`${path}.next`, path);
}
