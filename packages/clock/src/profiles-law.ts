import type { ClockProfile } from './profile.ts';

/** Limits that stand in a law or regulation whose text was read. Days are days in law (民法典 201, 203). */
export const LAW_PROFILES: readonly ClockProfile[] = [
  {
    id: 'xinfang',
    name: { zh: '信访', en: 'petitions' },
    source: '信访工作条例 (2022)',
    confirmed: true,
    terms: {
      forward: { name: { zh: '转送、交办', en: 'forward or hand over' }, term: '15ld' },
      notice: { name: { zh: '书面告知是否受理', en: 'written notice of acceptance' }, term: '15ld' },
      objection: {
        name: { zh: '对转送提出异议', en: 'objection to being given it' },
        term: '5lwd',
        from: { zh: '收到转送', en: 'receipt' },
        note: 'Art. 23',
      },
      decide: {
        name: { zh: '办结', en: 'decide' },
        term: '60ld',
        extension: '30ld',
        from: { zh: '受理', en: 'acceptance' },
      },
      askReview: {
        name: { zh: '请求复查', en: 'ask for a second look' },
        term: '30ld',
        from: { zh: '收到书面答复', en: 'receipt of the written answer' },
      },
      review: {
        name: { zh: '复查', en: 'second look' },
        term: '30ld',
        from: { zh: '收到复查请求', en: 'receipt of the request' },
      },
      askRecheck: {
        name: { zh: '请求复核', en: 'ask for a third look' },
        term: '30ld',
        from: { zh: '收到复查意见', en: 'receipt of the second answer' },
      },
      recheck: {
        name: { zh: '复核', en: 'third look' },
        term: '30ld',
        from: { zh: '收到复核请求', en: 'receipt of the request' },
        note: 'time for a hearing (听证) is not counted: pause the clock',
      },
    },
  },
  {
    id: 'foi',
    name: { zh: '政府信息公开', en: 'freedom of information' },
    source: '政府信息公开条例 (2019)',
    confirmed: true,
    terms: {
      proactive: {
        name: { zh: '主动公开', en: 'publish of its own accord' },
        term: '20lwd',
        from: { zh: '信息形成或变更', en: 'making or change of the information' },
      },
      answer: {
        name: { zh: '答复申请', en: 'answer a request' },
        term: '20lwd',
        extension: '20lwd',
        from: { zh: '收到申请', en: 'receipt of the request' },
        note: 'Art. 33; time for asking third parties is not counted: pause the clock',
      },
      correctionNotice: {
        name: { zh: '告知补正', en: 'notice that a request must be mended' },
        term: '7lwd',
        from: { zh: '收到申请', en: 'receipt of the request' },
      },
      thirdParty: {
        name: { zh: '第三方提出意见', en: 'opinion of a third party' },
        term: '15lwd',
        from: { zh: '收到征求意见书', en: 'receipt of the question' },
      },
    },
  },
  {
    id: 'mediation-sz',
    name: { zh: '深圳矛盾纠纷调解', en: 'Shenzhen, mediation of disputes' },
    source: '深圳经济特区矛盾纠纷多元化解条例, Art. 25, 45, 46',
    confirmed: true,
    terms: {
      mediate: {
        name: { zh: '人民调解', en: 'people’s mediation' },
        term: '30ld',
        note: 'Art. 25: unless agreed otherwise; both parties together may extend it',
      },
      adminTransfer: {
        name: { zh: '行政调解移送', en: 'administrative mediation: transfer to the right organ' },
        term: '3lwd',
      },
      adminAccept: {
        name: { zh: '行政调解受理', en: 'administrative mediation: accept' },
        term: '5lwd',
      },
      adminAcceptComplex: {
        name: { zh: '行政调解受理（复杂）', en: 'administrative mediation: accept, complex' },
        term: '10lwd',
      },
    },
  },
  {
    id: 'judicial-confirm',
    name: { zh: '人民调解协议司法确认', en: 'judicial confirmation of a mediation agreement' },
    source: '人民调解法 Art. 33; 最高人民法院关于人民调解协议司法确认程序的若干规定',
    confirmed: true,
    terms: {
      apply: {
        name: { zh: '共同申请', en: 'apply together' },
        term: '30ld',
        from: { zh: '调解协议生效', en: 'the agreement taking effect' },
      },
      accept: {
        name: { zh: '决定是否受理', en: 'court decides on acceptance' },
        term: '3ld',
        from: { zh: '收到申请', en: 'receipt of the application' },
      },
      confirm: {
        name: { zh: '决定是否确认', en: 'court decides on confirmation' },
        term: '15ld',
        extension: '10ld',
        from: { zh: '受理', en: 'acceptance' },
      },
    },
  },
  {
    id: 'data-share-sh',
    name: { zh: '上海公共数据共享', en: 'Shanghai, sharing of public data' },
    source: '上海市数据条例',
    confirmed: true,
    terms: {
      confirmDemand: {
        name: { zh: '目录外共享需求的确认', en: 'confirm a demand outside the catalogue' },
        term: '15lwd',
      },
    },
  },
];
