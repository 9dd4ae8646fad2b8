import type { Complaint } from './source.ts';

/** One package of package-lock.json (version 3); `link` where it is a room of this repository. */
export type Locked = {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
};

export type Lockfile = {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};

/**
 * What in the lockfile could bring something else than was looked at: a package without the hash of its content, or one that is fetched
 * from an address of its own instead of by its name; and scripts that run while installing, but for those allowed by name.
 */
export function oddLocks(lock: Lockfile, allowedScripts: readonly string[]): readonly Complaint[] {
  const odd: Complaint[] = lock.lockfileVersion === 3 ? [] : ['package-lock.json is not of version 3.'];
  for (const [path, one] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || one.link) continue;
    const name = path.split('node_modules/').at(-1)!;
    if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? ''))
      odd.push(`package-lock.json: ${name} has no SHA-512 of its content.`);
    if (one.resolved !== undefined)
      odd.push(`package-lock.json: ${name} is fetched from an address of its own: ${one.resolved}`);
    if (one.hasInstallScript && !allowedScripts.includes(name))
      odd.push(`package-lock.json: ${name} runs a script while it is installed, and nobody allowed it.`);
  }
  return odd;
}

/** Versions in a package.json that may change by themselves. Rooms of this repository are `*`. */
export function looseVersions(
  path: string,
  sections: readonly (Readonly<Record<string, string>> | undefined)[],
): readonly Complaint[] {
  return sections
    .flatMap((section) => Object.entries(section ?? {}))
    .filter(
      ([name, version]) =>
        !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) && !name.startsWith('@gezhi/'),
    )
    .map(([name, version]) => `${path}: ${name} ${version} is not one version.`);
}
