const zh = {
  keys: '地图缩放',
  closer: '放大',
  farther: '缩小',
  whole: '看全图',
  away: '底图暂不可用，先看简图。',
  review: (number: string) => `审图号：${number}`,
};

const en: typeof zh = {
  keys: 'Zoom of the map',
  closer: 'Closer',
  farther: 'Farther',
  whole: 'The whole map',
  away: 'No map underneath just now: this is the plain sketch.',
  review: (number) => `Review number (审图号) ${number}`,
};

export const MAP_WORDS = { zh, en };
