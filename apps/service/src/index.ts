export type { Listener } from '@gezhi/server';
export { type History, type HistoryOptions, liveHistory } from './demo-history.ts';
export { type Door, openDoor } from './door.ts';
export type { Log } from './log.ts';
export { makeLog } from './log.ts';
export { DEMO, type Demo, type DemoOptions, importMadeUpTown, makeDemo } from './make-demo.ts';
export {
  type Environment,
  type Flags,
  LISTENERS,
  LOG_LEVELS,
  type LogLevel,
  readEnvironment,
  SETTINGS,
  type Settings,
  settingsOf,
} from './settings.ts';
export { type Service, type ServiceOptions, startService } from './start-service.ts';
export { builtWebApps } from './web-apps.ts';
