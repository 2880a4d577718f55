import { Anchor, Card, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Contract } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatInstant } from '../format/time';
import { MoneyText } from '../layout/Amounts';
import { Answer } from '../layout/Answer';
import { AttestedBadge, SimulatedBadge, StatusBadge } from '../layout/Badges';
import { Figure } from '../layout/Figure';
import { PageTitle } from '../layout/PageTitle';
import classes from './ContractsPage.module.css';
import { useContracts } from './useContracts';

export function ContractsPage() {
  const contracts = useContracts();
  return (
    <>
      <PageTitle title="My contracts" hint="Rented by you, or delivered by your rigs." />
      <Answer query={contracts}>
        {(items) => (
          <Stack gap="sm">
            {items.map((contract) => (
              <ContractRow key={contract.id} contract={contract} />
            ))}
            {items.length === 0 ? (
              <Text c="dimmed">
                No contract so far.{' '}
                <Anchor component={Link} to="/listings">
                  See what is on offer
                </Anchor>
              </Text>
            ) : null}
          </Stack>
        )}
      </Answer>
    </>
  );
}

function ContractRow({ contract }: { contract: Contract }) {
  return (
    <Card component="article" className={classes.row ?? ''}>
      <div className={classes.title}>
        <Anchor component={Link} to={`/contracts/${contract.id}`} fw={600} className="breakable">
          {contract.listingTitle}
        </Anchor>
        <div className={classes.badges}>
          <StatusBadge status={contract.status} />
          <SimulatedBadge isSimulated={contract.isSimulated} />
          <AttestedBadge isPoolAttested={contract.isPoolAttested} />
        </div>
      </div>
      <Figure label="Hashrate">{formatHashrate(contract.hashrate)}</Figure>
      <Figure label="Price">
        <MoneyText money={contract.price} />
      </Figure>
      <Figure label="Start">{formatInstant(contract.startAt)}</Figure>
      <Figure label="End">{formatInstant(contract.endAt)}</Figure>
    </Card>
  );
}
