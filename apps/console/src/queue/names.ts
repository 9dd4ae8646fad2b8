/** What a queue can be narrowed by, in words: the kernel's flags and its open phases. */
export const FLAG_NAMES = {
  zh: {
    danger: '险情',
    late: '超期',
    objected: '有异议',
    escalated: '已升级',
    whistled: '已吹哨',
    supervised: '督办',
    led: '领导包案',
    suspended: '挂账',
    extended: '已延期',
    reopened: '重办',
    unclear: '派向不明',
    linked: '有外部工单',
  },
  en: {
    danger: 'Danger',
    late: 'Late',
    objected: 'Objected',
    escalated: 'Escalated',
    whistled: 'Whistled',
    supervised: 'Supervised',
    led: 'Led',
    suspended: 'Suspended',
    extended: 'Extended',
    reopened: 'Reopened',
    unclear: 'Unclear',
    linked: 'Linked',
  },
} as const;

export const PHASE_NAMES = {
  zh: {
    received: '已受理',
    triage: '待派遣',
    dispatched: '已派单',
    underway: '办理中',
    done: '待核查',
    check: '待回访',
  },
  en: {
    received: 'Received',
    triage: 'Triage',
    dispatched: 'Dispatched',
    underway: 'Under way',
    done: 'To verify',
    check: 'To call back',
  },
} as const;
