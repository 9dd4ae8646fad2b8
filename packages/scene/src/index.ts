export { type Failure, runAcceptance } from './acceptance.ts';
export { BadCondition, compileCondition } from './cel.ts';
export { compileProcess, type Finding, unreachable } from './compile-process.ts';
export { drawProcess } from './drawing/draw-process.ts';
export { fillTemplate } from './fill-template.ts';
export { type Guide, type GuideSource, NO_GUIDE } from './guide.ts';
export { checkModel } from './model/check-pack.ts';
export { checkProcess } from './model/check-process.ts';
export type { ModelFinding } from './model/finding.ts';
export {
  NO_NOTICES,
  type NoticeRule,
  type Notices,
  type Placeholder,
  type RingRule,
  type Target,
  WAYS,
  type Way,
} from './notices.ts';
export type { ClocksSource, KindSource, ProcessSource, SceneSource, TestSource } from './pack-schema.ts';
export {
  CONTACT_FIELDS,
  type ContactField,
  keepMonths,
  type PurposeSource,
  readsContact,
  SAID_FIELDS,
  type SaidField,
  saidMonths,
} from './purposes.ts';
export { listAsYaml, type Pack, packWithList, type ReadPack, readPack } from './read-pack.ts';
export { NO_URGENT, type Urgent, type UrgentFile } from './urgent-rules.ts';
