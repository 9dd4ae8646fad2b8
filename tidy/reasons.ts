/** Files that pass 500 lines, each with why it is better whole. */
export const LONG_FILES: Readonly<Record<string, string>> = {
  'packages/storage/schema.sql': 'written by schema-dump.ts: the whole schema in one place',
  'tidy/limits.test.ts': 'each limit beside the samples that break it, to be read as one list',
};

/** Functions that pass 100 lines, as `path#name`, each with why. */
export const LONG_FUNCTIONS: Readonly<Record<string, string>> = {};

/** Files outside the tests that may use what is for tests, each with why. */
export const TEST_TOOLS: Readonly<Record<string, string>> = {
  'packages/storage/src/schema-dump.ts': 'run by hand, it dumps the schema of a fresh test database',
};

/** Dependencies that a build names and no file imports, as `room name`, each with why. */
export const BUILT_IN: Readonly<Record<string, string>> = {
  'packages/ui preact': 'build.ts puts it in the place of React (decision 0020)',
};

/** Tables without `district` first in their key, each with why it never grows with the town. */
export const SMALL_TABLES: Readonly<Record<string, string>> = {
  migration: 'one row a migration, made by the owner',
  secret: 'the keys of this installation: a handful',
  ...Object.fromEntries(
    [
      'account',
      'account_way',
      'account_session',
      'account_challenge',
      'account_factor',
      'account_passkey',
    ].map((table) => [table, 'as many as the staff; the library that checks passwords asks by id']),
  ),
};

/** Words that no table, column, fact or field of the contract may be named by, each with the limit that it would break. */
export const FORBIDDEN: Readonly<Record<string, string>> = {
  score: 'no object can hold a score of a person',
  scores: 'no object can hold a score of a person',
  scoring: 'no object can hold a score of a person',
  colour: 'health-code colours: no object can hold a colour of a person',
  color: 'health-code colours: no object can hold a colour of a person',
  rank: 'no object can hold a rank of a person; ranks of units are computed, never kept',
  reputation: 'a caller is never scored',
  trustworthiness: 'a caller is never scored',
  credit: 'no object can hold a score of a person',
  risk: 'an alarm is about a place, a thing, a flow; never about how risky a person is',
  suspicion: 'an alarm is about a place, a thing, a flow',
  watchlist: 'no watch list of persons',
  watch_list: 'no watch list of persons',
  blacklist: 'a caller is never blocked',
  blocklist: 'a caller is never blocked',
  blocked: 'a caller is never blocked; rate limits are per channel',
  banned: 'a caller is never blocked',
  points: 'no points for workers',
  leaderboard: 'no leaderboard of workers',
  badge: 'no points for workers',
  streak: 'no points for workers',
  attendance: 'no clock-in',
  checkin: 'no clock-in',
  check_in: 'no clock-in',
  clock_in: 'no clock-in',
  punch: 'no clock-in',
  online_time: 'no online-time',
  online_minutes: 'no online-time',
  last_seen: 'no online-time',
  install_count: 'no install counts',
  installs: 'no install counts',
  calls_before: 'a caller is never shown a history of',
  caller_history: 'a caller is never shown a history of',
};

/** Fields named by one of these words that hold nothing about a person, as `path#name`, each with what they hold. */
export const ABOUT_NO_PERSON: Readonly<Record<string, string>> = {
  'packages/contract/src/town-views.ts#score':
    'the three rates weighted into one figure, of a place, a kind or a unit',
  'packages/contract/src/now.ts#points': 'points on a map, where open cases lie',
};

/** Where the address of a machine is looked at: signing in, where guesses are slowed down and logged by law. No report passes here. */
export const AT_SIGN_IN: Readonly<Record<string, string>> = {
  'packages/server/src/pages/account/account-routes.ts':
    'staff sign in: guesses of a password, the security log',
  'packages/server/src/pages/account/resident-routes.ts':
    'residents ask for a code by telephone or mail: guesses of it',
  'packages/server/src/routes/resident.ts': 'the same over the API',
};

/** What a screen says or swallows in code, as `path#words` or `path#catch`, each with why. */
export const IN_SCREENS: Readonly<Record<string, string>> = {
  'apps/portal/src/shell/shell.tsx#格治':
    'the name of the house, in every language, until the town has said its own',
  'apps/field/src/day/keeper.tsx#catch': 'the next line says that there is no store, and shows it',
  'apps/portal/src/report/hold-to-talk.tsx#catch':
    'the next line says that the microphone was refused, and shows it',
};

/** Words of control over those who work, in Chinese and English. */
export const CONTROL =
  /打卡|签到打|积分|在线时长|活跃度|安装量|安装率|个人排名|人员排名|员工排名|clock[- ]?in\b|leaderboard|online[- ]time|install[- ]count|reward points/i;
