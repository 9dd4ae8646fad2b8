export { type ArchiveManifest, archive, readArchive, unarchive } from './archive.ts';
export { backup, readManifest, restore } from './backup.ts';
export {
  type Db,
  type OpenOptions,
  openDatabase,
  openPool,
  urlConfig,
  withAdmin,
  withClient,
} from './connect.ts';
export { isDatabaseAway } from './database-away.ts';
export { launchPostgres, usersOf } from './embedded/launch.ts';
export { withMutex } from './embedded/mutex.ts';
export { identify, isAlive, type ProcessIdentity } from './embedded/process-identity.ts';
export { type LedgerFolders, ledgerFolders } from './ledger/ledger-folders.ts';
export { nodeCrypto, openLogKey } from './ledger/log-key.ts';
export { type LogKey, nodeSha256, type OpenLog, openLog } from './ledger/open-log.ts';
export {
  logInFolder,
  proveConsistency,
  proveInclusion,
  type ReadLog,
  readEntries,
  readProof,
  shownCheckpoint,
} from './ledger/read-log.ts';
export { MIGRATIONS_DIR, migrate, readMigrations } from './migrate.ts';
export { appendFacts, openMonths } from './queries/append-facts.ts';
export {
  type CallbackCandidate,
  type CallbackClaim,
  type CoachedCount,
  callbackCandidates,
  claimCallback,
  claimOfSeat,
  countCoached,
  endClaim,
  restCallback,
} from './queries/callbacks.ts';
export { type CaseSummary, caseRowsOf, type GateRow, gateRowsOf } from './queries/case-kinds.ts';
export { type CaseNow, caseNowOf, insertCases, updateCases } from './queries/case-now.ts';
export { keepAnswer, keptAnswer } from './queries/commands.ts';
export { cell, copyRows, moment } from './queries/copy-rows.ts';
export { countFacts, countOpenPhases, type PhaseCount } from './queries/count-phases.ts';
export { countRequests } from './queries/count-requests.ts';
export { dueUnnoticed, lockDueCases } from './queries/due-cases.ts';
export {
  addEditionAct,
  casesOfWindow,
  type EditionActRow,
  type EditionTextPart,
  type EditionTextRow,
  editionActs,
  editionText,
  keepEditionText,
} from './queries/editions.ts';
export {
  addEmergency,
  closeEmergency,
  closePurge,
  type EmergencyAct,
  type EmergencyFilter,
  type EmergencyRow,
  emergencyActs,
  keepReview,
  listEmergencies,
  looksToPurge,
  type NewEmergency,
  noteEmergencyLook,
  notePurged,
  openEmergencies,
  type PurgeRow,
} from './queries/emergencies.ts';
export { casesTouched, factsBetween, historiesUpTo, type TouchedCase } from './queries/facts-between.ts';
export {
  followerLag,
  headOf,
  type LagRow,
  lockFollower,
  moveFollower,
  recordedAtOf,
} from './queries/followers.ts';
export { countHeldChanges } from './queries/held-changes.ts';
export {
  findRequest,
  insertRequests,
  insertSignals,
  insertVaultFields,
  insertVaultPersons,
  insertWords,
  knownSignals,
  moveRequests,
  type RequestRow,
  reserveSerials,
  type SignalRow,
  sameWords,
  type VaultFieldRow,
  type VaultPersonRow,
  type WordsRow,
  wordsOfCases,
} from './queries/intake-rows.ts';
export {
  type EndedRequest,
  endedRequests,
  type KeptState,
  keptPersons,
  keptStates,
} from './queries/kept-persons.ts';
export {
  addKindModel,
  adoptedKindModel,
  type ConfirmedCase,
  confirmedCases,
  countConfirmed,
  countProposals,
  type KindModelRow,
  type KindModelState,
  kindModelFile,
  kindModels,
  type ProposalCount,
} from './queries/kind-models.ts';
export {
  addKnowledge,
  KNOWLEDGE_STATUSES,
  type KnowledgeRow,
  type KnowledgeStatus,
  type KnowledgeTerms,
  knowledgeVersions,
  listKnowledge,
  searchKnowledge,
} from './queries/knowledge.ts';
export {
  addKnowledgeUses,
  countKnowledge,
  type KnowledgeUse,
  knowledgeUses,
  mostUsedKnowledge,
} from './queries/knowledge-uses.ts';
export { type Leadership, openLeadership } from './queries/leadership.ts';
export {
  type ConfirmedPlace,
  confirmedPlaces,
  learnedNames,
  type NameCount,
  writeLearnedNames,
} from './queries/learned-names.ts';
export {
  addLedgerEvent,
  eventHead,
  insertLeaves,
  type LeafRow,
  type LedgerEvent,
  lastPolicies,
  leafHeads,
  leafOfFact,
  type ToldLeaf,
  tellLeaves,
  tellRows,
} from './queries/ledger-rows.ts';
export { type CaseFilter, type CaseListRow, listCases, openCasesByPhase } from './queries/list-cases.ts';
export { type FactRow, factOfRow, factsAfter, loadFacts } from './queries/load-facts.ts';
export { logHeads, publicFactsBetween } from './queries/log-heads.ts';
export { addLookAlarm, type LookAlarmRow, lookAlarms } from './queries/look-alarms.ts';
export {
  addBreakGlass,
  addLook,
  allowBreakGlass,
  type BreakGlassRow,
  breakGlassOf,
  countPutOff,
  type LookRow,
  looksAt,
  takeClearContacts,
} from './queries/looks.ts';
export { deleteMedia, findMedia, insertMedia, type MediaRow } from './queries/media.ts';
export {
  claimNotices,
  countNotices,
  factsToTell,
  findNotice,
  insertNotices,
  lapseRing,
  listNotices,
  type NewNotice,
  NOTICE_STATES,
  type NoticeFilter,
  type NoticeRow,
  type NoticeState,
  retryNotice,
  type Settled,
  settleNotices,
  shelveNotices,
} from './queries/notices.ts';
export { type OpenCaseRow, openCasesIn } from './queries/open-cases-in.ts';
export { isFilterable, type PowerFilter, powerCondition } from './queries/power-filter.ts';
export {
  findPublicCases,
  isReleasedPhoto,
  mediaOfCase,
  mediaOfCases,
  type PublicCaseRow,
  type PublicFilter,
  type PublicRelease,
  putPublicRelease,
} from './queries/public-cases.ts';
export {
  countQueue,
  type NewestRow,
  newestPublicCases,
  type QueueAfter,
  type QueueOf,
  type QueueRow,
  queueCases,
} from './queries/queue-cases.ts';
export {
  compareSideTable,
  dropSide,
  finishSideTable,
  lockForSwap,
  makeSideTable,
  openSide,
  PROJECTIONS,
  type Projection,
  SIDE,
  swapSideTables,
  type TableDifference,
} from './queries/rebuild-tables.ts';
export {
  addRegistry,
  type DistrictRow,
  type RegistryRow,
  readRegistry,
  SORTS,
  type Sort,
  saveDistrict,
} from './queries/registry.ts';
export {
  addRegistryEdit,
  type RegistryChange,
  type RegistryEdit,
  registryEdits,
} from './queries/registry-edits.ts';
export { registryFingerprint } from './queries/registry-fingerprint.ts';
export { type MonthOfKind, reportsOfMonth } from './queries/reports-of-month.ts';
export { lockDueRings, moveRing, type RingRow, startRing, stopRings } from './queries/rings.ts';
export { addRollup, copyRollup, type RollupRow } from './queries/rollup-rows.ts';
export {
  findRoundRows,
  insertRound,
  insertVisit,
  listRoundRows,
  openStops,
  ROUND_SORTS,
  type RoundCount,
  type RoundFinding,
  type RoundItem,
  type RoundRow,
  type RoundSort,
  type RoundStopRow,
  type RoundVisitRow,
} from './queries/rounds.ts';
export {
  actOnRuling,
  addRuling,
  countRuling,
  listRulings,
  liveRulings,
  type NewRuling,
  RULING_STATES,
  type RulingAct,
  type RulingFilter,
  type RulingRow,
  type RulingState,
} from './queries/rulings.ts';
export {
  deleteSaid,
  type EndedCase,
  endedWithWords,
  lockSaid,
  recordSaid,
  type SaidOf,
  type SaidThere,
  saidId,
  saidThere,
} from './queries/said-rows.ts';
export {
  addSamePolicy,
  adoptedSamePolicy,
  judgeSamePairs,
  keepSamePairs,
  type MergeRow,
  mergesAfter,
  type OpeningRow,
  openingsOf,
  type SamePairRow,
  type SamePolicyRow,
  samePairs,
  samePolicies,
} from './queries/same-pairs.ts';
export { type SameRow, sameRowsAfter, sameRowsOf } from './queries/same-rows.ts';
export { addDrawn, addSeed, type DrawnRow, listSeeds, type SeedRow } from './queries/samples.ts';
export { type Rewrap, rewrapRows, sealClearRows } from './queries/seal-rows.ts';
export {
  copySearch,
  type SearchRow,
  type SearchSubject,
  saidIn,
  searchSubjects,
  upperNumbers,
  writeSearch,
} from './queries/search-rows.ts';
export { type History, streamHistories } from './queries/stream-facts.ts';
export {
  deleteSubscriptions,
  endedSubscriptions,
  findSubscription,
  insertSubscription,
  noteTold,
  type StirredCase,
  type StirredSubscription,
  type SubscriptionRow,
  stirredCases,
  stirSubscriptions,
  subscriptionsOf,
  subscriptionsOfPersons,
  takeStirred,
} from './queries/subscriptions.ts';
export { type RollupQuery, sumRollup } from './queries/sum-rollup.ts';
export {
  addTaskLink,
  findTaskLink,
  revokeTaskLink,
  type TaskLinkRow,
  taskLinksOf,
} from './queries/task-links.ts';
export {
  addThemePart,
  THEME_PARTS,
  type ThemePart,
  type ThemePartRow,
  themeParts,
} from './queries/themes.ts';
export { firstNumber, keepToldNumber } from './queries/told-numbers.ts';
export {
  findTopicRun,
  keepTopicDays,
  keepTopicRun,
  type TopicDay,
  type TopicRunRow,
  type TopicScope,
  type TopicWords,
  type TopicWordsFilter,
  topicDays,
  topicWords,
} from './queries/topics.ts';
export { inTransaction, isConflict } from './queries/transaction.ts';
export { addUploadPart, readUpload, sweepUploads, uploadedSize } from './queries/upload-parts.ts';
export {
  addUpstreamNews,
  addUpstreamReply,
  claimReplies,
  countUpstream,
  lastOrders,
  listReplies,
  listUpstreamOrders,
  REPLY_STATES,
  type ReplyState,
  retryReply,
  type SettledReply,
  saveUpstreamOrder,
  settleReply,
  shelveReplies,
  type UpstreamNews,
  type UpstreamOrderRow,
  type UpstreamReplyRow,
  upstreamOrders,
} from './queries/upstream.ts';
export {
  averageMarks,
  countKindsByPlace,
  type MarkAverage,
  type PlaceCount,
} from './queries/whistles.ts';
export { wordsById } from './queries/words-by-id.ts';
export { type BatchRows, writeBatchRows } from './queries/write-batch.ts';
export { countTry, forgetTries, lockOf } from './queries/wrong-codes.ts';
export { OWNER_ROLE, SERVICE_ROLE } from './roles.ts';
export { dumpSchema } from './schema-dump.ts';
export { type ColumnSealer, sealColumns } from './sealed-columns.ts';
