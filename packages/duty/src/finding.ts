/**
 * Something that is wrong or missing in a registry: an `error` makes it unusable as it stands, a `warning` is probably
 * a mistake, a `gap` is something that nobody answers for, a `note` is worth knowing.
 */
export type Finding = {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'gap' | 'note';
  readonly table: 'layers' | 'places' | 'units' | 'posts' | 'staffings' | 'duties' | 'kindRules';
  /** Position of the record in its table, counted from 0; absent where no one record is meant. */
  readonly row?: number;
  /** The code of the record, or what else names it. */
  readonly key: string;
  readonly data: Readonly<Record<string, string>>;
  readonly text: { readonly zh: string; readonly en: string };
};

type Where = Pick<Finding, 'table' | 'row' | 'key'>;

/** What was found, where, and how to mend it, in both languages. */
export function finding(code: FindingCode, where: Where, data: Readonly<Record<string, string>>): Finding {
  const [severity, zh, en] = FINDINGS[code];
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, field: string) => data[field] ?? '');
  return { code, severity, ...where, data, text: { zh: fill(zh), en: fill(en) } };
}

type Row = readonly [Finding['severity'], zh: string, en: string];

const FINDINGS = {
  'same-code': [
    'error',
    '代码“{code}”在同一时间登记了两次。请删去一条,或写明各自的起止时间。',
    '"{code}" stands twice at the same time. Remove one, or give each its from and to.',
  ],
  'bad-correction': ['error', '更正记录有误:{because}', 'A correction cannot be taken: {because}'],
  'dangling-unit': [
    'error',
    '单位“{unit}”没有登记。请补登单位或改正代码。',
    'Unit "{unit}" is not registered. Add it, or mend the code.',
  ],
  'dangling-post': [
    'error',
    '岗位“{post}”没有登记。请补登岗位或改正代码。',
    'Post "{post}" is not registered. Add it, or mend the code.',
  ],
  'post-of-other-unit': [
    'error',
    '岗位“{post}”属于“{owner}”,不属于“{unit}”。请改正其中一项。',
    'Post "{post}" belongs to "{owner}", not to "{unit}". Mend one of them.',
  ],
  'unknown-word': [
    'error',
    '“{word}”不是{what}。可用:{known}。请改正。',
    '"{word}" is not known as {field}. Known: {known}. Mend it.',
  ],
  'parent-circle': [
    'error',
    '单位“{unit}”的上级关系成环:{circle}。请改正上级。',
    'The units above "{unit}" go round: {circle}. Mend a parent.',
  ],
  'deputy-circle': [
    'warning',
    '岗位“{post}”的代理关系成环:{circle}。请改正代理。',
    'The deputies of "{post}" go round: {circle}. Mend one.',
  ],
  'no-basis': [
    'error',
    '单位“{unit}”对“{kind}”的职责没有写依据。请写明法规或清单。',
    'The duty of "{unit}" for "{kind}" has no basis. Name the law or list.',
  ],
  'bad-kind': [
    'error',
    '“{kind}”不是事项类别的写法。请写类别代码、以点结尾的前缀,或 *。',
    '"{kind}" is no kind. Write a code, a prefix ending in a dot, or *.',
  ],
  'unknown-kind': [
    'warning',
    '没有事项属于“{kind}”。请改正代码,或先启用相应场景。',
    'No kind matches "{kind}". Mend it, or switch on the scene that brings it.',
  ],
  'unknown-layer': [
    'error',
    '图层“{layer}”没有声明。请在 layers 中声明或改正代码。',
    'Layer "{layer}" is not declared. Declare it in layers, or mend the code.',
  ],
  'unknown-place': [
    'error',
    '图层“{layer}”中没有地点“{place}”。请补登地点或改正代码。',
    'Layer "{layer}" has no place "{place}". Add it, or mend the code.',
  ],
  'bad-shift': ['error', '班次写法有误:{because}', '{because}'],
  'empty-span': [
    'error',
    '起始时间不早于终止时间。请改正;撤销一条记录应另写更正。',
    'It ends before it begins. Mend it; to withdraw a record, write a correction.',
  ],
  'two-leads': [
    'error',
    '“{kind}”在“{place}”同一时间有两个主办:{units}。请只留一个,其余改为协办。',
    '"{kind}" in "{place}" has two leads at the same time: {units}. Keep one, make the others co.',
  ],
  'community-lead-by-list': [
    'error',
    '“{unit}”是群众自治组织,只能主办清单逐项写明的事项,“{kind}”({role})不生效。请写明具体类别或改为协办。',
    '"{unit}" governs itself and leads only kinds named one by one; "{kind}" ({role}) has no effect. Name the kinds, or make it co.',
  ],
  'nobody-on-post': [
    'warning',
    '岗位“{post}”目前无人任职,也没有可代理的岗位。请安排人员或代理岗。',
    'Nobody is appointed to post "{post}", nor to a deputy of it. Appoint somebody, or name a deputy.',
  ],
  'duty-post-hours': [
    'warning',
    '值班岗“{post}”每周有 {minutes} 分钟无人值守。请补足班次。',
    'Duty post "{post}" is unattended for {minutes} minutes of the week. Fill the shifts.',
  ],
  'unit-without-post': [
    'warning',
    '单位“{unit}”负有职责,但没有岗位。请登记岗位。',
    'Unit "{unit}" has duties but no post. Register one.',
  ],
  gap: [
    'gap',
    '“{place}”的下列事项没有单位主办,也没有兜底:{kinds}。请补写职责。',
    'In "{place}" nobody answers for {kinds}, not even as last resort. Add a duty.',
  ],
  'only-last-resort': [
    'note',
    '“{place}”的下列事项没有单位主办,将由“{unit}”兜底:{kinds}。',
    'In "{place}" nobody leads {kinds}; "{unit}" takes it as last resort.',
  ],
  'gap-outside-tree': [
    'note',
    '下列事项只在绘制的图层({layers})有主办,图层之外的地方没有:{kinds}。请补一条兜底。',
    'Only areas of {layers} have a lead for {kinds}; where no area lies, nobody has. Add a last resort.',
  ],
} as const satisfies Readonly<Record<string, Row>>;

export type FindingCode = keyof typeof FINDINGS;
