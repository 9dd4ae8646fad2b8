import { open311 } from '@gezhi/open311';
import { madeUpTown } from './src/made-up-port.ts';

const handle = open311(madeUpTown()); // in the service, the port is the running town
const now = Date.parse('2026-05-01T08:00:00+08:00');

const posted = await handle({
  method: 'POST',
  path: '/requests.xml',
  query: new URLSearchParams(),
  form: new URLSearchParams({
    api_key: 'made-up-key',
    service_code: 'lamp',
    address_string: '三组水井旁',
    description: '路灯不亮',
  }),
  now,
});
console.log(posted.status, posted.body);

const found = await handle({
  method: 'GET',
  path: '/requests.json',
  query: new URLSearchParams('status=open&page_size=20'),
  now,
});
console.log(found.headers.etag, found.body);
