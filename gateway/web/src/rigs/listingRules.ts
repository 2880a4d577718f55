import type { Currency, PublishListing, Rig } from '../api/shapes';
import { formatHashrate, parseHashrate } from '../format/hashrate';
import { parseMicros } from '../format/price';
import { parseDuration } from '../format/time';
import type { TypedAmount } from '../layout/AmountInput';

export interface ListingDraft {
  title: string;
  offered: TypedAmount;
  price: string;
  currency: Currency;
  shortest: TypedAmount;
  longest: TypedAmount;
}

type DraftErrors = Partial<Record<keyof ListingDraft, string>>;

/** What was typed as a request, or what is wrong with each field of it. */
export function readDraft(
  draft: ListingDraft,
  rig: Pick<Rig, 'id' | 'nameplateHashrate'>,
): { listing: PublishListing | null; errors: DraftErrors } {
  const title = draft.title.trim();
  const offeredHashrate = parseHashrate(draft.offered.amount, draft.offered.unit);
  const priceMicrosPerUnitDay = parseMicros(draft.price);
  const shortestDurationSeconds = parseDuration(draft.shortest.amount, draft.shortest.unit);
  const longestDurationSeconds = parseDuration(draft.longest.amount, draft.longest.unit);

  const errors: DraftErrors = {};
  if (!title) {
    errors.title = 'Renters find it by its title.';
  }
  if (!offeredHashrate) {
    errors.offered = 'A number above zero, with a point for fractions.';
  } else if (BigInt(offeredHashrate) > BigInt(rig.nameplateHashrate)) {
    errors.offered = `The rig claims no more than ${formatHashrate(rig.nameplateHashrate)}.`;
  }
  if (!priceMicrosPerUnitDay) {
    errors.price = 'A price such as 45.20.';
  }
  if (!shortestDurationSeconds) {
    errors.shortest = 'A whole number above zero.';
  }
  if (!longestDurationSeconds) {
    errors.longest = 'A whole number above zero.';
  } else if (shortestDurationSeconds && longestDurationSeconds < shortestDurationSeconds) {
    errors.longest = 'Not shorter than the shortest.';
  }

  const isComplete =
    offeredHashrate && priceMicrosPerUnitDay && shortestDurationSeconds && longestDurationSeconds;
  if (!isComplete || Object.keys(errors).length > 0) {
    return { listing: null, errors };
  }
  const { currency } = draft;
  return {
    listing: {
      rigId: rig.id,
      title,
      offeredHashrate,
      priceMicrosPerUnitDay,
      currency,
      shortestDurationSeconds,
      longestDurationSeconds,
    },
    errors,
  };
}
