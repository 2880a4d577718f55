import { formatDecimal } from './decimal';

/** A part of a whole in tenths of a percent, cut off: 98.4 %. A dash where there is no whole yet. */
export function formatPercent(part: bigint, whole: bigint): string {
  return whole === 0n ? '–' : `${formatDecimal((part * 1000n) / whole, 1, { least: 1, most: 1 })} %`;
}

/** Thousandths of a whole, for widths and heights on the screen only. */
export function thousandths(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1000n) / whole);
}

/** A tax or fee rate given in hundredths of a percent: 20 %. */
export function formatBasisPoints(basisPoints: number): string {
  return `${formatDecimal(BigInt(basisPoints), 2, { least: 0, most: 2 })} %`;
}

/** Difficulty is a decimal fraction of any length: two digits are enough on a page. */
export function formatDifficulty(difficulty: string): string {
  const [whole = '0', fraction = ''] = difficulty.split('.');
  const most = whole === '0' ? 6 : 2;
  return formatDecimal(BigInt(whole + fraction), fraction.length, { least: 0, most });
}
