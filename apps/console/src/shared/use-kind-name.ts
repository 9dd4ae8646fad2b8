import { useCall, useLanguage } from '@gezhi/ui';

/** Says the name of a kind by its code; the code itself until the names are here. */
export function useKindName(): (code: string) => string {
  const { language } = useLanguage();
  const kinds = useCall('listKinds', {}, { staleTime: 600_000 });
  const names = new Map(kinds.data?.kinds.map(({ code, name }) => [code, name[language]]));
  return (code) => names.get(code) ?? code;
}
