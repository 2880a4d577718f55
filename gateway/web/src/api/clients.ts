import createClient from 'openapi-fetch';
import { AccessTokens, type IssuedToken } from './accessTokens';
import { bearerFetch } from './bearerFetch';
import type { paths as BillingPaths } from './billing';
import type { paths as CatalogPaths } from './catalog';
import type { paths as IdentityPaths } from './identity';
import type { paths as OrderingPaths } from './ordering';
import { problemOf } from './problem';
import type { paths as ProxyPaths } from './proxy';

const UNAUTHORIZED = 401;
const baseUrl = window.location.origin;

/** Only Identity is spoken to with the session's cookie. The header cannot be set by a foreign form. */
export const identity = createClient<IdentityPaths>({
  baseUrl,
  credentials: 'same-origin',
  headers: { 'X-Requested-With': 'marketplace-web' },
});

export const accessTokens = new AccessTokens(issueToken);

const bearer = { baseUrl, credentials: 'omit' as const, fetch: bearerFetch(accessTokens) };

export const catalog = createClient<CatalogPaths>(bearer);
export const ordering = createClient<OrderingPaths>(bearer);
export const billing = createClient<BillingPaths>(bearer);
export const proxy = createClient<ProxyPaths>(bearer);

/** The answer of a call, or its problem thrown. */
export async function take<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Exclude<T, undefined>> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw problemOf(response.status, error);
  }
  return data as Exclude<T, undefined>;
}

async function issueToken(): Promise<IssuedToken | null> {
  const { data, error, response } = await identity.POST('/api/identity/tokens');
  if (response.status === UNAUTHORIZED) {
    return null;
  }
  if (!data) {
    throw problemOf(response.status, error);
  }
  const servedAt = Date.parse(response.headers.get('Date') ?? '') || Date.now();
  return { token: data.token, lifetimeMilliseconds: Date.parse(data.expiresAt) - servedAt };
}
