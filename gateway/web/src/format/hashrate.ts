import { formatDecimal, parseDecimal } from './decimal';

const UNITS = [
  { unit: 'EH/s', digits: 18 },
  { unit: 'PH/s', digits: 15 },
  { unit: 'TH/s', digits: 12 },
  { unit: 'GH/s', digits: 9 },
  { unit: 'MH/s', digits: 6 },
  { unit: 'kH/s', digits: 3 },
  { unit: 'H/s', digits: 0 },
] as const;

const WORK_UNITS = [
  { unit: 'YH', digits: 24 },
  { unit: 'ZH', digits: 21 },
  { unit: 'EH', digits: 18 },
  { unit: 'PH', digits: 15 },
  { unit: 'TH', digits: 12 },
  { unit: 'GH', digits: 9 },
  { unit: 'MH', digits: 6 },
  { unit: 'kH', digits: 3 },
  { unit: 'hashes', digits: 0 },
] as const;

/** Units a person may type a hashrate in. */
export const HASHRATE_INPUT_UNITS = ['GH/s', 'TH/s', 'PH/s', 'EH/s'];

/** Two digits in the largest unit that fits, cut off and never rounded up: 104.25 TH/s. */
export function formatHashrate(hashesPerSecond: string): string {
  return inLargestUnit(BigInt(hashesPerSecond), UNITS);
}

/** Work for people; the exact count of hashes belongs beside it as a title. */
export function formatWork(hashes: string): string {
  return inLargestUnit(BigInt(hashes), WORK_UNITS);
}

/** Hashes per second of one unit: 10^15 for PH/s. */
export function unitSize(unit: string): bigint {
  const known = UNITS.find((candidate) => candidate.unit === unit);
  if (!known) {
    throw new RangeError(`'${unit}' is not a hashrate unit.`);
  }
  return 10n ** BigInt(known.digits);
}

/** What a person typed, in hashes per second; null when it is not a positive number. */
export function parseHashrate(text: string, unit: string): string | null {
  const digits = unitSize(unit).toString().length - 1;
  const value = parseDecimal(text, digits);
  return value !== null && value > 0n ? value.toString() : null;
}

/** A hashrate split for an input: the largest typed unit in which nothing is cut off. */
export function splitHashrate(hashesPerSecond: string): { amount: string; unit: string } {
  const value = BigInt(hashesPerSecond);
  const unit =
    [...HASHRATE_INPUT_UNITS].reverse().find((candidate) => value >= unitSize(candidate)) ?? 'GH/s';
  const digits = unitSize(unit).toString().length - 1;
  return { amount: formatDecimal(value, digits, { least: 0, most: digits }).replaceAll(',', ''), unit };
}

function inLargestUnit(value: bigint, units: readonly { unit: string; digits: number }[]): string {
  for (const { unit, digits } of units) {
    if (digits > 0 && value >= 10n ** BigInt(digits)) {
      return `${formatDecimal(value, digits, { least: 2, most: 2 })} ${unit}`;
    }
  }
  return `${value} ${units.at(-1)?.unit}`;
}
