import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError } from './calls.ts';
import { LanguageProvider } from './language.tsx';
import { trustOnlyOurs } from './trusted-types.ts';
import { ZoneProvider } from './zone.tsx';

/** Puts an app into its page, with its language and its calls. What was refused is not asked again; a network that failed is, twice. */
export function mount(app: ReactNode): void {
  trustOnlyOurs();
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (times, error) => !(error instanceof ProblemError) && times < 2,
      },
    },
  });
  createRoot(document.getElementById('app')!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <ZoneProvider>{app}</ZoneProvider>
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
