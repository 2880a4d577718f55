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
