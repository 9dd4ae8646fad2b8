/* A process that sends notices of the tiny town until it is killed. */
import { makeGateway } from '@gezhi/connectors';
import { openInstallation, townOf } from '@gezhi/town';
import { tellTown } from '../notices/tell-town.ts';
import { MADE_UP_SECRET } from './made-up-gateway.ts';

const [database = '', gateway = '', now = '', keysDir = ''] = process.argv.slice(2);
const installation = await openInstallation({ url: database, keysDir, connectionsMax: 4 });
const options = { allowPrivate: true, timeoutMs: 60_000 };
await tellTown(townOf(installation), makeGateway(gateway, MADE_UP_SECRET, options), () => Number(now));
await installation.close();
