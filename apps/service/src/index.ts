export type { Log } from './log.ts';
export { makeLog } from './log.ts';
export { DEMO, type Demo, type DemoOptions, makeDemo } from './make-demo.ts';
export {
  type Environment,
  type Flags,
  LOG_LEVELS,
  type LogLevel,
  readEnvironment,
  SETTINGS,
  type Settings,
  settingsOf,
} from './settings.ts';
export { type Service, type ServiceOptions, startService } from './start-service.ts';
