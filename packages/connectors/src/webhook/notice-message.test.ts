import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { NOTICE_SCHEMA, type NoticeMessage } from './notice-message.ts';
import { sign } from './signature.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../../../docs/notices.md'), 'utf8');

function blocks(language: string): string[] {
  return [...DOCS.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text]) => text!,
  );
}

test('the page about notices shows the schema as it is, an example of it, and a sample that verifies it', async () => {
  const [schema = '', example = ''] = blocks('json');
  assert.deepEqual(JSON.parse(schema), NOTICE_SCHEMA);
  const message = JSON.parse(example) as NoticeMessage;
  assert.deepEqual(Object.keys(message), [...NOTICE_SCHEMA.required]);
  const [, secret = ''] = /With the secret `([^`]+)`/.exec(DOCS) ?? [];
  const body = JSON.stringify(message);
  const signature = sign(Buffer.from(secret), message.id, 1777860000, body);
  assert.ok(DOCS.includes(signature), signature);
  const [sample = ''] = blocks('js');
  const { isOurs } = (await import(`data:text/javascript,${encodeURIComponent(sample)}`)) as {
    isOurs: (secret: string, headers: Record<string, string>, body: string, now: number) => boolean;
  };
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': '1777860000',
    'webhook-signature': `v1,old ${signature}`,
  };
  assert.ok(isOurs(secret, headers, body, 1777860010));
  assert.ok(!isOurs(secret, headers, `${body} `, 1777860010));
  assert.ok(!isOurs(secret, headers, body, 1777870000));
});
