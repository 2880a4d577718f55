import { Box, Card, Code, Group, Stack, Text } from '@mantine/core';
import type { PoolCheck } from '../api/shapes';
import { formatInstant } from '../format/time';
import { VerdictBadge } from '../layout/Badges';
import classes from './PoolCheckResult.module.css';

/** What a dry connection to a pool showed, rule by rule, with what to change. */
export function PoolCheckResult({ check }: { check: PoolCheck }) {
  return (
    <Card padding="sm">
      <Group justify="space-between" mb="xs" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600} className="breakable">
            {check.url}
          </Text>
          <Text size="xs" c="dimmed" className="breakable">
            as {check.user}, checked {formatInstant(check.checkedAt)}
          </Text>
        </div>
        <VerdictBadge verdict={check.verdict} />
      </Group>
      <Stack gap={6} component="ul" className={classes.rules ?? ''}>
        {check.rules.map((rule) => (
          <li key={rule.name} className={classes.rule}>
            <VerdictBadge verdict={rule.verdict} />
            <div>
              <Text size="sm" className="breakable">
                <strong>{rule.name}</strong>
                {rule.seen ? `: ${rule.seen}` : ''}
              </Text>
              {rule.fix ? (
                <Text size="sm" c="dimmed" className="breakable">
                  Fix: {rule.fix}
                </Text>
              ) : null}
            </div>
          </li>
        ))}
      </Stack>
      {check.transcript.length > 0 ? (
        <Box component="details" mt="xs">
          <Text component="summary" size="xs" c="dimmed" className={classes.summary ?? ''}>
            What went over the wire ({check.transcript.length} lines)
          </Text>
          <Code block mt={4} className={classes.transcript ?? ''}>
            {check.transcript.join('\n')}
          </Code>
        </Box>
      ) : null}
    </Card>
  );
}
