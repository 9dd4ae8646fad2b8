import type { ProblemRow } from '../problems/problem-row.ts';

/** What maps refuse, as HTTP answers it. */
export const MAP_PROBLEM_ROWS: Readonly<Record<'no-such-tile' | 'map-away' | 'no-outside', ProblemRow>> = {
  'no-such-tile': {
    status: 404,
    title: { zh: '本市没有这块地图', en: 'There is no such tile of this town' },
    remedy: {
      zh: '只提供本市范围内、设定级别内的地图。',
      en: 'Tiles are served within the town, between the zooms of the setting.',
    },
  },
  'map-away': {
    status: 503,
    title: { zh: '地图服务暂时没有应答', en: 'The map service gives no answer just now' },
    remedy: {
      zh: '先看简图、写明地点即可，稍后再试。',
      en: 'The plain sketch and the place in words will do; try again later.',
    },
  },
  'no-outside': {
    status: 404,
    title: { zh: '没有设置外部地名服务', en: 'No service of place names outside is set' },
    remedy: {
      zh: '在地图设置文件中写明 geocoder（docs/maps.md）。',
      en: 'Name a geocoder in the maps file (docs/maps.md).',
    },
  },
};
