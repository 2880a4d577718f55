import { Alert, Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useContracts } from '../contracts/useContracts';
import { useContradictions, useKeepingOfHeads } from './useHeads';

/** On every page of a party: keeps what its contracts' nodes sign, and says when they told two histories. */
export function HeadWatchman() {
  const contracts = useContracts();
  const contradictions = useContradictions();
  useKeepingOfHeads(contracts.data ?? []);
  const accused = new Set(contradictions.data?.map(({ contractId }) => contractId));
  const known = contracts.data?.filter(({ id }) => accused.has(id)) ?? [];
  return known.length > 0 ? (
    <Alert color="red" variant="filled" title="Two histories were told" role="alert" mb="md">
      What the marketplace signed contradicts what this browser kept:{' '}
      {known.map(({ id, listingTitle }, index) => (
        <span key={id}>
          {index > 0 ? ', ' : ''}
          <Anchor component={Link} to={`/contracts/${id}`} c="inherit" underline="always" inherit>
            {listingTitle}
          </Anchor>
        </span>
      ))}
      .
    </Alert>
  ) : null;
}
