import { Text } from '@mantine/core';
import type { MeasuredHashrate } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatPercent } from '../format/ratio';
import { formatWindow } from '../format/time';
import { Figure } from '../layout/Figure';

interface MeasuredBesideClaimedProps {
  measured: MeasuredHashrate | null;
  nameplateHashrate: string;
}

/** The measured hashrate with its window, and what the seller claims: never one without the other. */
export function MeasuredBesideClaimed({ measured, nameplateHashrate }: MeasuredBesideClaimedProps) {
  const claimed = formatHashrate(nameplateHashrate);
  return (
    <>
      <Figure
        label="Measured"
        hint={
          measured
            ? `${formatWindow(measured.windowStartAt, measured.windowEndAt)}, ${formatPercent(BigInt(measured.hashrate), BigInt(nameplateHashrate))} of claimed`
            : 'No share has been counted so far'
        }
      >
        {measured ? (
          formatHashrate(measured.hashrate)
        ) : (
          <Text span c="dimmed">
            not yet
          </Text>
        )}
      </Figure>
      <Figure label="Claimed">
        <Text span c="dimmed">
          {claimed}
        </Text>
      </Figure>
    </>
  );
}
