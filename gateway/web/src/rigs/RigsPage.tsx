import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Farm, Rig } from '../api/shapes';
import { Answer } from '../layout/Answer';
import { AttestedBadge, SimulatedBadge } from '../layout/Badges';
import { Figure } from '../layout/Figure';
import { PageTitle } from '../layout/PageTitle';
import { MeasuredBesideClaimed } from '../listings/MeasuredBesideClaimed';
import { NewFarm } from './NewFarm';
import { NewRig } from './NewRig';
import classes from './RigsPage.module.css';
import { useFarms, useRigs } from './useRigs';

export function RigsPage() {
  const farms = useFarms();
  const rigs = useRigs();
  return (
    <>
      <PageTitle
        title="My rigs"
        hint="A farm is a site; a rig is one Stratum login with all the workers behind it."
      >
        <NewFarm />
      </PageTitle>
      <Answer query={farms}>
        {(items) => (
          <Stack gap="lg">
            {items.map((farm) => (
              <Answer key={farm.id} query={rigs}>
                {(all) => <FarmView farm={farm} rigs={all.filter(({ farmId }) => farmId === farm.id)} />}
              </Answer>
            ))}
            {items.length === 0 ? (
              <Text c="dimmed">
                Register a farm first, then a rig in it: its login is what your workers use.
              </Text>
            ) : null}
          </Stack>
        )}
      </Answer>
    </>
  );
}

function FarmView({ farm, rigs }: { farm: Farm; rigs: Rig[] }) {
  return (
    <section aria-label={farm.name}>
      <Group justify="space-between" mb="xs">
        <div>
          <Title order={2}>{farm.name}</Title>
          <Text size="sm" c="dimmed">
            {[farm.location, farm.energySource].filter(Boolean).join(', ')}
          </Text>
        </div>
        <NewRig farm={farm} />
      </Group>
      <Stack gap="sm">
        {rigs.map((rig) => (
          <RigRow key={rig.id} rig={rig} />
        ))}
        {rigs.length === 0 ? (
          <Text size="sm" c="dimmed">
            No rig here so far.
          </Text>
        ) : null}
      </Stack>
    </section>
  );
}

function RigRow({ rig }: { rig: Rig }) {
  return (
    <Card component="article" className={classes.row ?? ''}>
      <div className={classes.title}>
        <Group gap={6}>
          <Anchor component={Link} to={`/rigs/${rig.id}`} fw={600} className="breakable">
            {rig.name}
          </Anchor>
          <SimulatedBadge isSimulated={rig.isSimulated} />
          <AttestedBadge isPoolAttested={rig.isPoolAttested} />
          {rig.defaultPools.length === 0 ? <Badge color="yellow">No pool of yours set</Badge> : null}
        </Group>
        <Text size="xs" c="dimmed">
          {rig.algorithm}
        </Text>
      </div>
      <MeasuredBesideClaimed measured={rig.measured} nameplateHashrate={rig.nameplateHashrate} />
      <Figure label="Login">{rig.login}</Figure>
    </Card>
  );
}
