import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.ts';
import { mountRoute } from '../mount-route.ts';
import { listPosts } from '../routes/sign-in-posts.ts';
import { getCaseForms } from './case-forms.ts';
import { draftRelease } from './draft-release.ts';
import { fileCall } from './file-call.ts';
import { getPrecedents, listLooks } from './precedents.ts';
import { exportList, readList } from './read-list.ts';
import { exportQueue, listQueues, readQueue } from './read-queue.ts';
import { tellCase } from './tell-case.ts';
import { getWhistle, listWhistles } from './whistles.ts';

/** What the console asks beside the routes that everybody has. */
export function mountConsole(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'listPosts', listPosts);
  mountRoute(server, app, 'listQueues', listQueues);
  mountRoute(server, app, 'readQueue', readQueue);
  mountRoute(server, app, 'exportQueue', exportQueue);
  mountRoute(server, app, 'readList', readList);
  mountRoute(server, app, 'exportList', exportList);
  mountRoute(server, app, 'tellCase', tellCase);
  mountRoute(server, app, 'getCaseForms', getCaseForms);
  mountRoute(server, app, 'getPrecedents', getPrecedents);
  mountRoute(server, app, 'listLooks', listLooks);
  mountRoute(server, app, 'draftRelease', draftRelease);
  mountRoute(server, app, 'listWhistles', listWhistles);
  mountRoute(server, app, 'getWhistle', getWhistle);
  mountRoute(server, app, 'fileCall', fileCall);
}
