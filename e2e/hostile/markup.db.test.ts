import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { routesOf } from '@gezhi/server';
import { act, takeIn } from '@gezhi/town';
import { formsOf } from './forms.ts';
import { MARK } from './payloads.ts';
import { strangeMarkup } from './read-markup.ts';
import { type Caller, hostileWorld, NOW, type World } from './world.ts';

/** How a text leaves what it stands in: an element, an attribute with either quote or none, a comment, a script, an address. */
const WAYS_OUT = [
  '',
  '">',
  "'>",
  '>',
  '-->',
  '</textarea>',
  '</title>',
  '</select>',
  '</script>',
  '</style>',
  ' ',
];
/** What it does then. */
const DEEDS = [
  `<script>${MARK}()</script>`,
  `<img src=x onerror=${MARK}()>`,
  `<svg/onload=${MARK}()>`,
  `<${MARK}>`,
  `<a href="javascript:${MARK}()">x</a>`,
  `<iframe srcdoc="<script>${MARK}()</script>">`,
  `<math><mi//xlink:href="data:x,<script>${MARK}()</script>">`,
  `<base href="//${MARK}.example">`,
  `<meta http-equiv=refresh content="0;url=//${MARK}.example">`,
  `<style>@import'//${MARK}.example'</style>`,
  ` onfocus=${MARK}() autofocus x=`,
  `\u2028<\u200b${MARK}>`,
  `&lt;${MARK}&gt;`,
  `&#60;${MARK}&#62;`,
  `%3C${MARK}%3E`,
  `javascript:${MARK}()//`,
  `{{${MARK}}}`,
  `\\x3c${MARK}\\x3e`,
  `<noscript><p title="</noscript><img src=x onerror=${MARK}()>">`,
];
const PAYLOADS = WAYS_OUT.flatMap((out) => DEEDS.map((deed) => out + deed));

test('no payload becomes markup on any page, kept or thrown back', { timeout: 300_000 }, async (t) => {
  assert.ok(PAYLOADS.length >= 200);
  const world = await hostileWorld(t);
  const caseIds = await plant(world);
  await world.server.ready();
  const callers = world.callers.filter(({ name }) => name === 'nobody' || /-(seat|desk|head)1$/.test(name));
  const pages = pagesOf(world, caseIds);
  let looked = 0;
  const look = (from: string, answer: { body: string; headers: Readonly<Record<string, unknown>> }): void => {
    if (!String(answer.headers['content-type']).includes('html')) return;
    looked += 1;
    assert.deepEqual(strangeMarkup(answer.body), [], from);
  };
  await t.test('what was kept, on every page, for residents and staff', async () => {
    for (const caller of callers)
      for (const url of pages) look(`${url} for ${caller.name}`, await open(world, caller, url));
  });
  await t.test('what stands in an address', async () => {
    for (const [i, url] of pages.entries()) {
      const payload = encodeURIComponent(PAYLOADS[(i * 37) % PAYLOADS.length]!);
      const query = [
        'q',
        'lang',
        'district',
        'next',
        'from',
        'number',
        'tab',
        'month',
        'error',
        'place',
        'kind',
      ];
      const asked = `${url.split('?')[0]}?${query.map((name) => `${name}=${payload}`).join('&')}`;
      for (const caller of callers) look(asked, await open(world, caller, asked));
      look(`${url}${payload}`, await open(world, callers[0]!, `${url.split('?')[0]}/${payload}`));
    }
  });
  await t.test('what a form sends', async () => {
    let n = 0;
    for (const caller of callers) {
      for (const form of await formsOf(world.server, pages, caller.headers)) {
        for (const name of form.fields.keys()) {
          n += 1;
          const fields = new URLSearchParams([...form.fields]);
          fields.set(name, PAYLOADS[(n * 53) % PAYLOADS.length]!);
          look(`${form.action} ${name}`, await open(world, caller, form.action, String(fields)));
        }
      }
    }
    assert.ok(n > 50, `${n} fields`);
  });
  assert.deepEqual(world.faults, []);
  t.diagnostic(`${PAYLOADS.length} payloads, ${looked} pages read`);
});

/** Cases of which every text that a resident or a worker writes is a payload. */
async function plant({ town }: World): Promise<readonly string[]> {
  const step = 10;
  const signals = Array.from({ length: Math.ceil(PAYLOADS.length / step) }, (_, i) => {
    const some = PAYLOADS.slice(i * step, (i + 1) * step);
    return {
      ...{
        source: 'markup',
        id: String(i),
        type: 'gezhi.report.v1',
        occurredAt: NOW - 60_000,
        channel: 'web',
      },
      words: some.join(' '),
      placeText: some[0]!.slice(0, 300),
      publicity: 'public' as const,
      requester: { name: some[1]!.slice(0, 100), reachMe: [{ way: 'visit' as const, address: some[2]! }] },
    };
  });
  const taken = await takeIn(town, signals, NOW - 50_000);
  const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const ids: string[] = [];
  for (const [i, one] of taken.entries()) {
    assert.ok(!isRefusal(one), JSON.stringify(one));
    ids.push(one.caseId);
    const order = { commandId: `note-${i}`, caseId: one.caseId, action: 'note', by: { post: seat } };
    await act(town, { ...order, input: { words: PAYLOADS[(i * 7) % PAYLOADS.length] } }, NOW);
  }
  return [...new Set(ids)];
}

function pagesOf({ server, ids }: World, caseIds: readonly string[]): readonly string[] {
  const urls = routesOf(server)
    .filter(
      ({ method, url }) => method === 'GET' && !/^\/(api|open311|ledger|metrics|healthz|readyz)|\*/.test(url),
    )
    .flatMap(({ url }) => {
      const some = url.startsWith('/cases/') ? caseIds.slice(0, 6) : caseIds.slice(0, 1);
      return some.map((id) =>
        url.replace(/:(\w+)/g, (_, name: string) => (name === 'id' ? id : (ids[name]?.[0] ?? 'x'))),
      );
    });
  return [...new Set([...urls, '/queue?tab=triage', '/queue/find?q=a', '/desk?words=a'])];
}

async function open({ server }: World, { headers }: Caller, url: string, payload?: string) {
  return await server.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url,
    headers: {
      accept: 'text/html',
      'accept-language': 'zh-CN',
      ...headers,
      ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
}

test('a page that escapes nothing would be found out', () => {
  const found = DEEDS.slice(0, 10).map((deed) => strangeMarkup(`<!doctype html><p>${deed}</p>`).length);
  assert.ok(
    found.every((count) => count > 0),
    found.join(),
  );
});
