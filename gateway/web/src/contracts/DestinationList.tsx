import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Contract } from '../api/shapes';

interface DestinationListProps {
  destinations: Contract['destinations'];
  activeUrl: string;
}

export function DestinationList({ destinations, activeUrl }: DestinationListProps) {
  const ordered = [...destinations].sort((left, right) => left.priority - right.priority);
  return (
    <Card>
      <Title order={2} mb="sm">
        Destinations
      </Title>
      <Stack gap="xs">
        {ordered.map(({ id, url, user }, place) => (
          <Group key={id} justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Text size="sm" className="breakable">
                {place + 1}. {url}
              </Text>
              <Text size="xs" c="dimmed" className="breakable">
                {user}
              </Text>
            </div>
            {url === activeUrl ? (
              <Badge color="teal" style={{ flexShrink: 0 }}>
                Hashed for now
              </Badge>
            ) : null}
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
