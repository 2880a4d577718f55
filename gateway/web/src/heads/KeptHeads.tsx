import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Contract } from '../api/shapes';
import { formatCount } from '../format/decimal';
import { formatInstant } from '../format/time';
import { Answer } from '../layout/Answer';
import { CopyLine } from '../layout/CopyLine';
import { ProblemNote } from '../layout/ProblemNote';
import type { Contradiction, NodeChain } from './headStore';
import { headsFileText, saveFile } from './headsFile';
import { keptHeads } from './keptHeads';
import { useContradictions, useFollowedHeads, useKeptHeads } from './useHeads';

/** One convicts; a forked history goes on to contradict every minute. */
const MAX_ACCUSATIONS = 3;

/** The signed heads of a contract that this browser keeps, to hold a certificate against later. */
export function KeptHeads({ contract }: { contract: Contract }) {
  useFollowedHeads(contract);
  const kept = useKeptHeads(contract.id);
  const contradictions = useContradictions();
  const save = useMutation({
    mutationFn: async () => {
      const { store } = await keptHeads();
      saveFile(`${contract.id}.heads`, headsFileText(await store.heads(contract.id)));
    },
  });
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>Signed minutes</Title>
        <Button
          size="xs"
          variant="light"
          disabled={!kept.data?.count}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save as a file
        </Button>
      </Group>
      <ProblemNote error={save.error} />
      {contradictions.data
        ?.filter(({ contractId }) => contractId === contract.id)
        .slice(0, MAX_ACCUSATIONS)
        .map((one) => (
          <Accusation key={one.hash} contradiction={one} />
        ))}
      <Answer query={kept}>{({ chains }) => <Chains chains={chains} />}</Answer>
      <Text size="xs" c="dimmed" mt="xs">
        A node signs every minute of the contract. This browser keeps what it signed, so that nobody can show
        another history later: <code>marketplace verify --heads</code> holds a certificate against the file.
      </Text>
    </Card>
  );
}

function Chains({ chains }: { chains: NodeChain[] }) {
  if (chains.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None so far: the first comes about two minutes after the first share.
      </Text>
    );
  }
  return (
    <Stack gap={4}>
      {chains.map(({ nodeName, index, minuteAt, isLast }) => (
        <Text key={nodeName} size="sm">
          <strong>{formatCount(BigInt(index + 1))}</strong> of {nodeName},{' '}
          {isLast ? 'closed with' : 'the last of'} {formatInstant(minuteAt)}
        </Text>
      ))}
    </Stack>
  );
}

function Accusation({ contradiction }: { contradiction: Contradiction }) {
  const { nodeName, index, reason, text, keptText } = contradiction;
  return (
    <Alert color="red" title="Two histories were told" role="alert" mb="sm">
      <Text size="sm">
        Head {index} of {nodeName} came, but {reason}. Keep this line; with its signature it convicts the
        node.
      </Text>
      <CopyLine label="What came" value={text} />
      {keptText ? <CopyLine label="What was kept" value={keptText} /> : null}
    </Alert>
  );
}
