import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { Link, useParams } from 'react-router';
import type { Contract } from '../api/shapes';
import { KeptHeads } from '../heads/KeptHeads';
import { Answer } from '../layout/Answer';
import { AttestedBadge, SimulatedBadge, StatusBadge } from '../layout/Badges';
import { PageTitle } from '../layout/PageTitle';
import { CancelContract } from './CancelContract';
import { ContractSummary } from './ContractSummary';
import { DestinationList } from './DestinationList';
import { DocumentList } from './DocumentList';
import { LiveHashrate } from './LiveHashrate';
import { SettlementView } from './SettlementView';
import { ShareCounts } from './ShareCounts';
import { useContract, useContractLive } from './useContracts';
import { WorkProgress } from './WorkProgress';

export function ContractPage() {
  const { contractId = '' } = useParams();
  const contract = useContract(contractId);
  return <Answer query={contract}>{(answer) => <ContractView contract={answer} />}</Answer>;
}

/** Only the renter is shown destinations, so that whoever is shown some is the renter. */
function ContractView({ contract }: { contract: Contract }) {
  const live = useContractLive(contract);
  const isRenter = contract.destinations.length > 0;
  const isOpen = contract.status === 'scheduled' || contract.status === 'running';
  return (
    <>
      <Anchor component={Link} to="/contracts" size="sm">
        All contracts
      </Anchor>
      <PageTitle
        title={contract.listingTitle}
        badges={
          <>
            <StatusBadge status={contract.status} />
            <SimulatedBadge isSimulated={contract.isSimulated} />
            <AttestedBadge isPoolAttested={contract.isPoolAttested} />
          </>
        }
      >
        {isRenter && isOpen ? <CancelContract contract={contract} /> : null}
      </PageTitle>
      <Stack gap="md">
        <ContractSummary contract={contract} />
        {contract.status === 'scheduled' ? null : (
          <Answer query={live}>
            {(answer) => (
              <>
                <LiveHashrate live={answer} promisedHashrate={contract.hashrate} isReleased={!isOpen} />
                <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
                  <WorkProgress live={answer} promisedWork={contract.promisedWork} />
                  <ShareCounts live={answer} />
                </SimpleGrid>
              </>
            )}
          </Answer>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Stack gap="md">
            <SettlementView contract={contract} isRenter={isRenter} />
            {contract.status === 'scheduled' ? null : <KeptHeads contract={contract} />}
          </Stack>
          <Stack gap="md">
            {isRenter ? (
              <DestinationList
                destinations={contract.destinations}
                activeUrl={isOpen ? (live.data?.activeDestination ?? '') : ''}
              />
            ) : null}
            <DocumentList contract={contract} />
          </Stack>
        </SimpleGrid>
      </Stack>
    </>
  );
}
