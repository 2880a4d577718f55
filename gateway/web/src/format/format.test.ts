import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from './decimal';
import { formatHashrate, formatWork, parseHashrate, splitHashrate } from './hashrate';
import { addMoney, formatMoney, splitAmount } from './money';
import { estimatePrice, formatUnitPrice, parseMicros } from './price';
import { formatBasisPoints, formatDifficulty, formatPercent } from './ratio';
import { formatCountdown, formatDuration, parseDuration, splitDuration } from './time';

const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('decimals', () => {
  it('survive a round trip beyond the digits of a floating point number', () => {
    const text = '123456789012345678901.12345678';
    expect(formatDecimal(parseDecimal(text, 8) ?? 0n, 8, { least: 2, most: 8 })).toBe(
      '123,456,789,012,345,678,901.12345678',
    );
  });

  it.each(['', '1e3', '1,5', '--1', '0x10', 'NaN', '1.234'])('refuse %j', (text) => {
    expect(parseDecimal(text, 2)).toBeNull();
  });

  it('keep the minus only where something is left of the number', () => {
    expect(formatDecimal(-1234n, 2, { least: 2, most: 2 })).toBe('−12.34');
    expect(formatDecimal(-4n, 4, { least: 2, most: 2 })).toBe('0.00');
  });
});

describe('money', () => {
  it('shows cents always and finer digits only where there are some', () => {
    expect(formatMoney(usd('1234.5'))).toBe('1,234.50 USD');
    expect(formatMoney(usd('0.03124999'))).toBe('0.03124999 USD');
    expect(splitAmount(usd('-0.03124999'))).toEqual({ cents: '−0.03', finer: '124999' });
  });

  it('adds up without losing a unit', () => {
    expect(addMoney(usd('0.10000001'), usd('0.2'), usd('-0.00000001'))).toEqual(usd('0.30'));
    expect(addMoney(usd('90071992547409.91'), usd('0.00000001')).amount).toBe('90071992547409.91000001');
  });

  it('refuses to add two currencies and to show what is not an amount', () => {
    expect(() => addMoney(usd('1'), { amount: '1', currency: 'EUR' })).toThrow(RangeError);
    expect(() => formatMoney(usd('1e9'))).toThrow(RangeError);
  });
});

describe('hashrate and work', () => {
  it('are cut off in the largest unit that fits', () => {
    expect(formatHashrate('104259999999999')).toBe('104.25 TH/s');
    expect(formatHashrate('999')).toBe('999 H/s');
    expect(formatHashrate('0')).toBe('0 H/s');
    expect(formatWork('340282366920938463463374607431768211455')).toBe('340,282,366,920,938.46 YH');
  });

  it('are read exactly from what was typed', () => {
    expect(parseHashrate('1.5', 'PH/s')).toBe('1500000000000000');
    expect(parseHashrate('0', 'PH/s')).toBeNull();
    expect(parseHashrate('ten', 'TH/s')).toBeNull();
    expect(splitHashrate('1500000000000000')).toEqual({ amount: '1.5', unit: 'PH/s' });
    expect(splitHashrate('1')).toEqual({ amount: '0.000000001', unit: 'GH/s' });
  });

  it('compare in tenths of a percent that are never rounded up', () => {
    expect(formatPercent(9999n, 10000n)).toBe('99.9 %');
    expect(formatPercent(1n, 0n)).toBe('–');
  });

  it('have a difficulty of any length', () => {
    expect(formatDifficulty('1448.1546878700492')).toBe('1,448.15');
    expect(formatDifficulty('0.0714')).toBe('0.0714');
    expect(formatDifficulty('65536')).toBe('65,536');
  });
});

describe('prices', () => {
  it('are read and shown in millionths', () => {
    expect(parseMicros('45.2')).toBe(45_200_000);
    expect(parseMicros('0')).toBeNull();
    expect(parseMicros('0.0000001')).toBeNull();
    expect(formatUnitPrice(45_200_000, 'USD')).toBe('45.20 USD');
    expect(formatBasisPoints(2050)).toBe('20.5 %');
  });

  it('of one unit for one day are the unit price, and rounded down otherwise', () => {
    const price = { priceMicrosPerUnitDay: 45_200_000, priceUnit: 'PH/s', currency: 'USD' };
    expect(estimatePrice(price, '1000000000000000', 86_400)).toEqual(usd('45.20'));
    expect(estimatePrice(price, '100000000000000', 600).amount).toBe('0.03138888');
  });
});

describe('times', () => {
  it('show their two largest units', () => {
    expect(formatDuration(183_900)).toBe('2 d 3 h');
    expect(formatDuration(60)).toBe('1 min');
    expect(formatDuration(-5)).toBe('0 s');
  });

  it('are read in whole units', () => {
    expect(parseDuration('2', 'hours')).toBe(7200);
    expect(parseDuration('1.5', 'hours')).toBeNull();
    expect(parseDuration('0', 'days')).toBeNull();
    expect(splitDuration(5400)).toEqual({ amount: '90', unit: 'minutes' });
    expect(splitDuration(172_800)).toEqual({ amount: '2', unit: 'days' });
  });

  it('count down to zero and stay there', () => {
    const at = '2026-01-01T01:00:00Z';
    expect(formatCountdown(at, Date.parse('2026-01-01T00:55:55Z'))).toBe('4:05');
    expect(formatCountdown(at, Date.parse('2025-12-31T22:00:00Z'))).toBe('3:00:00');
    expect(formatCountdown(at, Date.parse('2026-01-01T02:00:00Z'))).toBe('0:00');
  });
});
