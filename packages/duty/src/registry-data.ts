import type { CatalogueInput } from './catalogue.ts';
import type { Staffing } from './unit.ts';

/** A place as the registry needs it: `parent` is the code of the place above, of whatever layer. */
export type PlaceNode = { readonly layer: string; readonly code: string; readonly parent?: string };

/** All tables of a town, as they were read. Without `places` or `kinds`, what needs them is not checked. */
export type RegistryData = CatalogueInput & {
  readonly staffings: readonly Staffing[];
  readonly places?: readonly PlaceNode[];
  readonly kinds?: readonly string[];
};
