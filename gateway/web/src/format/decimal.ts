export interface DecimalDigits {
  /** Digits after the point that are always shown. */
  least: number;
  /** Digits after the point beyond which the value is cut off, never rounded up. */
  most: number;
}

/** Reads digits with a point as a whole number of 10^-scale; null when the text is not such a number. */
export function parseDecimal(text: string, scale: number): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > scale) {
    return null;
  }
  const value = BigInt(whole + fraction.padEnd(scale, '0'));
  return sign ? -value : value;
}

/** Writes a whole number of 10^-scale with grouped thousands. */
export function formatDecimal(value: bigint, scale: number, digits: DecimalDigits): string {
  const magnitude = value < 0n ? -value : value;
  const text = magnitude.toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale, text.length - scale + digits.most);
  const kept = fraction.replace(/0+$/, '').padEnd(digits.least, '0');
  const shown = kept ? `${groupThousands(whole)}.${kept}` : groupThousands(whole);
  return value < 0n && /[1-9]/.test(shown) ? `−${shown}` : shown;
}

export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count for people: 12,345. */
export function formatCount(count: number | bigint): string {
  return groupThousands(count.toString());
}
