import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { KEY, madeUpRequest, madeUpTown, NOW } from './made-up-port.ts';
import { readMoment } from './moment.ts';
import { open311 } from './open311.ts';

/** The recorded schemas of GeoReport v2, which are not part of the repository. */
const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = join(process.env.GEZHI_SHARED_DATA ?? join(root, '../shared/data'), 'open311');
const skip = existsSync(folder) ? false : `no recorded schemas in ${folder}`;

function read(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
}

function check(schema: string, value: unknown): void {
  const ajv = new Ajv({ strict: false, logger: false, allErrors: true });
  ajv.addFormat('date-time', (text) => readMoment(text) !== undefined);
  ajv.addFormat('uri', (text) => URL.canParse(text));
  for (const name of ['request.json', 'service.json']) ajv.addSchema(read(name), name);
  ajv.addSchema({ definitions: read('swagger.json').definitions }, 'swagger.json');
  const validate = ajv.getSchema(schema) ?? ajv.compile(read(schema));
  assert.ok(validate(value), JSON.stringify(validate.errors));
}

async function answer(path: string, form?: string): Promise<unknown> {
  const full = madeUpRequest('r2', {
    status: 'closed',
    statusNotes: '',
    updatedAt: NOW,
    expectedAt: NOW,
    address: '三组水井旁',
    point: { lat: 31, long: 118 },
    mediaUrl: 'https://a.example/1.jpg',
    extended: { title: 't', attributes: [{ code: 'a', values: ['b'] }] },
  });
  const town = madeUpTown({ requests: [madeUpRequest('r1'), full] });
  const [bare = '', query] = path.split('?');
  const method = form === undefined ? 'GET' : 'POST';
  const call = {
    method,
    path: bare,
    query: new URLSearchParams(query),
    form: new URLSearchParams(form),
    now: NOW,
  };
  return JSON.parse((await open311(town)(call)).body) as unknown;
}

test('lists of services and definitions are as recorded', { skip }, async () => {
  check('services.json', await answer('/services.json'));
  for (const code of ['lamp', 'tree', 'dump']) {
    check('service-definition.json', await answer(`/services/${code}.json`));
    check('swagger.json#/definitions/ServiceDefinition', await answer(`/services/${code}.json`));
  }
});

test('requests are as recorded, plain and extended', { skip }, async () => {
  const paths = [
    '/requests.json',
    '/requests.json?extensions=true',
    '/requests/r2.json',
    '/requests.json?status=closed',
  ];
  for (const path of paths) check('requests.json', await answer(path));
  for (const each of (await answer('/requests.json')) as unknown[])
    check('swagger.json#/definitions/Request', each);
});

test('what a POST and a token answer is as recorded', { skip }, async () => {
  const [submitted] = (await answer(
    '/requests.json',
    `api_key=${KEY}&service_code=lamp&lat=1&long=1`,
  )) as unknown[];
  check('swagger.json#/definitions/RequestResponse', submitted);
  const [token] = (await answer('/tokens/t-1.json')) as unknown[];
  check('swagger.json#/definitions/TokenResponse', token);
});

test('the check is one: a request without its status is found out', { skip }, () => {
  assert.throws(() => check('requests.json', [{ service_request_id: 'r1' }]));
});
