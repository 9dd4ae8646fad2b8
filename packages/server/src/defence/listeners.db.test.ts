import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoApp } from '../testing/demo-town.ts';
import { LISTENERS, listenersOf } from './listeners.ts';
import { routesOf } from './mounted-routes.ts';

/** What pages stand on the public network, by the first part of their address. Whoever adds one here has thought of who may call it. */
const PUBLIC =
  ' algorithms assets editions healthz knowledge ledger my open311 powers privacy readyz report rulings scenes t topics'.split(
    ' ',
  );

test('every route is served by somebody, and on the public network stands what is listed here', async (t) => {
  const { server } = await demoApp(t);
  await server.ready();
  const routes = routesOf(server);
  for (const { method, url } of routes) assert.ok(listenersOf(method, url).length > 0, `${method} ${url}`);
  const open = routes.filter(({ method, url }) => listenersOf(method, url).includes('portal'));
  const pages = open.filter(({ url }) => !/^\/(api|portal)\b|^\/\*$/.test(url));
  for (const { url } of pages) assert.ok(PUBLIC.includes(url.split('/')[1] ?? ''), url);
});

test('a listener answers its own routes, and all others as if they were not there', async (t) => {
  for (const only of LISTENERS) {
    const { server, staff } = await demoApp(t, { only: [only] });
    const statusOf = async (url: string): Promise<number> =>
      (await server.inject({ url, headers: { ...staff('seat'), accept: 'text/html' } })).statusCode;
    assert.equal(await statusOf('/healthz'), 200);
    const served = {
      portal: (await statusOf('/report')) === 200,
      console: (await statusOf('/queue')) !== 404,
      field: (await statusOf('/api/cases?limit=1')) === 200,
      api: (await statusOf('/api/measures/three-rates')) === 200,
    };
    const expected = {
      portal: { portal: true, console: false, field: false, api: false },
      console: { portal: true, console: true, field: true, api: true },
      field: { portal: false, console: false, field: true, api: false },
      api: { portal: false, console: false, field: true, api: true },
    };
    assert.deepEqual(served, expected[only], only);
    assert.equal(await statusOf('/metrics'), only === 'console' || only === 'api' ? 200 : 404, only);
    assert.equal(await statusOf('/nowhere'), 404);
  }
});

test('a staff token opens nothing on the public network', async (t) => {
  const { server, staff } = await demoApp(t, { only: ['portal'] });
  for (const { method, url } of routesOf(server)) {
    if (listenersOf(method, url).includes('portal')) continue;
    const path = url.replace(/:\w+/g, 'x').replace('*', 'x');
    const answer = await server.inject({ method: method as 'GET', url: path, headers: staff('seat') });
    assert.equal(answer.statusCode, 404, `${method} ${url}`);
  }
});
