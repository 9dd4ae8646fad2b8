import { useCall, useLanguage } from '@gezhi/ui';
import type { ReactNode } from 'react';

/** The town's name. */
export function App(): ReactNode {
  const { language } = useLanguage();
  const town = useCall('getTown', { query: {} });
  return <h1>{town.data?.name[language]}</h1>;
}
