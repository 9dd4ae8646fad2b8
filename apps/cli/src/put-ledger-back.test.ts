import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ledgersIn, putLedgerBack } from './put-ledger-back.ts';

test('the ledgers of now take the place of the restored ones, with who was erased since', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-ledger-back-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [now, data] = [join(folder, 'now'), join(folder, 'data')];
  for (const root of [now, join(data, 'ledger')])
    await mkdir(join(root, '990000', 'public'), { recursive: true });
  await writeFile(join(now, '990000', 'erasures'), '{"person":"1/requester","at":1}\n');
  await writeFile(join(data, 'ledger', '990000', 'journal'), 'of yesterday');
  const districts = await ledgersIn(now);
  assert.deepEqual(districts, ['990000']);
  await putLedgerBack(now, districts, data);
  assert.match(await readFile(join(data, 'ledger', '990000', 'erasures'), 'utf8'), /requester/);
  await assert.rejects(readFile(join(data, 'ledger', '990000', 'journal')), { code: 'ENOENT' });
  await assert.rejects(ledgersIn(join(folder, 'nowhere')), { code: 'no-ledger-there' });
});
