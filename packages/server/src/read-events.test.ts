import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import type { CloudEvent } from '@gezhi/contract';
import { dataOf, extensionsOf, readEvents } from './read-events.ts';

const shared = process.env.GEZHI_SHARED_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const feature = join(shared, 'cloudevents/http-protocol-binding.feature');

type Example = { readonly name: string; readonly headers: Record<string, string>; readonly body: string };

/** The HTTP requests of the CloudEvents conformance feature, each with every content type of its table of examples. */
function examples(text: string): Example[] {
  return text
    .split(/Scenario Outline: /)
    .slice(1)
    .flatMap((scenario) => {
      const [, request = ''] = scenario.split('"""');
      const types = [...(scenario.split('Examples:')[1] ?? '').matchAll(/\|\s*(application\/[^|]+?)\s*\|/g)];
      const [head = '', ...rest] = request.split(/\n\s*\n/);
      return types.map(([, type]) => {
        const lines = head.trim().split('\n').slice(1);
        const headers = lines.map((line) => line.trim().split(/:\s*(.*)/s) as [string, string]);
        const named = headers.map(([name, value]) => [
          name.toLowerCase(),
          value.replace('<contentType>', type!),
        ]);
        return {
          name: `${scenario.split('\n')[0]} ${type}`,
          headers: Object.fromEntries(named),
          body: rest.join('\n'),
        };
      });
    });
}

test('the HTTP binding of the CloudEvents conformance features', {
  skip: existsSync(feature) ? false : `no ${feature}`,
}, () => {
  const all = examples(readFileSync(feature, 'utf8'));
  assert.ok(all.length >= 4, `${all.length} examples`);
  for (const { name, headers, body } of all) {
    const event = only(headers, JSON.parse(body));
    const { id, specversion, type, source, time, datacontenttype } = event;
    assert.deepEqual(
      { id, specversion, type, source, time },
      {
        id: '1234-1234-1234',
        specversion: '1.0',
        type: 'com.example.someevent',
        source: '/mycontext/subcontext',
        time: '2018-04-05T03:56:24Z',
      },
      name,
    );
    assert.match(datacontenttype ?? '', /^application\/json/);
    assert.deepEqual(dataOf(event), { message: 'Hello World!' }, name);
  }
});

function only(headers: Record<string, string>, body: unknown): CloudEvent {
  const read = readEvents(headers, body, 'en');
  if (isRefusal(read)) throw new Error(read.because);
  const [event] = read.events;
  if (!event || isRefusal(event)) throw new Error(JSON.stringify(event));
  return event;
}

const EVENT = { specversion: '1.0', id: '1', source: '/s', type: 't' };

test('an array is a batch whatever its type says, and a batch is an array', () => {
  const read = readEvents({ 'content-type': 'application/json' }, [EVENT, { ...EVENT, id: '' }], 'en');
  assert.ok(!isRefusal(read) && read.isBatch);
  assert.deepEqual(!isRefusal(read) && read.events.map(isRefusal), [false, true]);
  assert.ok(isRefusal(readEvents({ 'content-type': 'application/cloudevents-batch+json' }, EVENT, 'en')));
  assert.ok(isRefusal(readEvents({ 'content-type': 'application/json' }, [], 'en')));
});

test('headers are percent-decoded; extensions are kept by name', () => {
  const event = only(
    {
      'content-type': 'text/plain',
      'ce-specversion': '1.0',
      'ce-id': '1',
      'ce-source': '%E6%B8%85%E6%BA%AA',
      'ce-type': 't',
      'ce-comexampleextension1': 'value',
    },
    '路灯不亮',
  );
  assert.equal(event.source, '清溪');
  assert.deepEqual(extensionsOf(event), { comexampleextension1: 'value' });
  assert.deepEqual(dataOf(event), { words: '路灯不亮' });
});

test('data in base64 is the JSON that it holds', () => {
  const event = only({}, { ...EVENT, data_base64: Buffer.from('{"words":"停水"}').toString('base64') });
  assert.deepEqual(dataOf(event), { words: '停水' });
});
