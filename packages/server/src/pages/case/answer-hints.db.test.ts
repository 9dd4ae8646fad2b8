import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { wordsOfCases } from '@gezhi/storage';
import { takeIn } from '@gezhi/town';
import { demoApp, NOW } from '../../testing/demo-town.ts';

test('whoever answers may ask for hints first: nothing is sent, what was typed stays, no number is given', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const cookie = `gezhi_staff=${staff('seat', 'hotline').authorization.slice('Bearer '.length)}; gezhi_lang=en`;
  const words = '请问东门什么时候修好？';
  const said = { source: 'x', id: '1', type: 'x', occurredAt: NOW, channel: 'phone', words };
  const [receipt] = await takeIn(town, [said], NOW);
  const { caseId } = receipt as { caseId: CaseId };
  const url = `/cases/${caseId}`;
  const page = (await server.inject({ url, headers: { cookie } })).body;
  const form = page.split('<form ').find((one) => one.includes('name="hints"')) ?? '';
  const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const answer = '东门将于6月3日前由物业修好，依据《物业管理条例》。';
  const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
  const asked = await server.inject({
    method: 'POST',
    url: `${url}/do`,
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...fields, words: answer, hints: '1' }).toString(),
  });
  assert.equal(asked.statusCode, 200, asked.body);
  assert.match(asked.body, /Before you send it/);
  assert.match(asked.body, /A basis is named: <strong>yes/);
  assert.ok(asked.body.includes(`\n${answer}</textarea>`));
  const { rows } = await town.db.pool.query(`SELECT count(*) AS n FROM fact WHERE type = 'answered'`);
  assert.equal(Number(rows[0].n), 0);
  const kept = await wordsOfCases(town.db.pool, town.district, [caseId]);
  assert.deepEqual(
    kept.map(({ said }) => said),
    [words],
  );
});
