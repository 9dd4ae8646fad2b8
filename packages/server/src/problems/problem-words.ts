import { DEFENCE_PROBLEM_ROWS } from '../defence/defence-problem-words.ts';
import { MAP_PROBLEM_ROWS } from '../maps/map-problem-words.ts';
import { CONTACT_PROBLEM_ROWS } from './contact-problem-words.ts';
import { DESK_PROBLEM_ROWS } from './desk-problem-words.ts';
import { EDITION_PROBLEM_ROWS } from './edition-problem-words.ts';
import { EMERGENCY_PROBLEM_ROWS } from './emergency-problem-words.ts';
import { KNOWLEDGE_PROBLEM_ROWS } from './knowledge-problem-words.ts';
import type { Label, ProblemRow } from './problem-row.ts';

const row = (status: number, title: Label, remedy: Label): ProblemRow => ({ status, title, remedy });

const LOOK_AGAIN: Label = {
  zh: '重新读取该案件，再决定。',
  en: 'Read the case again, then decide.',
};
const CHECK_ADDRESS: Label = { zh: '核对地址中的编号。', en: 'Check the id in the address.' };
const COME_AGAIN: Label = {
  zh: '稍后用同样的内容再发一次，不会重复。',
  en: 'Send the same again later; it will not be taken in twice.',
};
const MEND_INPUT: Label = {
  zh: '按 errors 中的提示改正后重发。',
  en: 'Mend what `errors` names and send it again.',
};

