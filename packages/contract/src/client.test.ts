import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client } from './client.ts';

type Sent = { url: string; init: RequestInit };

function answering(
  status: number,
  body: unknown,
  type = 'application/json',
): { sent: Sent[]; send: typeof fetch } {
  const sent: Sent[] = [];
  const send = (async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
  }) as typeof fetch;
  return { sent, send };
}

test('a call fills its path, its query and its body, and brings the token', async () => {
  const { sent, send } = answering(200, { seq: 2 });
  const town = client('https://qingxi.example/', 'a-token', send);
  const reply = await town.call('sendCommand', {
    params: { id: '01900000-0000-7000-8000-000000000001' },
    query: { district: '990000' },
    body: { commandId: 'c1', action: 'accept' },
  });
  assert.ok(reply.ok && reply.body.seq === 2);
  assert.equal(
    sent[0]!.url,
    'https://qingxi.example/api/cases/01900000-0000-7000-8000-000000000001/commands?district=990000',
  );
  assert.deepEqual(JSON.parse(String(sent[0]!.init.body)), { commandId: 'c1', action: 'accept' });
  assert.equal((sent[0]!.init.headers as Record<string, string>).authorization, 'Bearer a-token');
});

test('a problem is an answer, whatever stands in front of the service', async () => {
  const problem = {
    type: 'urn:gezhi:problem:stale',
    title: 'x',
    status: 409,
    code: 'stale',
    detail: '',
    remedy: '',
  };
  const { send } = answering(409, problem, 'application/problem+json');
  const reply = await client('https://qingxi.example', undefined, send).call('listKinds', {});
  assert.ok(!reply.ok && reply.problem.code === 'stale');
  const proxy = answering(502, 'bad gateway', 'text/html');
  const other = await client('https://qingxi.example', undefined, proxy.send).call('listKinds', {});
  assert.ok(!other.ok && other.status === 502 && other.problem.code === 'no-problem-json');
});
