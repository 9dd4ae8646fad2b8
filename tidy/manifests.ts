import type { Manifest } from './floors.ts';
import type { TextFile } from './source.ts';

type PackageJson = {
  readonly name: string;
  readonly description?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

/** The rooms of the house by their package.json; the root is no room. */
export function manifestsOf(files: readonly TextFile[]): readonly Manifest[] {
  return packageFiles(files)
    .filter(({ path }) => path !== 'package.json')
    .map(({ path, text }) => {
      const { name, exports = {}, dependencies = {} } = JSON.parse(text) as PackageJson;
      return {
        room: path.slice(0, -'/package.json'.length),
        name,
        exports: Object.keys(exports),
        dependencies: Object.keys(dependencies),
      };
    });
}

/** The tools of the root that tests and benches may use. */
export function toolsOf(files: readonly TextFile[]): readonly string[] {
  const root = files.find(({ path }) => path === 'package.json');
  return Object.keys((JSON.parse(root!.text) as PackageJson).devDependencies ?? {});
}

/** Everything from the registry that any package.json names, with its version. */
export function dependenciesOf(files: readonly TextFile[]): ReadonlyMap<string, string> {
  const all = packageFiles(files).flatMap(({ text }) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(text) as PackageJson;
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  return new Map(all.filter(([name]) => !name.startsWith('@gezhi/')).sort());
}

function packageFiles(files: readonly TextFile[]): readonly TextFile[] {
  return files.filter(({ path }) =>
    /^(package\.json|(packages|apps)\/[^/]+\/package\.json|demo\/package\.json)$/.test(path),
  );
}
