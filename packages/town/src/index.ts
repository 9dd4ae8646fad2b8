export { act, type Done, type Order } from './act.ts';
export { openChildren } from './act-children.ts';
export {
  answerLink,
  answerOnPaper,
  answerSelf,
  answerToken,
  isAsked,
  LINK_DAYS,
  letterCode,
  linkUntil,
  openAnswerLink,
} from './callbacks/answer-self.ts';
export {
  type Call,
  CLAIM_MS,
  finishCall,
  heldCall,
  missCall,
  nextCall,
  refuseUnclaimed,
} from './callbacks/call-desk.ts';
export { COACHED_N_MIN, coachedShares } from './callbacks/coached.ts';
export { reachFor } from './callbacks/reach.ts';
export { BREACH_DATA, BREACH_WORDS, BREACHES } from './contacts/breach-words.ts';
export { allowLook, askToLook, type BreakGlass, glassOf } from './contacts/break-glass.ts';
export { type Contact, personOf, ROLES, type Role, reachedOf } from './contacts/contact-fields.ts';
export { contactKeys, type KeysPlace } from './contacts/contact-keys.ts';
export { type ErasedContact, eraseAgain, eraseContact } from './contacts/erase-contact.ts';
export { type ErasedSaid, eraseSaid } from './contacts/erase-said.ts';
export { erasureList } from './contacts/erasure-list.ts';
export { type AuthorityOrder, type HandedOver, handToAuthority } from './contacts/hand-to-authority.ts';
export { isConcerned } from './contacts/is-concerned.ts';
export { moveContacts } from './contacts/move-contacts.ts';
export { openMattersByMark, openMattersOf } from './contacts/open-matters.ts';
export { myLooks, type OwnData, ownData } from './contacts/own-data.ts';
export {
  askPrivacy,
  PRIVACY_ASKS,
  type PrivacyAsk,
  type PrivacyAsked,
  reportRetaliation,
} from './contacts/privacy-asks.ts';
export { alarmsOf } from './contacts/raise-alarm.ts';
export {
  type ContactOrder,
  purposesFor,
  readContact,
  readContacts,
} from './contacts/read-contact.ts';
export { type Export, recordExport } from './contacts/record-export.ts';
export { type Rekeyed, rekey } from './contacts/rekey.ts';
export { type BreachOpened, type BreachReport, reportBreach } from './contacts/report-breach.ts';
export { applyRetention, type Retained, retentionPlan } from './contacts/retention.ts';
export { sealClearWords, sealWordsIn } from './contacts/seal-words.ts';
export { erasesFrom, recordTerms } from './contacts/terms-of-keeping.ts';
export { contextOf, dueIn, routeIn, termText } from './context.ts';
export { dayIn } from './day-in.ts';
export { type EditionNames, editionCasesOf } from './editions/edition-case-of.ts';
export { editionCsv } from './editions/edition-csv.ts';
export { type EditionFile, editionFile, isEditionFile, recomputeEdition } from './editions/edition-file.ts';
export { EDITION_WORDS, type EditionWords } from './editions/edition-words.ts';
export { mayEdition } from './editions/may-edition.ts';
export { type EditionOrder, editionId, orderEdition, periodOf } from './editions/order-edition.ts';
export {
  type EditionSummary,
  findEdition,
  type KeptInput,
  listEditions,
  partOf,
  publishedTexts,
  readInput,
  readList,
  readText,
} from './editions/read-editions.ts';
export {
  drawBySeed,
  listSamples,
  promiseSeed,
  SAMPLE_PURPOSES,
  type Sample,
  type SamplePurpose,
} from './editions/samples.ts';
export {
  besideLines,
  explainRow,
  type NamesIn,
  percent,
  sayHelpPlan,
  sayPeers,
  sayShare,
  sayStanding,
} from './editions/say-edition.ts';
export {
  hashFor,
  helpPlanFor,
  listFor,
  namesIn,
  type Revision,
  readsAll,
  revisionsOf,
  whyRevised,
} from './editions/see-edition.ts';
export { sha256 } from './editions/sha256.ts';
export { isMeasured, speaksFor } from './editions/speaks-for.ts';
export { streetsOf } from './editions/streets-of.ts';
export {
  type Declaration,
  declareEmergency,
  EMERGENCY_DAYS_MAX,
  endEmergency,
  mayOver,
  PURGE_DAYS,
  reviewEmergency,
} from './emergency/declare-emergency.ts';
export {
  type EmergencyBook,
  emergencyName,
  emergencyNumber,
  isInForce,
} from './emergency/emergency-book.ts';
export { endDue, purgeDue } from './emergency/mind-emergencies.ts';
export { EXPLAINED, type Explained, explainLines, timeLines } from './explain/explain-lines.ts';
export { explainRank, explainRate } from './explain/explain-row.ts';
export { EXPLAIN_WORDS, type ExplainWords } from './explain/explain-words.ts';
export { heldMinutes, type Promised, promisesOf, type Stay } from './explain/held-minutes.ts';
export { gazetteerOf, type NamedThings, placeId } from './gazetteer-of.ts';
export { type FileImport, type ImportOptions, importFile } from './import-file.ts';
export { checkTown, importTown, type TownImport } from './import-town.ts';
export type { Incoming, Person, ReachMe, Receipt, StatedHistory } from './incoming.ts';
export {
  type Installation,
  type InstallationOptions,
  installationOn,
  openInstallation,
  SCENES_DIR,
  townOf,
} from './installation.ts';
export { admit, type Batch, newBatch, writeBatch } from './intake-batch.ts';
export { adoptedHash, adoptedModel, adoptModel } from './kind-desk.ts';
export {
  editKnowledge,
  type KnowledgeFields,
  newKnowledge,
  proposeFromCase,
} from './knowledge/edit-knowledge.ts';
export { type KnowledgeItem, NO_BASIS, refuseItem } from './knowledge/item.ts';
export {
  askKnowledge,
  dueKnowledge,
  findKnowledgeItem,
  KNOWLEDGE_REVIEW_MS,
  type KnowledgeChange,
  type KnowledgeQuery,
  type KnownItem,
  knowledgeOf,
  proposeKnowledge,
  readsItem,
  usualKnowledge,
  writeKnowledge,
} from './knowledge/knowledge.ts';
export {
  type BadRow,
  importKnowledge,
  KNOWLEDGE_COLUMNS,
  type KnowledgeColumn,
  type KnowledgeImport,
  type KnowledgeTableRow,
  knowledgeRows,
} from './knowledge/knowledge-table.ts';
export { commandFrom, itemIdOf, itemOfCause } from './knowledge/knowledge-use.ts';
export { type EndedInquiry, readEndedInquiries, readEndedInquiry } from './knowledge/propose-from-case.ts';
export { adoptNames, learnedNamesOf } from './learned-names.ts';
export {
  candidatesIn,
  locate,
  type PlaceCandidate,
  placeOfCandidate,
  unknownNamesIn,
} from './locate.ts';
export { holderOf, mayIn, resourceOf, unitsAbove } from './may.ts';
export { noticeSubjects } from './notices/notice-history.ts';
export { type FoundRule, findNoticeRule } from './notices/notice-rules.ts';
export { type NoticeSubject, noticeText, wordsOf } from './notices/notice-text.ts';
export { numberAhead } from './number-ahead.ts';
export { openingCode } from './numbers.ts';
export { addPhoto, PHOTO_BYTES_MAX, type PhotoOrder, type ReadPhoto, readPhoto } from './photos.ts';
export { placeNamed, placeOf, withAbove } from './place-of.ts';
export { FEW, metresBetween, placesWithin, publicCases, publicKinds, roadOf } from './portal/public-cases.ts';
export { PUBLIC_STEPS, type PublicStep, publicStoryOf } from './portal/public-story.ts';
export { cedar } from './powers/cedar.ts';
export { checkPowers, powersOf } from './powers/check-powers.ts';
export { comparePowers, type ListOfPack, type PowerChange } from './powers/compare-powers.ts';
export { gateOf, policiesOf, prepareGates } from './powers/gate-of.ts';
export { heldBy } from './powers/held-by.ts';
export {
  allowExport,
  type ExportOrder,
  type ExportStamp,
  MASS_EXPORT_FROM,
} from './powers/mass-export.ts';
export { noPower } from './powers/no-power.ts';
export { OPERATOR } from './powers/operator.ts';
export { type ExplainedPower, explainPower, type PublishedList, powerLists } from './powers/power-list.ts';
export { compareLists, type PowersPreview, readPowerList } from './powers/preview-powers.ts';
export {
  hiddenFrom,
  mayKnow,
  maySee,
  refuseSight,
  refuseSightOf,
  seenBy,
  seesRow,
} from './powers/sight.ts';
export { type SightChange, sightChange } from './powers/sight-change.ts';
export { type ReadSignal, readSignal, urgentIn } from './read-signal.ts';
export { editRegistry, recordsOf, undoRegistry } from './registry/edit-registry.ts';
export { EDITED_SORTS, type EditedSort, type Wanted } from './registry/edited.ts';
export {
  previewRegistry,
  type Redated,
  type RegistryPreview,
  type Rerouted,
} from './registry/preview-registry.ts';
export { planRound } from './rounds/plan-round.ts';
export { readRoundPlan } from './rounds/read-round-plan.ts';
export type { RoundPlan, RoundTarget } from './rounds/round-plan.ts';
export {
  type Coverage,
  findRound,
  listRounds,
  type Round,
  type RoundStop,
  type RoundVisit,
  roundCsv,
  roundFor,
  roundsFor,
  visitStop,
} from './rounds/rounds.ts';
export { applyRuling, rulingFor } from './rulings/apply-ruling.ts';
export { dutyLines } from './rulings/duty-lines.ts';
export { orderRuling } from './rulings/order-ruling.ts';
export { readRulings, streetOf } from './rulings/read-rulings.ts';
export { type RulingBook, rulingName, rulingNumber } from './rulings/ruling-book.ts';
export { RULING_WORDS, type RulingWords, sayRulingReason } from './rulings/ruling-words.ts';
export { keepFound, keepShown } from './same/keep-pairs.ts';
export { ownCasesOf } from './same/own-cases.ts';
export { adoptSamePolicy, samePolicyOf } from './same/same-desk.ts';
export { sameIndexOf } from './same/same-keeper.ts';
export { areaOf } from './same/same-place.ts';
export { searchRowOf } from './search-text.ts';
export { isSecret, secretKinds } from './secret.ts';
export { type SettledFound, settleFound } from './settle-found.ts';
export { type ReadSound, readMedia, readSound, SOUND_BYTES_MAX, SOUND_TYPES } from './sounds.ts';
export { digestOf } from './subscriptions/digest.ts';
export {
  endOldSubscriptions,
  endSubscriptions,
  endToken,
  openEndToken,
  SUBSCRIBE,
  SUBSCRIBED_DAYS,
  subscribe,
  subscriberId,
  subscriptionsOf,
} from './subscriptions/subscribe.ts';
export { takeIn } from './take-in.ts';
export {
  listThemes,
  type Theme,
  type ThemeData,
  type ThemePartInput,
  type ThemeProblem,
  writeThemePart,
} from './themes/themes.ts';
export {
  historyOf,
  keepTopics,
  keptTopics,
  TOPIC_MESSAGES_MAX,
  TOPIC_WINDOWS,
  type TopicQuery,
  type TopicRun,
  type TopicStand,
  type TownTopic,
  topicsAreOld,
  topicsIn,
} from './topics/topics.ts';
export { type Asset, type Kind, packOfKind, processOf, type Town, type TownProfile } from './town.ts';
export { type FolderProblem, readTownFolder, type TownFolder } from './town-folder.ts';
export { type DifferenceCode, type UpstreamDifference, upstreamDifferences } from './upstream/differences.ts';
export {
  isOrdersFile,
  type ReadOrders,
  readOrders,
  readOrdersIn,
  UPSTREAM_PROFILE,
} from './upstream/read-orders.ts';
export { repliedAs, replyRecord } from './upstream/reply-record.ts';
export { type TakenOrder, takeOrders } from './upstream/take-orders.ts';
export {
  actorOfLink,
  type LinkStep,
  linksOfCase,
  type MadeLink,
  makeTaskLink,
  openTaskLink,
  stepByLink,
  type TaskSeen,
  takeBackLink,
} from './upstream/task-link.ts';
export { type FeedPage, refuseFeed, unitFeed } from './upstream/unit-feed.ts';
export { UPSTREAM_WORDS, type UpstreamWords } from './upstream/upstream-words.ts';
export { type ProposedUnit, proposeUnits } from './whistles/propose-units.ts';
export {
  MARKS_N_MIN,
  type TaskForce,
  taskForceOf,
  whistleBands,
  whistleKinds,
  whistleMarks,
} from './whistles/whistles.ts';
export { keepWords, newId } from './words.ts';
