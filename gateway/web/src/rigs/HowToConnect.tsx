import { Card, Stack, Text, Title } from '@mantine/core';
import type { Rig } from '../api/shapes';
import { CopyLine } from '../layout/CopyLine';
import { stratumAddress } from './rigRules';

export function HowToConnect({ rig }: { rig: Rig }) {
  return (
    <Card>
      <Title order={2} mb="sm">
        How to connect
      </Title>
      <Stack gap="xs">
        <CopyLine label="Pool address of your machines" value={stratumAddress()} />
        <CopyLine label="User, with a name of its own per worker" value={`${rig.login}.worker1`} />
        <CopyLine label="Password" value="x" />
        <Text size="xs" c="dimmed">
          Idle workers hash for your own pool through the marketplace; that is how their hashrate is measured.
        </Text>
      </Stack>
    </Card>
  );
}
