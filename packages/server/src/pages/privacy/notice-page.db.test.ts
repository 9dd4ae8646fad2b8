import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, isRefusal, type RequestNumber } from '@gezhi/basis';
import { readContact } from '@gezhi/town';
import { demoApp, NOW, reportEvent } from '../../testing/demo-town.ts';
import { browserOn, textOf } from '../kit/testing-browser.ts';

test('everybody reads for what data are used, by which law, how long they are kept, and how many looks are put off by law', async (t) => {
  const { server, town } = await demoApp(t);
  const browser = browserOn(server);
  const before = textOf((await browser.open('/privacy')).html);
  for (const said of [
    '办理并联系诉求人',
    '第13条第1款第3项',
    '1 年',
    'PIA-2026-01',
    '目前没有',
    '不因此保存',
  ])
    assert.ok(before.includes(said), said);
  const payload = reportEvent('1', {
    words: '路灯不亮',
    kind: 'lamp.fault',
    channel: 'app',
    requester: { name: '钱测试（虚构）' },
  });
  const sent = await server.inject({ method: 'POST', url: '/api/signals', payload });
  const number = sent.json().number as RequestNumber;
  const basis = '《刑事诉讼法》第54条';
  const look = await readContact(
    town,
    {
      number,
      purpose: 'authority',
      by: { post: 'authority' },
      reason: '依法调取',
      putOff: { until: NOW + 30 * DAY, basis },
    },
    NOW,
  );
  assert.ok(!isRefusal(look), JSON.stringify(look));
  const after = textOf((await browser.open('/privacy')).html);
  assert.ok(after.includes(basis));
  assert.ok(!after.includes(number));
});
