import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { Provider } from 'oidc-provider';
import { makeAccount } from './account.ts';
import type { SingleSignOn } from './library.ts';
import { readSecurityLog } from './security-log.ts';
import { beginSecondFactor, confirmSecondFactor, showSecondFactor } from './sign-in.ts';
import { beginSingleSignOn, finishSingleSignOn, SSO_PATH } from './single-sign-on.ts';
import { sittingOf } from './sitting.ts';
import { browser, DISTRICT, must, testGate, totp } from './testing/test-gate.ts';

const OURS = 'http://localhost:8080';

/** A certified OpenID provider on a port of this machine, that lets anybody in by the name they type. */
async function providerOn(t: TestContext): Promise<SingleSignOn> {
  let handle: RequestListener = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const client = {
    client_id: 'gezhi',
    client_secret: 'a secret of this test',
    redirect_uris: [`${OURS}${SSO_PATH}`],
  };
  const provider = new Provider(issuer, {
    clients: [client],
    pkce: { required: () => true },
    cookies: { keys: ['of this test'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' }] },
    claims: { openid: ['sub'], profile: ['staff_number', 'name'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, staff_number: id.replace('u-', ''), name: 'somebody made up' }),
    }),
  });
  handle = provider.callback();
  return {
    ...{
      name: { zh: '统一身份认证', en: 'the county sign-on' },
      issuer,
      district: DISTRICT,
      claim: 'staff_number',
    },
    clientId: 'gezhi',
    clientSecret: 'a secret of this test',
  };
}

/** What somebody does at the provider, as a browser would: sign in, consent, be sent back. Answers the query it comes back with. */
async function atProvider(url: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = url;
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 12; steps++) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    form = undefined;
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location) {
      next = new URL(location, next).href;
      if (next.startsWith(OURS)) return new URL(next).search;
      continue;
    }
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    assert.ok(prompt, page.slice(0, 800));
    next = new URL(/<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? next, next).href;
    form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) });
  }
  throw new Error('the provider does not come to an end');
}

test('a single sign-on at a real provider: who has an account comes in, with our second factor where it asks none', async (t) => {
  const singleSignOn = await providerOn(t);
  const { gate } = await testGate(t, { singleSignOn });
  const account = must(await makeAccount(gate, { district: DISTRICT, name: '10001', role: 'staff' }));
  const chrome = browser();
  const go = async (login: string) => {
    const leaving = must(await beginSingleSignOn(gate, chrome));
    chrome.keep(leaving.cookies);
    assert.ok(leaving.url.startsWith(singleSignOn.issuer));
    assert.match(leaving.url, /code_challenge_method=S256/);
    const step = await finishSingleSignOn(gate, await atProvider(leaving.url, login), chrome);
    if (!isRefusal(step)) chrome.keep(step.cookies);
    return step;
  };
  const first = must(await go('u-10001'));
  assert.equal(first.step, 'enrol');
  if (first.step !== 'enrol') return;
  assert.equal(first.sitting.account.id, account.id);
  const factor = must(await beginSecondFactor(gate, first.sitting, undefined, chrome));
  const inside = must(await confirmSecondFactor(gate, first.sitting, totp(factor.secret), chrome));
  chrome.keep(inside.cookies);
  assert.equal((await sittingOf(gate, chrome.cookie))?.strong, true);

  const again = must(await go('u-10001'));
  assert.equal(again.step, 'second');
  assert.equal((await sittingOf(gate, chrome.cookie))?.strong, false);
  const code = totp(factor.secret, Date.now(), 1);
  const step = must(await showSecondFactor(gate, DISTRICT, code, chrome));
  chrome.keep(step.cookies);
  assert.equal((await sittingOf(gate, chrome.cookie))?.strong, true);

  const stranger = await go('u-77777');
  assert.ok(isRefusal(stranger) && stranger.code === 'wrong-sign-in');
  const { rows } = await gate.pool.query<{ n: number }>('SELECT count(*) AS n FROM account');
  assert.equal(rows[0]!.n, 1, 'nobody gets an account by signing in there');
  const { rows: ways } = await gate.pool.query(
    'SELECT 1 FROM account_way WHERE access_token IS NOT NULL OR id_token IS NOT NULL OR refresh_token IS NOT NULL',
  );
  assert.equal(ways.length, 0, 'what the provider gives out is not kept');
  assert.ok((await readSecurityLog(gate, DISTRICT)).some(({ event }) => event === 'signInFailed'));
});

test('a way back that another browser began, or that comes twice, opens nothing', async (t) => {
  const singleSignOn = { ...(await providerOn(t)), asksSecondFactor: true };
  const { gate } = await testGate(t, { singleSignOn });
  must(await makeAccount(gate, { district: DISTRICT, name: '10001', role: 'staff' }));
  const [mine, other] = [browser(), browser()];
  const leaving = must(await beginSingleSignOn(gate, mine));
  mine.keep(leaving.cookies);
  const query = await atProvider(leaving.url, 'u-10001');
  assert.ok(isRefusal(await finishSingleSignOn(gate, query, other)), 'without the cookie of who left');
  const fresh = must(await beginSingleSignOn(gate, mine));
  mine.keep(fresh.cookies);
  const right = await atProvider(fresh.url, 'u-10001');
  const step = must(await finishSingleSignOn(gate, right, mine));
  assert.equal(step.step, 'in', 'the provider asks for the second factor');
  assert.ok(isRefusal(await finishSingleSignOn(gate, right, mine)), 'twice');
  assert.ok(isRefusal(await finishSingleSignOn(gate, '?code=x&state=y', mine)), 'made up');
});
