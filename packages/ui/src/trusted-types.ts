/** Addresses of scripts that run beside a page: the service workers of the apps that work without a network. */
const OWN_WORKERS: readonly string[] = ['/portal/sw.js', '/field/sw.js'];

/**
 * What the browser may make of text while the policy of the answer asks for Trusted Types (W3C, 2024): a text without any markup, by which the
 * console's library writes its style sheets and which makes no element, and our own service workers. All else throws where it is tried.
 * Called once, before anything is drawn; does nothing where the browser does not know Trusted Types.
 */
export function trustOnlyOurs(): void {
  const { trustedTypes } = window as Window & { readonly trustedTypes?: Factory };
  trustedTypes?.createPolicy('default', {
    createHTML: (text) => (text.includes('<') ? null : text),
    createScriptURL: (url) => (OWN_WORKERS.includes(url) ? url : null),
  });
}

type Rule = (text: string) => string | null;
type Factory = {
  createPolicy(
    name: 'default',
    rules: { readonly createHTML: Rule; readonly createScriptURL: Rule },
  ): unknown;
};
