import { formatDecimal, parseDecimal } from './decimal';

/** The ledger's scale: amounts are whole numbers of 1e-8 of a currency unit. */
const MONEY_SCALE = 8;
const CENT_DIGITS = 2;

export interface MoneyAmount {
  amount: string;
  currency: string;
}

/** Units of 1e-8. Throws on what no service writes, so that a wrong amount is never shown as zero. */
export function moneyUnits(money: MoneyAmount): bigint {
  const units = parseDecimal(money.amount, MONEY_SCALE);
  if (units === null) {
    throw new RangeError(`'${money.amount}' is not an amount of money.`);
  }
  return units;
}

/** Cents always, finer digits only where there are some: 1,234.5678 USD. */
export function formatMoney(money: MoneyAmount): string {
  return `${formatUnits(moneyUnits(money))} ${money.currency}`;
}

export function formatUnits(units: bigint): string {
  return formatDecimal(units, MONEY_SCALE, { least: CENT_DIGITS, most: MONEY_SCALE });
}

/** The amount as a document shows it, and the digits beyond cents, which a page may show smaller. */
export function splitAmount(money: MoneyAmount): { cents: string; finer: string } {
  const text = formatUnits(moneyUnits(money));
  const end = text.indexOf('.') + 1 + CENT_DIGITS;
  return { cents: text.slice(0, end), finer: text.slice(end) };
}

export function addMoney(...amounts: [MoneyAmount, ...MoneyAmount[]]): MoneyAmount {
  const [first] = amounts;
  const units = amounts.reduce((sum, money) => {
    if (money.currency !== first.currency) {
      throw new RangeError(`${first.currency} and ${money.currency} cannot be added.`);
    }
    return sum + moneyUnits(money);
  }, 0n);
  return { amount: plainAmount(units), currency: first.currency };
}

export function isZero(money: MoneyAmount): boolean {
  return moneyUnits(money) === 0n;
}

/** As the services write it: no grouping, a plain minus. */
export function plainAmount(units: bigint): string {
  return formatUnits(units).replaceAll(',', '').replace('−', '-');
}
