import type { Lang } from './words.ts';

const zh = {
  link: '收件凭证：不必信任本系统，自行验证',
  title: '收件凭证',
  lead: '收到您的诉求时，账本已对编号、时间和内容的摘要签名；随后它进入账本，此后任何人都不能悄悄改动或删除。您的浏览器在本页自行验算，不依赖我们的答复。',
  promise: '签名承诺',
  save: '下载凭证（JSON）',
  saveHint: '请保存。今后可在任何电脑上用 gezhi verify 验证，也可请他人代验。',
  key: '账本公钥',
  keyHint: '请与纸质公告、政府网站或上级公布的公钥核对；不一致时，验证没有意义。',
  check: '验证',
  noScript: '浏览器未启用脚本时，请下载凭证，用 gezhi verify 验证。',
  working: '正在验证……',
  promised: '签名有效：编号、时间和内容的摘要已由账本签名。收到时间：',
  included: '已在账本中，序号与总条数：',
  waiting: '尚未进入账本，稍后再看。',
  same: '账本现在公布的版本以当时的版本为前缀，未被改动。',
  bad: '验证不通过：',
  unreachable: '账本文件现在取不到，稍后再试。',
  none: '本系统没有账本，不出凭证。',
};

const en: typeof zh = {
  link: 'Receipt: check it yourself, without trusting this service',
  title: 'Receipt',
  lead: 'When your request came in, the ledger signed its number, the time and a digest of what you said. It then went into the ledger, where nobody can change or remove it unseen. Your browser reckons this page by itself and does not rely on our answer.',
  promise: 'Signed promise',
  save: 'Save the receipt (JSON)',
  saveHint: 'Keep it. Later it can be checked on any computer with gezhi verify, by others too.',
  key: 'Key of the ledger',
  keyHint:
    'Compare it with the one in print, on the county’s own site, or from whoever stands above. Where it differs, the check means nothing.',
  check: 'Check',
  noScript: 'Without scripts: save the receipt and check it with gezhi verify.',
  working: 'Checking…',
  promised:
    'The signature holds: number, time and a digest of what was said were signed by the ledger. Received: ',
  included: 'It is in the ledger; leaf and number of leaves: ',
  waiting: 'It is not in the ledger yet; look again later.',
  same: 'The ledger as it is shown now begins with the one of then, unchanged.',
  bad: 'It does not hold: ',
  unreachable: 'The files of the ledger cannot be fetched now; try again later.',
  none: 'This service keeps no ledger and gives no receipts.',
};

export const RECEIPT_WORDS: Readonly<Record<Lang, typeof zh>> = { zh, en };
