import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where real data lies, outside the repository. */
export const SHARED =
  process.env.GEZHI_SHARED_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/** The paths of files of real data; undefined, and told, where one is missing. */
export function sharedFiles(...names: readonly string[]): readonly string[] | undefined {
  const paths = names.map((name) => join(SHARED, name));
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) return paths;
  console.error(`   skipped: ${missing.join(', ')} cannot be found`);
  return undefined;
}
