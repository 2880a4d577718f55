import type { Pool } from '../api/shapes';

export const MAX_POOLS = 5;

export const EMPTY_POOL: Pool = { url: '', user: '', password: 'x' };

const POOL_URL = /^stratum\+(?:tcp|ssl|tls):\/\/(\[[0-9a-fA-F:.]+\]|[^\s/:@?#]+):\d{1,5}$/;

export interface PoolErrors {
  url: string | null;
  user: string | null;
}

/** What can be seen without a connection; the pool check decides the rest. */
export function poolErrors(pool: Pool): PoolErrors {
  return {
    url: POOL_URL.test(pool.url.trim())
      ? null
      : 'Write it as stratum+tcp://host:port, or stratum+ssl:// for TLS.',
    user: pool.user.trim() ? null : 'The user or payout address the pool knows you by.',
  };
}

export function arePoolsComplete(pools: Pool[]): boolean {
  return pools.every((pool) => Object.values(poolErrors(pool)).every((error) => error === null));
}

export function trimmed(pool: Pool): Pool {
  return { url: pool.url.trim(), user: pool.user.trim(), password: pool.password };
}
