import { Badge, Tooltip } from '@mantine/core';

/** Stands wherever something of the demo algorithm is shown. */
export function SimulatedBadge({ isSimulated }: { isSimulated: boolean }) {
  return isSimulated ? (
    <Tooltip
      label="Demo algorithm: really hashed, at a difficulty that is 2^30 times easier."
      multiline
      w={240}
    >
      <Badge color="grape" tabIndex={0}>
        Simulated
      </Badge>
    </Tooltip>
  ) : null;
}

/** Stands wherever work of an algorithm is shown that nobody here can hash: it is never called verified. */
export function AttestedBadge({ isPoolAttested }: { isPoolAttested: boolean }) {
  return isPoolAttested ? (
    <Tooltip
      label="Not verified here: a share counts when the pool accepts it, and only listed pools are taken at their word."
      multiline
      w={240}
    >
      <Badge color="orange" tabIndex={0}>
        Attested by the pool
      </Badge>
    </Tooltip>
  ) : null;
}

const VERDICT_COLOURS: Record<string, string> = { pass: 'teal', warn: 'yellow', fail: 'red' };

export function VerdictBadge({ verdict }: { verdict: string }) {
  return <Badge color={VERDICT_COLOURS[verdict] ?? 'gray'}>{verdict}</Badge>;
}

const STATUS_COLOURS: Record<string, string> = {
  scheduled: 'blue',
  running: 'teal',
  accruing: 'teal',
  held: 'blue',
  ended: 'orange',
  settled: 'gray',
  placed: 'blue',
  due: 'blue',
  paid: 'teal',
  lapsed: 'red',
};

export function StatusBadge({ status }: { status: string }) {
  return <Badge color={STATUS_COLOURS[status] ?? 'gray'}>{status}</Badge>;
}
