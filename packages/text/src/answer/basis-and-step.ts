const TOLD_MAX = 6;

const BASIS = [
  /《[^《》]{2,60}》(?:[（(][^()（）]{2,30}[)）])?(?:第[零〇一二三四五六七八九十百千\d]{1,6}条)?/gu,
  /第[零〇一二三四五六七八九十百千\d]{1,6}条(?:第[一二三四五六七八九十\d]{1,3}[款项])?/gu,
  /[\p{Script=Han}]{1,8}[〔[(（]\d{4}[〕\])）]第?\d{1,5}号/gu,
  /(?:根据|依据|按照|依照|按)[\p{Script=Han}\d、]{2,30}?(?:规定|条例|办法|细则|通知|政策|标准|规划|合同|协议|约定|方案|意见|文件)/gu,
  /\b(?:article|section|clause|regulation|paragraph)\s+\d+[\w.]*/giu,
  /\b(?:under|according to|pursuant to|in line with)\s+(?:the\s+)?[\w' -]{3,60}?\b(?:act|law|regulations?|rules?|code|policy|contract|agreement|ordinance|standard)\b/giu,
];

/** Laws, rules, policies and contracts that a text names, in its own words. */
export function basisIn(said: string): readonly string[] {
  return allOf(BASIS, said);
}

const STEP = [
  /(?:下一步|接下来|后续|今后)[^。！？；\n]{0,40}/gu,
  /(?:将|拟|预计|计划|争取)(?:于|在|会|由|对|进一步|继续|加强|加大|组织|安排|督促|责成|启动|开展|完成|实施)[^。！？；\n]{0,40}/gu,
  /(?:督促|责成|责令|要求|安排|联系)[\p{Script=Han}]{2,20}(?:整改|处理|落实|完成|解决|到位|修复|清理)/gu,
  /\b(?:will|shall|plan(?:s)? to|is scheduled to|next step)\b[^.!?\n]{0,60}/giu,
];
const WHO = [
  /[\p{Script=Han}]{1,12}(?:街道办事处|街道|社区|居委会|村委会|管委会|管理局|分局|委员会|办事处|开发商|物业公司|派出所|大队|中队|公司)/gu,
  /(?:我|该|区|市|县|镇)[\p{Script=Han}]{0,6}?(?:局|办|中心|委|所|队|院|处)/gu,
  /\b(?:we|our (?:team|office|department)|the (?:office|department|bureau|council|contractor|district|city))\b/giu,
];
const WHEN = [
  /(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|初|中旬|上旬|下旬|份)?(?:前|内|之前|以前)?/gu,
  /(?:\d{4}年|今年|明年|本月|下月|年)(?:内|底|初|上半年|下半年)/gu,
  /[\d一二三四五六七八九十两半]{1,3}个?(?:工作日|小时|天|日|周|星期|月|季度)(?:之?内|前)/gu,
  /(?:今天|明天|本周|下周|近日|近期)(?:内|前)?/gu,
  /\b(?:by|before|until|within)\s+(?:\d+\s+(?:hours?|(?:working )?days?|weeks?|months?)|(?:next|this)\s+\w+|\d{1,2}\s+\w+|\w+\s+\d{1,2})/giu,
];

/** What is to happen next, by whom and by when, as far as named near it, in the text's own words. */
export function nextStepIn(said: string): {
  readonly because: readonly string[];
  readonly who: readonly string[];
  readonly when: readonly string[];
} {
  const because = allOf(STEP, said);
  if (because.length === 0) return { because, who: [], when: [] };
  const around = said.split(/[。！？!?\n]/u).filter((sentence) => allOf(STEP, sentence).length > 0);
  const near = around.join('。');
  return { because, who: allOf(WHO, near), when: allOf(WHEN, near) };
}

function allOf(patterns: readonly RegExp[], said: string): readonly string[] {
  const found = patterns.flatMap((pattern) => [...said.matchAll(pattern)].map(([words]) => words.trim()));
  return [...new Set(found)].slice(0, TOLD_MAX);
}
