const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** No script from a string, where the browser knows Trusted Types (W3C, 2024). */
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * The headers of every answer, of pages, API and files alike. Nothing runs that does not lie on this service: no inline script or style and
 * no `eval`. Pages narrow it further, and say so themselves.
 */
const SECURITY_HEADERS = {
  'content-security-policy': `${POLICY}; ${TRUSTED_TYPES}`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
} as const;

/** The web apps write style sheets and bring service workers, by one policy (packages/ui/src/trusted-types.ts). Residents may speak instead of writing. */
const FOR_WEB_APPS = {
  ...SECURITY_HEADERS,
  'content-security-policy': `${POLICY}; ${TRUSTED_TYPES.replace("'none'", 'default')}`,
  'permissions-policy': SECURITY_HEADERS['permissions-policy'].replace('microphone=()', 'microphone=(self)'),
} as const;

export function headersFor(url: string): Readonly<Record<string, string>> {
  return /^\/(portal|console|field)(?:[/?]|$)/.test(url) ? FOR_WEB_APPS : SECURITY_HEADERS;
}
