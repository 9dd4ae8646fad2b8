import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { insertNotices, inTransaction } from '@gezhi/storage';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver } from '../kit/testing-town.ts';

test('staff see who was told, in both languages, on the ledger and beside the case, and send again', async (t) => {
  const { server, town } = await pagesOver(t);
  const resident = browserOn(server);
  assert.match((await resident.open('/notices')).html, /action="\/staff"/);
  const page = await resident.open('/report');
  const words = '银杏大道公交站旁的路灯三天没亮了，晚上走路看不清';
  await resident.send(formIn(page, '/report'), { words, kind: 'lamp.fault' });
  const { rows } = await town.db.pool.query<{ case_id: CaseId; unit: string }>(
    'SELECT case_id, unit FROM case_now ORDER BY case_id DESC LIMIT 1',
  );
  const { case_id: caseId } = rows[0]!;
  const made = { caseId, position: 1, step: 0, ways: ['sms'], urgent: false, madeAt: Date.now() };
  await inTransaction(town.db.pool, (client) =>
    insertNotices(client, town.district, [
      {
        ...made,
        id: '1.a',
        rule: 'hotline.received',
        target: 'requester',
        targetCode: '120000000001',
        lane: 'a',
        state: 'outbox',
        reason: 'noGateway',
      },
    ]),
  );
  const seat = browserOn(server);
  const post = [...town.posts.values()].find((one) => one.kind === 'seat')!.code;
  await seat.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  const ledger = await seat.open('/notices?state=outbox');
  assert.match(textOf(ledger.html), /诉求人 120000000001[\s\S]*已受理[\s\S]*短信[\s\S]*未外发/);
  assert.match(textOf((await seat.open(`/cases/${caseId}`)).html), /告知记录[\s\S]*诉求人 120000000001/);
  assert.match(textOf((await seat.open('/notices?lang=en')).html), /Who was told[\s\S]*kept in the house/);
  const again = await seat.send(formIn(ledger, '/notices/retry'), {});
  assert.equal(again.status, 200);
  const { rows: after } = await town.db.pool.query('SELECT state FROM notice');
  assert.equal(after[0].state, 'waiting');
});
