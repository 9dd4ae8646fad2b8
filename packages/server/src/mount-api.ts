import { openApi } from '@gezhi/contract';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from './app-context.ts';
import { mountConsole } from './console/mount-console.ts';
import { askOutside, getOutside } from './maps/outside-places.ts';
import { mountRoute } from './mount-route.ts';
import { getReadReport, listAlgorithms, readDraft } from './routes/algorithms.ts';
import { reportBreach } from './routes/breaches.ts';
import { nextCallback } from './routes/callbacks.ts';
import { explainCase, getCase, listCases } from './routes/cases.ts';
import { sendCommand } from './routes/commands.ts';
import { readContact } from './routes/contacts.ts';
import {
  actOnEdition,
  draftEdition,
  explainEdition,
  exportEdition,
  getEdition,
  getHelpPlan,
  listEditionCases,
  listEditions,
} from './routes/editions.ts';
import { mountEmergencies } from './routes/emergencies.ts';
import { explainAnything } from './routes/explain.ts';
import { listFacts, streamFacts } from './routes/facts.ts';
import { feedOfUnit } from './routes/feed.ts';
import { getFieldCase } from './routes/field-case.ts';
import { getFieldDay } from './routes/field-day.ts';
import {
  addKnowledge,
  editKnowledge,
  findKnowledge,
  getKnowledge,
  listKnowledge,
} from './routes/knowledge.ts';
import { getCounts, getThreeRates } from './routes/measures.ts';
import { getMonthOfPlace } from './routes/month-of-place.ts';
import { listNotices, retryNotice } from './routes/notices.ts';
import { getNow } from './routes/now.ts';
import { addCasePhotos, addRequestPhotos } from './routes/photos.ts';
import { mountPortal } from './routes/portal.ts';
import { explainPower, listPowers } from './routes/powers.ts';
import { findSame, hintAnswer } from './routes/read.ts';
import { getReceipt } from './routes/receipts.ts';
import { editRecords, listEdits, listRecords, previewRecords, undoRecords } from './routes/registry.ts';
import { getMedia, getRequest } from './routes/requests.ts';
import {
  askResidentCode,
  closeResidentSession,
  getResident,
  handOverResident,
  openResidentSession,
} from './routes/resident.ts';
import { exportRound, getRound, listRounds, planRound, visitStop } from './routes/rounds.ts';
import { actOnRuling, listRulings } from './routes/rulings.ts';
import { drawSample, listSamples, listThemes, promiseSeed, writeTheme } from './routes/samples-and-themes.ts';
import { me, signIn, signOut } from './routes/session.ts';
import { followUp, sendSignals } from './routes/signals.ts';
import { sketchPlaces } from './routes/sketch.ts';
import { listTaskLinks, makeTaskLink, revokeTaskLink } from './routes/task-link.ts';
import { readTopics } from './routes/topics.ts';
import { findPlaces, findResponsible, getTown, listKinds, listScenes } from './routes/town.ts';
import { mountUploads } from './routes/uploads.ts';
import { getUpstream, readOrderFiles, retryReply, takeOrders } from './routes/upstream.ts';

/** Signals may bring photos inside JSON: two of the largest. */
const SIGNALS_BYTES_MAX = 28 * 1024 * 1024;

/** An outline of 20,000 positions. */
const REGISTRY_BYTES_MAX = 2 * 1024 * 1024;

/** A file of a day's orders. */
const ORDERS_BYTES_MAX = 20 * 1024 * 1024;

