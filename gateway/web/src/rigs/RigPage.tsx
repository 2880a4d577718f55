import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { Answer } from '../layout/Answer';
import { AttestedBadge, SimulatedBadge } from '../layout/Badges';
import { PageTitle } from '../layout/PageTitle';
import { DefaultPools } from './DefaultPools';
import { HowToConnect } from './HowToConnect';
import { RigListings } from './RigListings';
import { RigLiveView } from './RigLiveView';
import { useRig } from './useRigs';

export function RigPage() {
  const { rigId = '' } = useParams();
  const rig = useRig(rigId);
  return (
    <Answer query={rig}>
      {(answer) => (
        <>
          <Anchor component={Link} to="/rigs" size="sm">
            All rigs
          </Anchor>
          <PageTitle
            title={answer.name}
            hint={`${answer.farmName}, ${answer.algorithm}`}
            badges={
              <>
                <SimulatedBadge isSimulated={answer.isSimulated} />
                <AttestedBadge isPoolAttested={answer.isPoolAttested} />
              </>
            }
          />
          <Stack gap="md">
            <RigLiveView rig={answer} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <Stack gap="md">
                <HowToConnect rig={answer} />
                <DefaultPools rig={answer} />
              </Stack>
              <RigListings rig={answer} />
            </SimpleGrid>
          </Stack>
        </>
      )}
    </Answer>
  );
}
