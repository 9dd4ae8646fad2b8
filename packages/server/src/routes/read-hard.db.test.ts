import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoApp } from '../testing/demo-town.ts';

const HARD: Readonly<Record<string, string>> = {
  emoji: '路灯😡😡不亮了👨‍👩‍👧‍👦',
  'traditional characters': '路燈壞了，請儘快處理',
  English: 'The street lamp at the corner is broken!',
  'Uyghur script': 'كوچا چىرىغى بۇزۇلۇپ قالدى',
  HTML: '<script>alert("路灯")</script><b>不亮</b>&nbsp;<',
  'control characters': '路灯\u0008不\u001b[31m亮\ufeff',
  'as long as may be': '路灯不亮'.repeat(1_000),
};

test('whatever was written is read, or refused with what is wrong', async (t) => {
  const { server, staff, faults } = await demoApp(t);
  const headers = { ...staff('seat', 'hotline'), 'content-type': 'application/json' };
  const post = async (url: string, body: object) =>
    await server.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) });
  for (const [what, text] of Object.entries(HARD)) {
    const same = await post('/api/read/same', { words: text });
    assert.equal(same.statusCode, 200, `same: ${what} ${same.body}`);
    const draft = await post('/api/read/draft', { text, callerNumber: '12' });
    assert.equal(draft.statusCode, 200, `draft: ${what}`);
    assert.equal((await post('/api/read/answer', { asked: text, answer: text })).statusCode, 200, what);
  }
  for (const text of ['', '路\u0000灯', '路灯\ud83d不亮', '路'.repeat(100_000)]) {
    for (const [url, body] of [
      ['/api/read/same', { words: text }],
      ['/api/read/draft', { text }],
    ] as const) {
      const refused = await post(url, body);
      assert.ok(refused.statusCode >= 400 && refused.statusCode < 500, `${url} ${refused.statusCode}`);
      assert.ok(refused.json().title, refused.body);
    }
  }
  const number = await post('/api/read/same', { words: '路灯不亮', callerNumber: '1'.repeat(41) });
  assert.equal(number.statusCode, 400);
  assert.deepEqual(faults, []);
});
