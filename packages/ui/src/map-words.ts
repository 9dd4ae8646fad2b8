const zh = {
  keys: '地图缩放',
  closer: '放大',
  farther: '缩小',
  whole: '看全图',
  away: '底图暂不可用，先看简图。',
  review: (number: string) => `审图号：${number}`,
  outside: {
    ask: '用外部地名服务查找',
    told: (by: string) => `只把“地点”一栏的文字和本市的范围发给${by}，别的都不发。`,
    found: (by: string) => `${by}找到的地点`,
    none: (by: string) => `${by}也没有找到。照原话记下就可以。`,
    known: '本市的地名里有这个地点，不用到外面查。',
    away: '外部地名服务没有应答。照原话记下就可以。',
    taken: (name: string, by: string) => `地点：${name}（来自${by}）`,
    off: '不用它',
    from: { tianditu: '天地图', nominatim: 'Nominatim', photon: 'Photon' },
  },
};

const en: typeof zh = {
  keys: 'Zoom of the map',
  closer: 'Closer',
  farther: 'Farther',
  whole: 'The whole map',
  away: 'No map underneath just now: this is the plain sketch.',
  review: (number) => `Review number (审图号) ${number}`,
  outside: {
    ask: 'Look outside for this place',
    told: (by) => `Only the words of the place and the box of the town go to ${by}, nothing else.`,
    found: (by) => `Places that ${by} proposes`,
    none: (by) => `${by} does not know it either. The place in words will do.`,
    known: 'The town’s own register has this place: nobody outside is asked.',
    away: 'The service of place names gives no answer. The place in words will do.',
    taken: (name, by) => `Place: ${name} (from ${by})`,
    off: 'Leave it out',
    from: { tianditu: 'Tianditu', nominatim: 'Nominatim', photon: 'Photon' },
  },
};

export const MAP_WORDS = { zh, en };
