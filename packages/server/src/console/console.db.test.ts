import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { actInputs, type HandAct } from '@gezhi/contract';
import { takeIn } from '@gezhi/town';
import { demoApp, NOW, type TestApp } from '../testing/demo-town.ts';
import { tokenOf } from '../tokens.ts';

type Body = Record<string, never> & { readonly [name: string]: never };

describe('what the console asks', () => {
  let api: TestApp;
  let caseId: string;
  let lead: string;
  const closing: (() => unknown)[] = [];
  after(async () => {
    for (const close of closing.toReversed()) await close();
  });

  before(async () => {
    api = await demoApp({ after: (close) => closing.push(close as () => unknown) });
    const { town } = api;
    const duty = town.duties.catalogue;
    assert.ok(duty);
    const places = town.places.places.filter(({ level }) => level === 'community').slice(0, 6);
    for (const [i, place] of places.entries()) {
      const [receipt] = await takeIn(
        town,
        [
          {
            source: 'test',
            id: `lamp-${i}`,
            type: 'gezhi.report.v1',
            occurredAt: NOW,
            words: `${place.name}门口的路灯不亮了，晚上看不见路`,
            kind: 'lamp.fault',
            placeText: place.name,
            requester: { reachMe: [{ way: 'phone', address: '13900000001' }] },
          } as never,
        ],
        NOW,
      );
      assert.ok(receipt && !isRefusal(receipt));
    }
    const { rows } = await town.db.pool.query<{ case_id: string; unit: string }>(
      `SELECT case_id, unit FROM case_now WHERE unit IS NOT NULL AND state = 'dispatched' ORDER BY case_id`,
    );
    assert.ok(rows[0], 'a lamp is dispatched');
    ({ case_id: caseId, unit: lead } = rows[0]);
  });

  const as = (postKind: string, unit?: string): Record<string, string> => {
    const post = [...api.town.posts.values()].find((p) => p.kind === postKind && (!unit || p.unit === unit))!;
    const person = api.town.staff.find((s) => s.post === post.code)?.person;
    const token = tokenOf(api.town.secret, { post: post.code, ...(person ? { person } : {}) });
    return { authorization: `Bearer ${token}`, 'accept-language': 'zh-CN' };
  };
  const ask = async (url: string, headers = as('desk', lead)): Promise<Body> => {
    const answer = await api.server.inject({ url, headers });
    assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`);
    return answer.json();
  };

  test('shows the posts of a made-up town to whoever tries it', async () => {
    const { posts } = (await api.server.inject('/api/session/posts')).json();
    assert.equal(posts[0].kind, 'seat');
    assert.ok(posts.every((p: { unitName: { zh: string } }) => p.unitName.zh));
  });

  test('counts each queue of a post, and reads one page by page, once each', async () => {
    const { queues } = (await ask('/api/queues')) as unknown as {
      queues: { queue: string; waiting: number }[];
    };
    const mine = queues.find(({ queue }) => queue === 'mine');
    assert.ok(mine && mine.waiting > 0);
    const seen: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page: { rows: { caseId: string; excerpt: string }[]; next?: string } = (await ask(
        `/api/queues/mine?limit=1${next && `&after=${encodeURIComponent(next)}`}`,
      )) as never;
      assert.match(page.rows[0]?.excerpt ?? '', /路灯/);
      seen.push(...page.rows.map((row) => row.caseId));
      next = page.next;
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen.length, mine.waiting);
    const none = await api.server.inject({ url: '/api/queues/nobody', headers: as('desk', lead) });
    assert.equal(none.json().code, 'no-such-queue');
    assert.equal((await api.server.inject('/api/queues')).statusCode, 401);
  });

  test('gives a queue as a file without anybody’s words', async () => {
    const headers = as('desk', lead);
    const file = await api.server.inject({ url: '/api/queues/mine/export', headers });
    assert.match(String(file.headers['content-type']), /text\/csv/);
    assert.match(String(file.headers['content-disposition']), /^attachment;/);
    assert.match(file.body, new RegExp(caseId));
    assert.doesNotMatch(file.body, /晚上看不见路|13900000001/);
  });

  test('tells a case in sentences, and each clock stretch by stretch', async () => {
    const story = (await ask(`/api/cases/${caseId}/story`)) as unknown as {
      told: { sentence: string; words?: string }[];
      clocks: { name: string; spans: string[] }[];
      truths: { asked: number; requests: number };
    };
    assert.match(story.told[0]?.sentence ?? '', /受理登记/);
    assert.match(story.told[0]?.words ?? '', /路灯/);
    assert.ok(story.clocks.some(({ name, spans }) => name === '办结' && spans.length > 0));
    assert.deepEqual([story.truths.asked, story.truths.requests], [0, 1]);
    const english = (await ask(`/api/cases/${caseId}/story?lang=en`)) as unknown as typeof story;
    assert.match(english.told[0]?.sentence ?? '', /^Received/);
  });

  test('gives each act a form that the act takes', async () => {
    const { forms } = (await ask(`/api/cases/${caseId}/forms`)) as unknown as {
      forms: { act: HandAct; action: string; moves: boolean; schema: Schema }[];
    };
    assert.ok(forms.some(({ action, moves }) => action === 'accept' && moves));
    assert.ok(forms.some(({ action }) => action === 'object'));
    for (const { act, schema, action } of forms) {
      const filled = fill(schema);
      const read = actInputs[act].safeParse(filled);
      assert.ok(read.success, `${action}: ${JSON.stringify(filled)} ${read.error?.message}`);
    }
  });

  test('shows the lines of duty before a ruling, and who looked', async () => {
    const { lines, isFinal } = (await ask(`/api/cases/${caseId}/precedents`)) as unknown as {
      lines: { unit: { code: string }; basis: string }[];
      isFinal: boolean;
    };
    assert.ok(lines.some(({ unit, basis }) => unit.code === lead && basis));
    assert.equal(isFinal, false);
    assert.deepEqual(await ask(`/api/cases/${caseId}/looks`), { looks: [] });
  });

  test('files a call once, however often it is sent, and joins what the seat names', async () => {
    const call = {
      id: '018f0000-0000-4000-8000-000000000001',
      words: '窨井盖翘起来了，骑车的人差点摔倒',
      callerNumber: '13900000002',
      join: caseId,
      shown: [caseId],
    };
    const send = async () =>
      await api.server.inject({ method: 'POST', url: '/api/desk/calls', headers: as('seat'), payload: call });
    const first = await send();
    assert.equal(first.statusCode, 201, first.body);
    const { number, code, joined, caseId: into, now } = first.json();
    assert.match(number, /^\d{12}$/);
    assert.match(code, /^\d{6}$/);
    assert.equal(joined, true);
    assert.equal(into, caseId);
    assert.ok(now.state);
    assert.equal((await send()).json().number, number);
    const bad = await api.server.inject({
      method: 'POST',
      url: '/api/desk/calls',
      headers: as('seat'),
      payload: { ...call, callerNumber: 'ring me' },
    });
    assert.equal(bad.statusCode, 400);
  });

  test('a term that was granted is told as granted, to staff, for a program, and stands as the promise', async () => {
    const act = async (action: string, input: object, headers: Record<string, string>): Promise<void> => {
      const payload = { commandId: `more-time/${action}`, action, input };
      const sent = await api.server.inject({
        method: 'POST',
        url: `/api/cases/${caseId}/commands`,
        headers,
        payload,
      });
      assert.equal(sent.statusCode, 200, sent.body);
    };
    const until = new Date(NOW + 12 * 86_400_000).toISOString();
    await act('accept', {}, as('desk', lead));
    await act('contact', { way: 'phone' }, as('desk', lead));
    await act('askExtension', { reason: '等材料到货', until }, as('desk', lead));
    const hotline = [...api.town.units.values()].find(({ kind }) => kind === 'hotline')!.code;
    await act('grantExtension', { granted: true, words: '同意' }, as('head', hotline));
    const story = (await ask(`/api/cases/${caseId}/story`)) as unknown as {
      clocks: { clock: string; dueAt?: string; spans: string[] }[];
      voices: { promised?: string }[];
    };
    const handled = story.clocks.find(({ dueAt }) => dueAt === until);
    assert.deepEqual(handled?.spans, ['延期已获批准，以批准的期限为准。']);
    assert.equal(story.voices[0]?.promised, until);
    await ask(`/api/cases/${caseId}/explain`);
  });

  test('proposes units for a whistle with their law, only to whoever may whistle', async () => {
    assert.deepEqual(await ask(`/api/cases/${caseId}/whistle`, as('seat')), {});
    const { bands, rows } = (await ask('/api/whistles', as('dispatcher'))) as unknown as {
      bands: unknown[];
      rows: unknown[];
    };
    assert.ok(Array.isArray(bands) && Array.isArray(rows));
  });
});

type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly format?: string;
  readonly oneOf?: readonly { readonly const: unknown }[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
};

/** A form filled in, every field of it. */
function fill(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.oneOf) return schema.oneOf[0]?.const;
  if (schema.type === 'object') {
    const parts = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, fill(property)]);
    return Object.fromEntries(parts);
  }
  if (schema.type === 'array') return [fill(schema.items ?? {})];
  if (schema.format === 'closing') return '2026-05-20T18:00:00+08:00';
  if (schema.format === 'case') return '018f0000-0000-7000-8000-000000000000';
  return 'x1';
}
