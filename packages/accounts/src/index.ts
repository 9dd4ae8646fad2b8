export {
  type Account,
  type AccountRole,
  ADMIN_ROLES,
  type AdminRole,
  changePassword,
  closeAccount,
  findAccount,
  hasAccounts,
  hasPassword,
  isAdmin,
  listAccounts,
  makeAccount,
  setPassword,
  takeFactorsAway,
} from './account.ts';
export { SESSION_COOKIE } from './cookies.ts';
export { enterDemoAdmin } from './demo.ts';
export { type Gate, type GateOptions, keyedHash, openGate } from './gate.ts';
export { normalName } from './handle.ts';
export type { SingleSignOn } from './library.ts';
export { type Link, makeInvite, makeSetUpLink, readLink, useLink } from './links.ts';
export { type AuditedLook, auditLooks } from './looks.ts';
export {
  addPasskey,
  askForPasskey,
  askToShowPasskey,
  enterByPasskey,
  listPasskeys,
  type Passkey,
  takePasskeyAway,
} from './passkeys.ts';
export {
  CODE_MS,
  endResident,
  makeResidentCode,
  makeResidentTicket,
  openByResidentCode,
  openByResidentTicket,
  openResident,
  RESIDENT_MS,
  residentOf,
  TICKET_MS,
} from './resident.ts';
export {
  noteSecurity,
  readSecurityLog,
  SECURITY_EVENTS,
  type SecurityEventKind,
  type SecurityRow,
} from './security-log.ts';
export {
  isServiceKey,
  KEY_DAYS,
  KEY_DAYS_MAX,
  listServices,
  makeService,
  type NewKey,
  revokeService,
  rotateKey,
  type ServiceAccount,
  type ServiceKey,
  type ServiceScope,
  serviceByKey,
} from './service-accounts.ts';
export { type Invited, type Named, setUp } from './set-up.ts';
export {
  beginSecondFactor,
  confirmSecondFactor,
  type From,
  type NewFactor,
  type Step,
  showSecondFactor,
  signInByPassword,
} from './sign-in.ts';
export { beginSingleSignOn, finishSingleSignOn, SSO_PATH } from './single-sign-on.ts';
export {
  choosePost,
  endSitting,
  IDLE_MS,
  listSittings,
  revokeSitting,
  type Sitting,
  sittingOf,
} from './sitting.ts';
