import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.ts';
import { mountRoute } from '../mount-route.ts';
import { askOwnData, getOwnData } from './own-data.ts';
import { publicFeed } from './portal-feed.ts';
import { answerQuestions, followRequest } from './portal-follow.ts';
import { getGuide, getPromiseKept, whoAnswers } from './portal-place.ts';
import { getPublic, listPublic, releasePublic } from './portal-public.ts';
import { readAboutToSay } from './portal-read.ts';
import { joinPublic } from './portal-voice.ts';
import { addSubscription, endSubscription, listSubscriptions } from './subscriptions.ts';

/** What residents are offered beside sending a report: docs/portal.md. */
export function mountPortal(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'readAboutToSay', readAboutToSay);
  mountRoute(server, app, 'listPublic', listPublic);
  mountRoute(server, app, 'getPublic', getPublic);
  mountRoute(server, app, 'joinPublic', joinPublic);
  mountRoute(server, app, 'releasePublic', releasePublic);
  mountRoute(server, app, 'publicFeed', publicFeed);
  mountRoute(server, app, 'getPromiseKept', getPromiseKept);
  mountRoute(server, app, 'whoAnswers', whoAnswers);
  mountRoute(server, app, 'getGuide', getGuide);
  mountRoute(server, app, 'getOwnData', getOwnData);
  mountRoute(server, app, 'askOwnData', askOwnData);
  mountRoute(server, app, 'listSubscriptions', listSubscriptions);
  mountRoute(server, app, 'addSubscription', addSubscription);
  mountRoute(server, app, 'endSubscription', endSubscription);
  mountRoute(server, app, 'followRequest', followRequest);
  mountRoute(server, app, 'answerQuestions', answerQuestions);
}
