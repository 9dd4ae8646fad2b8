/** Every route of the API: its name, its method and its path. Without schemas, so that a browser's client stays small. */
export const PATHS = {
  sendSignals: 'POST /api/signals',
  getRequest: 'GET /api/requests/:number',
  followUp: 'POST /api/requests/:number/follow-ups',
  addRequestPhotos: 'POST /api/requests/:number/photos',
  listCases: 'GET /api/cases',
  getCase: 'GET /api/cases/:id',
  explainCase: 'GET /api/cases/:id/explain',
  sendCommand: 'POST /api/cases/:id/commands',
  addCasePhotos: 'POST /api/cases/:id/photos',
  getMedia: 'GET /api/media/:id',
  getThreeRates: 'GET /api/measures/three-rates',
  getCounts: 'GET /api/measures/counts',
  listFacts: 'GET /api/facts',
  streamFacts: 'GET /api/stream',
  whoIsResponsible: 'GET /api/responsible',
  findPlaces: 'GET /api/places/at',
  listScenes: 'GET /api/scenes',
  listKinds: 'GET /api/kinds',
  getTown: 'GET /api/town',
  getOpenApi: 'GET /api/openapi.json',
} as const;

export type RouteName = keyof typeof PATHS;
