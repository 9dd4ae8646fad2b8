/* A process that writes signals into a spool as fast as it can until it is killed, and says each that was acknowledged. */
import { isRefusal } from '@gezhi/basis';
import { openSpool } from '../spool/spool.ts';
import { lampSignal } from './tiny-town.ts';

const [folder = '', round = ''] = process.argv.slice(2);
const spool = await openSpool(folder);

async function writeOn(lane: number): Promise<void> {
  for (let i = 0; ; i += 1) {
    const id = `${round}-${lane * 1_000_000 + i}`;
    const [receipt] = await spool.append([lampSignal(id, { words: `路灯不亮，编号 ${id}` })], '990009');
    if (receipt && !isRefusal(receipt)) process.stdout.write(`${id} ${receipt.number}\n`);
  }
}

await Promise.all([1, 2, 3, 4].map(writeOn));
