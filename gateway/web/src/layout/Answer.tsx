import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNote } from './ProblemNote';

interface AnswerProps<T> {
  query: { data: T | undefined; error: Error | null };
  children: (data: T) => ReactNode;
}

/** What a query answered. The last answer stays on the page when a later one fails, with the problem above it. */
export function Answer<T>({ query, children }: AnswerProps<T>) {
  if (query.data === undefined && !query.error) {
    return (
      <Stack gap="xs" aria-busy="true" aria-label="Loading">
        <Skeleton height={20} width="40%" />
        <Skeleton height={72} />
      </Stack>
    );
  }
  return (
    <>
      <ProblemNote error={query.error} />
      {query.data === undefined ? null : children(query.data)}
    </>
  );
}
