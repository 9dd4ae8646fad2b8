import type { ClockProfile } from './profile.ts';

const CALENDAR_TIME = 'calendar time';
const LAW_DAYS = 'work days as law counts them: the first day is not counted, the last ends when work closes';

/** Hotlines, whistles, city management: limits that come from local rules and practice. */
export const HOTLINE_PROFILES: readonly ClockProfile[] = [
  {
    id: 'beijing-4-tier',
    name: { zh: '北京接诉即办四级响应', en: 'Beijing, four tiers of response' },
    source: '2 h / 24 h / 7 d / 15 d ladder, second-hand pages only; no official page read',
    confirmed: false,
    terms: {
      emergency: {
        name: { zh: '危及生命财产', en: 'danger to life or property' },
        term: '2h',
        note: CALENDAR_TIME,
      },
      utilities: {
        name: { zh: '水电气热等', en: 'water, power, gas, heat' },
        term: '24h',
        note: CALENDAR_TIME,
      },
      ordinary: { name: { zh: '一般诉求', en: 'ordinary' }, term: '7d', note: CALENDAR_TIME },
      complex: { name: { zh: '疑难复杂', en: 'complex' }, term: '15d', note: CALENDAR_TIME },
    },
  },
  {
    id: 'guangdong-12345',
    name: { zh: '广东省12345热线', en: 'Guangdong province, 12345 hotline' },
    source: '广东省政务服务便民热线管理办法 (2022), read in excerpt on a copy site',
    confirmed: false,
    terms: {
      inquiry: { name: { zh: '咨询', en: 'inquiry' }, term: '2lwd', note: LAW_DAYS },
      help: { name: { zh: '求助', en: 'help' }, term: '10lwd', note: LAW_DAYS },
      suggestion: { name: { zh: '建议', en: 'suggestion' }, term: '10lwd', note: LAW_DAYS },
      complaint: { name: { zh: '投诉', en: 'complaint' }, term: '15lwd', note: LAW_DAYS },
      tipOff: { name: { zh: '举报', en: 'tip-off' }, term: '15lwd', note: LAW_DAYS },
    },
  },
  {
    id: 'shanghai-street',
    name: { zh: '上海市大宁路街道', en: 'Shanghai, Daninglu street' },
    source: 'jingan.gov.cn 2019-12-04, read in excerpt',
    confirmed: true,
    terms: {
      inquiry: { name: { zh: '咨询', en: 'inquiry' }, term: '1lwd', note: LAW_DAYS },
      help: { name: { zh: '求助', en: 'help' }, term: '5lwd', note: LAW_DAYS },
      suggestion: { name: { zh: '建议', en: 'suggestion' }, term: '1lwd', note: LAW_DAYS },
      complaint: { name: { zh: '投诉', en: 'complaint' }, term: '5lwd', note: LAW_DAYS },
      tipOff: { name: { zh: '举报', en: 'tip-off' }, term: '5lwd', note: LAW_DAYS },
      complex: {
        name: { zh: '疑难复杂', en: 'complex' },
        term: '15lwd',
        note: `on approval; ${LAW_DAYS}`,
      },
      urged: {
        name: { zh: '督办或回访复核', en: 'urged or checked again after callback' },
        term: '3lwd',
        note: LAW_DAYS,
      },
    },
  },
  {
    id: 'whistle-pinggu',
    name: { zh: '北京市平谷区吹哨报到', en: 'Beijing Pinggu, whistle' },
    source: 'handmsg.com 2019-09-26, press only; the district’s own text was not read',
    confirmed: false,
    terms: {
      arrive: {
        name: { zh: '执法部门到场', en: 'enforcement departments arrive' },
        term: '30min',
        from: { zh: '吹哨', en: 'the whistle' },
      },
    },
  },
  {
    id: 'lift-huzhou',
    name: { zh: '湖州市电梯困人救援', en: 'Huzhou, people trapped in a lift' },
    source:
      '“五可”电梯智慧监管, xjdql.cn 2022-02-09, press only; a result that was reported, not a limit in law',
    confirmed: false,
    terms: {
      rescue: {
        name: { zh: '救援到场', en: 'rescue' },
        term: '17min',
        from: { zh: '报警', en: 'the alarm' },
      },
    },
  },
  {
    id: 'citymgmt',
    name: { zh: '数字化城市管理', en: 'digital city management' },
    source: 'Counters of a working system; GB/T 30428.8 was not read. One city gives 120 min to verify',
    confirmed: false,
    terms: {
      verify: { name: { zh: '核实', en: 'verify' }, term: '30min' },
      check: { name: { zh: '核查', en: 'check' }, term: '30min' },
      dispose: {
        name: { zh: '处置', en: 'dispose' },
        note: 'per opening condition (立案条件): h for urgent hours, wh for work hours, wd for work days, d for natural days',
      },
    },
  },
  {
    id: 'care-water',
    name: { zh: '独居老人智能水表', en: 'water meter of people who live alone and asked for care' },
    source:
      'Local press: Shanghai 江苏路 and Shenzhen 龙岗 (12 h), 太仓 (24 h); a window of measuring, < 0.01 m³, by consent only',
    confirmed: false,
    terms: {
      shortWindow: { name: { zh: '12小时用水不足0.01立方米', en: 'under 0.01 m³ in 12 h' }, term: '12h' },
      longWindow: { name: { zh: '24小时用水不足0.01立方米', en: 'under 0.01 m³ in 24 h' }, term: '24h' },
    },
  },
];