/** Every route of the contract, each at its handler. */
export function mountApi(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'sendSignals', sendSignals, { readsBody: false, bodyLimit: SIGNALS_BYTES_MAX });
  mountRoute(server, app, 'getRequest', getRequest);
  mountRoute(server, app, 'getReceipt', getReceipt);
  mountRoute(server, app, 'followUp', followUp);
  mountRoute(server, app, 'addRequestPhotos', addRequestPhotos);
  mountRoute(server, app, 'listCases', listCases);
  mountRoute(server, app, 'getCase', getCase);
  mountRoute(server, app, 'explainCase', explainCase);
  mountRoute(server, app, 'sendCommand', sendCommand);
  mountRoute(server, app, 'addCasePhotos', addCasePhotos);
  mountRoute(server, app, 'getMedia', getMedia);
  mountRoute(server, app, 'getThreeRates', getThreeRates);
  mountRoute(server, app, 'getCounts', getCounts);
  mountRoute(server, app, 'listFacts', listFacts);
  mountRoute(server, app, 'streamFacts', streamFacts);
  mountRoute(server, app, 'whoIsResponsible', findResponsible);
  mountRoute(server, app, 'findPlaces', findPlaces);
  mountRoute(server, app, 'sketchPlaces', sketchPlaces);
  mountRoute(server, app, 'getOutside', getOutside);
  mountRoute(server, app, 'askOutside', askOutside);
  mountRoute(server, app, 'getNow', getNow);
  mountRoute(server, app, 'getMonthOfPlace', getMonthOfPlace);
  mountRoute(server, app, 'listRecords', listRecords);
  mountRoute(server, app, 'previewRecords', previewRecords);
  mountRoute(server, app, 'editRecords', editRecords, { bodyLimit: REGISTRY_BYTES_MAX });
  mountRoute(server, app, 'undoRecords', undoRecords);
  mountRoute(server, app, 'listEdits', listEdits);
  mountRoute(server, app, 'listScenes', listScenes);
  mountRoute(server, app, 'listKinds', listKinds);
  mountKnowledge(server, app);
  mountRoute(server, app, 'getTown', getTown);
  mountEditions(server, app);
  mountRoute(server, app, 'nextCallback', nextCallback);
  mountRounds(server, app);
  mountRoute(server, app, 'listNotices', listNotices);
  mountRoute(server, app, 'retryNotice', retryNotice);
  mountRoute(server, app, 'readContact', readContact);
  mountRoute(server, app, 'reportBreach', reportBreach);
  mountRoute(server, app, 'listRulings', listRulings);
  mountRoute(server, app, 'actOnRuling', actOnRuling);
  mountEmergencies(server, app);
  mountRoute(server, app, 'explainAnything', explainAnything);
  mountRoute(server, app, 'unitFeed', feedOfUnit);
  readOrderFiles(server);
  mountRoute(server, app, 'takeOrders', takeOrders, { readsBody: false, bodyLimit: ORDERS_BYTES_MAX });
  mountRoute(server, app, 'getUpstream', getUpstream);
  mountRoute(server, app, 'retryReply', retryReply);
  mountRoute(server, app, 'listTaskLinks', listTaskLinks);
  mountRoute(server, app, 'makeTaskLink', makeTaskLink);
  mountRoute(server, app, 'revokeTaskLink', revokeTaskLink);
  mountRoute(server, app, 'readSame', findSame);
  mountRoute(server, app, 'readAnswer', hintAnswer);
  mountRoute(server, app, 'readDraft', readDraft);
  mountRoute(server, app, 'getReadReport', getReadReport);
  mountRoute(server, app, 'listAlgorithms', listAlgorithms);
  mountRoute(server, app, 'listPowers', listPowers);
  mountRoute(server, app, 'explainPower', explainPower);
  mountRoute(server, app, 'getFieldDay', getFieldDay);
  mountRoute(server, app, 'getFieldCase', getFieldCase);
  mountUploads(server, app);
  mountPortal(server, app);
  mountRoute(server, app, 'me', me);
  mountRoute(server, app, 'signIn', signIn);
  mountRoute(server, app, 'signOut', signOut);
  mountRoute(server, app, 'askResidentCode', askResidentCode);
  mountRoute(server, app, 'handOverResident', handOverResident);
  mountRoute(server, app, 'openResidentSession', openResidentSession);
  mountRoute(server, app, 'closeResidentSession', closeResidentSession);
  mountRoute(server, app, 'getResident', getResident);
  mountConsole(server, app);
  server.get('/api/openapi.json', async () => openApi());
}

function mountKnowledge(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'findKnowledge', findKnowledge);
  mountRoute(server, app, 'getKnowledge', getKnowledge);
  mountRoute(server, app, 'listKnowledge', listKnowledge);
  mountRoute(server, app, 'addKnowledge', addKnowledge);
  mountRoute(server, app, 'editKnowledge', editKnowledge);
  mountRoute(server, app, 'readTopics', readTopics);
}

function mountEditions(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'listEditions', listEditions);
  mountRoute(server, app, 'draftEdition', draftEdition);
  mountRoute(server, app, 'getEdition', getEdition);
  mountRoute(server, app, 'listEditionCases', listEditionCases);
  mountRoute(server, app, 'explainEdition', explainEdition);
  mountRoute(server, app, 'exportEdition', exportEdition);
  mountRoute(server, app, 'getHelpPlan', getHelpPlan);
  mountRoute(server, app, 'actOnEdition', actOnEdition);
  mountRoute(server, app, 'listSamples', listSamples);
  mountRoute(server, app, 'promiseSeed', promiseSeed);
  mountRoute(server, app, 'drawSample', drawSample);
  mountRoute(server, app, 'listThemes', listThemes);
  mountRoute(server, app, 'writeTheme', writeTheme);
}

function mountRounds(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'listRounds', listRounds);
  mountRoute(server, app, 'planRound', planRound);
  mountRoute(server, app, 'getRound', getRound);
  mountRoute(server, app, 'visitStop', visitStop);
  mountRoute(server, app, 'exportRound', exportRound);
}
