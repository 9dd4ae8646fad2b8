import { useCall, useLanguage } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useParams } from 'wouter';

export function CaseScreen(): ReactNode {
  const { language } = useLanguage();
  const { id = '' } = useParams<{ id: string }>();
  const one = useCall('getCase', { params: { id } });
  return (
    <div className="page">
      <h1>{one.data?.kind.name[language]}</h1>
    </div>
  );
}
