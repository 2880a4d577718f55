import type { Money } from '../api/shapes';
import { addMoney } from '../format/money';

/** One sum per currency, in the order they first appear. */
export function sumsByCurrency(amounts: Money[]): Money[] {
  const sums = new Map<string, Money>();
  for (const money of amounts) {
    const sum = sums.get(money.currency);
    sums.set(money.currency, sum ? addMoney(sum, money) : addMoney(money));
  }
  return [...sums.values()];
}
