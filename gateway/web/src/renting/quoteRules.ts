import type { Listing } from '../api/shapes';
import { formatHashrate, parseHashrate } from '../format/hashrate';
import { formatDuration, parseDuration } from '../format/time';
import type { TypedAmount } from '../layout/AmountInput';

export type Reading<T> = { value: T; error: null } | { value: null; error: string };

export function readHashrate(typed: TypedAmount, listing: Pick<Listing, 'offeredHashrate'>): Reading<string> {
  const value = parseHashrate(typed.amount, typed.unit);
  if (value === null) {
    return { value, error: 'A number above zero, with a point for fractions.' };
  }
  return BigInt(value) > BigInt(listing.offeredHashrate)
    ? { value: null, error: `This listing offers ${formatHashrate(listing.offeredHashrate)}.` }
    : { value, error: null };
}

export function readDuration(
  typed: TypedAmount,
  listing: Pick<Listing, 'shortestDurationSeconds' | 'longestDurationSeconds'>,
): Reading<number> {
  const value = parseDuration(typed.amount, typed.unit);
  if (value === null) {
    return { value, error: 'A whole number above zero.' };
  }
  if (value < listing.shortestDurationSeconds) {
    return { value: null, error: `The shortest is ${formatDuration(listing.shortestDurationSeconds)}.` };
  }
  return value > listing.longestDurationSeconds
    ? { value: null, error: `The longest is ${formatDuration(listing.longestDurationSeconds)}.` }
    : { value, error: null };
}
