import { Alert, Text } from '@mantine/core';
import { asProblem } from '../api/problem';

/** A problem's own sentence; its code stays readable, so that it can be told to support. */
export function ProblemNote({ error }: { error: unknown }) {
  if (!error) {
    return null;
  }
  const problem = asProblem(error);
  return (
    <Alert color="red" variant="light" role="alert" py="xs">
      <Text size="sm" className="breakable">
        {problem.message}
      </Text>
      <Text size="xs" c="dimmed" className="breakable">
        {problem.code}
        {problem.traceId ? `, trace ${problem.traceId}` : ''}
      </Text>
    </Alert>
  );
}
