import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface FigureProps {
  label: string;
  children: ReactNode;
  hint?: ReactNode;
}

/** One figure with what it is above it and what it rests on below it. */
export function Figure({ label, children, hint }: FigureProps) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div" fw={600} className="breakable">
        {children}
      </Text>
      {hint ? (
        <Text component="div" size="xs" c="dimmed">
          {hint}
        </Text>
      ) : null}
    </div>
  );
}
