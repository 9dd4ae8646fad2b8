import type { Label, ProblemRow } from '../problems/problem-row.ts';
import type { UnwelcomeCode } from './unwelcome.ts';

const row = (status: number, title: Label, remedy: Label): ProblemRow => ({ status, title, remedy });

const SMALLER: Label = { zh: '分成几次发送。', en: 'Send it in several parts.' };

/** What is said to requests that are turned away at the door. */
export const DEFENCE_PROBLEM_ROWS: Readonly<
  Record<UnwelcomeCode | 'address-unreadable' | 'broken-multipart' | 'took-too-long', ProblemRow>
> = {
  'address-too-long': row(
    414,
    { zh: '地址过长', en: 'The address is too long' },
    { zh: '减少查询条件。', en: 'Ask with fewer conditions.' },
  ),
  'address-unreadable': row(
    400,
    { zh: '地址有误', en: 'The address is not right' },
    { zh: '用 UTF-8 的百分号编码书写地址。', en: 'Write the address in percent-encoded UTF-8.' },
  ),
  'too-many-fields': row(400, { zh: '字段过多', en: 'There are too many fields' }, SMALLER),
  'too-deep': row(
    400,
    { zh: '嵌套过深', en: 'The body is nested too deeply' },
    { zh: '按 /api/openapi.json 的结构发送。', en: 'Send what /api/openapi.json describes.' },
  ),
  'list-too-long': row(400, { zh: '列表过长', en: 'A list is too long' }, SMALLER),
  'not-text': row(
    400,
    { zh: '含有不是文字的内容', en: 'Something in it is no text' },
    { zh: '去掉空字符，用 UTF-8 发送。', en: 'Leave NUL characters out and send UTF-8.' },
  ),
  'broken-multipart': row(
    400,
    { zh: '文件没有传完整', en: 'The files did not come whole' },
    { zh: '重新发送全部文件。', en: 'Send all the files once more.' },
  ),
  'too-many-requests': row(
    429,
    { zh: '请求过多', en: 'There are too many requests' },
    { zh: '按 Retry-After 稍候再发。', en: 'Wait as long as Retry-After says, then send it again.' },
  ),
  'took-too-long': row(
    503,
    { zh: '查询用时过长，已停止', en: 'It took too long and was stopped' },
    { zh: '缩小范围，或稍后再试。', en: 'Ask for less, or try again later.' },
  ),
};
