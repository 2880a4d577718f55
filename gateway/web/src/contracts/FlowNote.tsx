import { Alert } from '@mantine/core';
import type { ContractFlow } from '../api/shapes';
import { formatInstant } from '../format/time';

const CAUSES: Record<string, string> = {
  seller: "The seller's machines do not hash for it.",
  renter: "The renter's pool refuses the login or the work.",
  pool: 'None of the pools answers.',
  marketplace: 'The marketplace cannot see it at the moment; what was counted is not lost.',
};

const TITLES: Record<string, string> = {
  reduced: 'Less hashrate arrives than was promised',
  stopped: 'No hashrate arrives',
};

/** Said only while something is wrong. */
export function FlowNote({ flow }: { flow: ContractFlow }) {
  const title = TITLES[flow.state];
  return title ? (
    <Alert color={flow.state === 'stopped' ? 'red' : 'yellow'} title={title} mb="md" role="status">
      {flow.fault ? CAUSES[flow.fault] : null} Since {formatInstant(flow.sinceAt)}.
    </Alert>
  ) : null;
}
