import { formatDecimal, parseDecimal } from './decimal';
import { unitSize } from './hashrate';
import { type MoneyAmount, plainAmount } from './money';

const MICRO_SCALE = 6;
const LEDGER_UNITS_PER_MICRO = 100n;
const SECONDS_PER_DAY = 86_400n;

/** A price per hashrate unit and day, which travels in millionths: 45.20 USD. */
export function formatUnitPrice(priceMicrosPerUnitDay: number, currency: string): string {
  return `${formatDecimal(BigInt(priceMicrosPerUnitDay), MICRO_SCALE, { least: 2, most: MICRO_SCALE })} ${currency}`;
}

/** Millionths of a currency unit; null when it is not a positive price or too long to travel as a number. */
export function parseMicros(text: string): number | null {
  const micros = parseDecimal(text, MICRO_SCALE);
  return micros !== null && micros > 0n && micros <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(micros) : null;
}

export interface UnitPrice {
  priceMicrosPerUnitDay: number;
  priceUnit: string;
  currency: string;
}

/** What a hashrate costs for a time before fee and VAT, rounded down as the services do. The quote decides. */
export function estimatePrice(
  price: UnitPrice,
  hashesPerSecond: string,
  durationSeconds: number,
): MoneyAmount {
  const work = BigInt(hashesPerSecond) * BigInt(durationSeconds);
  const units =
    (BigInt(price.priceMicrosPerUnitDay) * LEDGER_UNITS_PER_MICRO * work) /
    (unitSize(price.priceUnit) * SECONDS_PER_DAY);
  return { amount: plainAmount(units), currency: price.currency };
}
