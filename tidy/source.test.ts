import { test } from 'node:test';
import { fileCircles, packageCircles } from './circles.ts';
import { idleDependencies, turnedArrows } from './floors.ts';
import {
  callersLookedAt,
  controlOfWorkers,
  forbiddenColumns,
  forbiddenFields,
  personsAsRows,
} from './limits.ts';
import { manifestsOf, toolsOf } from './manifests.ts';
import { deadFiles, oddDoors, oddNames } from './names.ts';
import { impureReads } from './purity.ts';
import { IN_SCREENS, LONG_FILES, LONG_FUNCTIONS, SMALL_TABLES } from './reasons.ts';
import { keysWithoutDistrict, logOutOfShape, tablesOf } from './schema.ts';
import { wordsInScreens } from './screen-words.ts';
import { longFiles, longFunctions } from './size.ts';
import { type Complaint, readFiles, readSources } from './source.ts';
import { composedOutside, outsideTheSubset, statementsOf } from './sql.ts';
import { oddTestFiles, testsLeftOut } from './test-files.ts';
import { tidy } from './tidy.ts';
import { anyTypes, silentCatches, wordsOutOfPlace } from './words.ts';

const files = readFiles();
const sources = readSources(files);
const manifests = manifestsOf(files);
const tables = tablesOf(files.find(({ path }) => path === 'packages/storage/schema.sql')!.text);

const CHECKS: Readonly<Record<string, () => readonly Complaint[]>> = {
  'imports run down, by name, and are listed': () => turnedArrows(sources, manifests, toolsOf(files)),
  'packages need each other in no circle': () => packageCircles(sources),
  'files import each other in no circle': () => fileCircles(sources),
  'what a package lists, it uses': () => idleDependencies(sources, manifests),
  'the core reads no clock, chance, file or environment': () => sources.flatMap(impureReads),
  'no file is too long without a reason': () => longFiles(files, LONG_FILES),
  'no function is too long': () => sources.flatMap((source) => longFunctions(source, LONG_FUNCTIONS)),
  'files are named in kebab-case': () => oddNames(files),
  'a package has one door': () => oddDoors(files),
  'every file is used': () => deadFiles(sources, files),
  'nothing is promised, machine-bound or silenced': () => files.flatMap(wordsOutOfPlace),
  'no type is any': () => sources.flatMap(anyTypes),
  'no fault is swallowed': () => sources.flatMap((source) => silentCatches(source, IN_SCREENS)),
  'no screen holds words that no other language has': () =>
    sources.flatMap((source) => wordsInScreens(source, IN_SCREENS)),
  'every test runs, or says why not': () => sources.flatMap(testsLeftOut),
  'test files say that they are': () => sources.flatMap(oddTestFiles),
  'SQL stays in the subset that one server and a cluster both take': () => [
    ...outsideTheSubset(statementsOf(sources, files)),
    ...sources.flatMap(composedOutside),
  ],
  'tables that grow begin their keys with district': () => keysWithoutDistrict(tables, SMALL_TABLES),
  'the log of facts is append-only': () => logOutOfShape(tables),
  'no table, fact or answer can hold a score, colour or rank of a person': () => [
    ...forbiddenColumns(tables),
    ...sources.flatMap(forbiddenFields),
  ],
  'no roll-up has persons as its rows': () => personsAsRows(tables),
  'nobody who works clocks in, earns points or is ranked': () => files.flatMap(controlOfWorkers),
  'nobody is blocked or slowed down for who calls': () => sources.flatMap(callersLookedAt),
};

for (const [name, check] of Object.entries(CHECKS)) test(name, () => tidy(check()));