/** The one table that turns codes of refusals and faults into HTTP. */
export const PROBLEM_ROWS: Readonly<Record<string, ProblemRow>> = {
  'bad-input': row(400, { zh: '内容有误', en: 'The input is not right' }, MEND_INPUT),
  'no-ledger': row(
    404,
    { zh: '本机没有账本', en: 'There is no ledger here' },
    { zh: '请向运行账本的服务查询。', en: 'Ask the service that keeps the ledger.' },
  ),
  'nothing-changed': row(
    409,
    { zh: '没有改动', en: 'Nothing would change' },
    { zh: '登记的内容已经是这样。', en: 'The registry says so already.' },
  ),
  'registry-wrong': row(
    422,
    { zh: '改动后会有错误', en: 'The change would make something wrong' },
    { zh: '按提示改正后再试；可先预览。', en: 'Mend what is told; look at the preview first.' },
  ),
  'no-such-edit': row(
    404,
    { zh: '没有这次改动', en: 'There is no such edit' },
    { zh: '核对改动编号。', en: 'Check the id of the edit.' },
  ),
  'changed-since': row(
    409,
    { zh: '之后又有改动', en: 'It was changed again since' },
    {
      zh: '先撤回后来的改动，或直接改成想要的样子。',
      en: 'Take the later edit back first, or change it to what you want.',
    },
  ),
  'unknown-place': row(
    404,
    { zh: '没有这个地点，或没有它的轮廓', en: 'There is no such place, or it has no outline' },
    { zh: '核对图层和地点编码。', en: 'Check the layer and the code of the place.' },
  ),
  'bad-json': row(
    400,
    { zh: '不是有效的 JSON', en: 'This is no JSON' },
    { zh: '发送有效的 JSON。', en: 'Send valid JSON, in UTF-8.' },
  ),
  'nothing-said': row(
    400,
    { zh: '没有内容', en: 'Nothing is said' },
    {
      zh: '在 data.words 中写明事项，或附上类别、设施或照片。',
      en: 'Say what it is in data.words, or name a kind, an asset or a photo.',
    },
  ),
  'bad-number': row(
    400,
    { zh: '编号有误', en: 'This is no request number' },
    { zh: '核对 12 位编号，可能有一位写错。', en: 'Check the 12 digits; one of them is wrong.' },
  ),
  'no-token': row(
    401,
    { zh: '需要工作人员令牌', en: 'A staff token is needed' },
    { zh: '发送 Authorization: Bearer 令牌。', en: 'Send Authorization: Bearer and a token of your post.' },
  ),
  'bad-token': row(
    401,
    { zh: '令牌无效', en: 'The token is not valid' },
    { zh: '重新取得您岗位的令牌。', en: 'Get a new token of your post.' },
  ),
  'cross-site': row(
    403,
    { zh: '不是本站页面发来的', en: 'This does not come from a page of ours' },
    {
      zh: '从本站页面发送，或改用 Authorization: Bearer 令牌。',
      en: 'Send it from a page of this site, or with Authorization: Bearer and a token.',
    },
  ),
  'wrong-sign-in': row(
    403,
    { zh: '工号或密码不对', en: 'Staff number and password do not belong together' },
    { zh: '核对工号和密码。', en: 'Check the staff number and the password.' },
  ),
  'too-many-tries': row(
    429,
    { zh: '尝试次数过多', en: 'Too many tries' },
    { zh: '过一会儿再试。', en: 'Try again later.' },
  ),
  'no-contact': row(
    400,
    { zh: '不是电话号码，也不是邮箱', en: 'This is no telephone number and no mail address' },
    { zh: '核对号码或邮箱。', en: 'Check the number or the address.' },
  ),
  'no-session': row(
    401,
    { zh: '尚未登录或已过期', en: 'Nobody is signed in, or the time is over' },
    { zh: '重新要一个验证码。', en: 'Ask for a new code.' },
  ),
  'out-of-scope': row(
    403,
    { zh: '此密钥不用于这件事', en: 'This key is not for that' },
    { zh: '请安全管理员另发密钥。', en: 'Ask the security administrator for another key.' },
  ),
  'no-sign-in': row(
    403,
    { zh: '不能这样登录', en: 'This is no way in' },
    { zh: '核对岗位或账号、密码。', en: 'Check the post, or the account and its password.' },
  ),
  'code-needed': row(
    401,
    { zh: '需要查询码', en: 'The code is needed' },
    {
      zh: '加上 ?code= 和随编号给出的 6 位查询码。',
      en: 'Add ?code= and the 6 digits that came with the number.',
    },
  ),
  'wrong-code': row(
    403,
    { zh: '查询码不对', en: 'The code does not open this number' },
    { zh: '核对编号和 6 位查询码。', en: 'Check the number and its 6 digits.' },
  ),
  locked: row(
    429,
    { zh: '该编号暂时锁定', en: 'This number is locked for a while' },
    { zh: '到时再试，或致电热线。', en: 'Try again later, or call the hotline.' },
  ),
  'no-power': row(
    403,
    { zh: '没有此项权力', en: 'This post may not do that' },
    { zh: '请有权的岗位办理；理由见 details。', en: 'Ask a post that may; `details` says why.' },
  ),
  'staff-only': row(
    403,
    { zh: '仅限工作人员', en: 'Only staff may say that' },
    { zh: '去掉该字段，或使用工作人员令牌。', en: 'Leave the field out, or send a staff token.' },
  ),
  'no-such-case': row(404, { zh: '没有这个案件', en: 'There is no such case' }, CHECK_ADDRESS),
  'no-such-notice': row(404, { zh: '没有这条通知', en: 'There is no such notice' }, CHECK_ADDRESS),
  'notice-settled': row(
    409,
    { zh: '该通知无须重发', en: 'There is nothing to send again' },
    {
      zh: '只有被拒、失败、无法送达或未外发的通知可以重发。',
      en: 'Only what was refused, failed, had no way or stayed in the house can be sent again.',
    },
  ),
  'no-such-request': row(404, { zh: '没有这个诉求', en: 'There is no such request' }, CHECK_ADDRESS),
  'no-such-media': row(404, { zh: '没有这张照片', en: 'There is no such photo' }, CHECK_ADDRESS),
  'no-such-route': row(
    404,
    { zh: '没有这个地址', en: 'There is nothing at this address' },
    { zh: '见 /api/openapi.json。', en: 'See /api/openapi.json.' },
  ),
  'no-such-district': row(
    404,
    { zh: '没有这个辖区', en: 'There is no such district' },
    { zh: '用 ?district= 写明辖区。', en: 'Name one with ?district=.' },
  ),
  'no-town': row(
    503,
    { zh: '尚未导入辖区', en: 'There is no town yet' },
    { zh: '先运行 gezhi town import DIR。', en: 'Run gezhi town import DIR first.' },
  ),
  'not-entered-yet': row(
    404,
    { zh: '已受理，正在登记', en: 'Taken in, and being entered' },
    { zh: '几分钟后再查。', en: 'Look again in a few minutes.' },
  ),
  stale: row(409, { zh: '案件已有变化', en: 'The case has moved on' }, LOOK_AGAIN),
  'not-now': row(409, { zh: '当前状态不能这样做', en: 'Not possible in this state' }, LOOK_AGAIN),
  'command-id-used': row(
    409,
    { zh: '命令编号已用过', en: 'The command id was used' },
    { zh: '换一个新的 commandId。', en: 'Choose a new commandId.' },
  ),
  'too-large': row(
    413,
    { zh: '内容过大', en: 'Too large' },
    { zh: '发小一些的内容。', en: 'Send less at once.' },
  ),
  'bad-media-type': row(
    415,
    { zh: '不支持的内容类型', en: 'This content type is not taken' },
    { zh: '接口文档列出了可用的类型。', en: 'The OpenAPI document lists the types.' },
  ),
  'no-photo': row(
    422,
    { zh: '不是可用的照片', en: 'This is no photo that can be kept' },
    {
      zh: '发送 10 MB 以内的 JPEG、PNG、WebP 或 GIF。',
      en: 'Send a JPEG, PNG, WebP or GIF of at most 10 MB.',
    },
  ),
  'unknown-action': row(
    422,
    { zh: '没有这个动作', en: 'There is no such action' },
    { zh: '可用的动作见该案件的 actions。', en: 'The case lists its actions.' },
  ),
  guard: row(
    422,
    { zh: '条件不具备', en: 'A condition does not hold' },
    {
      zh: '先满足条件；若 hardness 为 bendable，可附 bend（理由和批准人）。',
      en: 'Meet it first; where hardness is bendable, send bend with a reason and an approver.',
    },
  ),
  'community-list': row(
    422,
    { zh: '社区（村）的职责清单中没有这类事项', en: 'The list of the community does not name such matters' },
    {
      zh: '由街道（乡镇）或主管部门牵头，社区（村）可以协办。',
      en: 'Let the street or a department lead; the community may help.',
    },
  ),
  'own-approval': row(
    422,
    { zh: '批准人不能是本人', en: 'Nobody approves for themselves' },
    {
      zh: '在 bend.approver 中写他人所在的岗位。',
      en: 'Name a post in bend.approver that somebody else holds.',
    },
  ),
  'bad-time': row(
    422,
    { zh: '时间不合理', en: 'The time cannot be' },
    { zh: '写两天之内、现在之前的时间。', en: 'Name a time within two days and not in the future.' },
  ),
  'intake-full': row(503, { zh: '一时来得太多', en: 'Too much at once' }, COME_AGAIN),
  'no-such-upload': row(
    409,
    { zh: '分段上传的文件不在这里', en: 'The file that came in pieces is not here' },
    { zh: '从头再传一次，再发。', en: 'Send its pieces again from the start, then this.' },
  ),
  'uploads-full': row(503, { zh: '暂时收不下文件', en: 'Files cannot be taken just now' }, COME_AGAIN),
  'spool-full': row(503, { zh: '暂时无法保存', en: 'It cannot be kept just now' }, COME_AGAIN),
  'database-away': row(503, { zh: '数据库暂不可用', en: 'The database is away' }, COME_AGAIN),
  ...EDITION_PROBLEM_ROWS,
  ...CONTACT_PROBLEM_ROWS,
  ...DEFENCE_PROBLEM_ROWS,
  ...DESK_PROBLEM_ROWS,
  ...EMERGENCY_PROBLEM_ROWS,
  ...KNOWLEDGE_PROBLEM_ROWS,
  ...MAP_PROBLEM_ROWS,
  fault: row(
    500,
    { zh: '服务出错', en: 'The service failed' },
    { zh: '再试一次；仍不行请联系管理员。', en: 'Try again; if it stays so, tell whoever runs the service.' },
  ),
};

/** What no row names: the rules say no. */
export const OTHER_REFUSAL: ProblemRow = row(
  422,
  { zh: '不能这样办理', en: 'The rules say no' },
  { zh: '理由见 detail 和 details。', en: '`detail` and `details` say why.' },
);
