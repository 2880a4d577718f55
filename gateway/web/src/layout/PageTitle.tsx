import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface PageTitleProps {
  title: string;
  hint?: ReactNode;
  badges?: ReactNode;
  children?: ReactNode;
}

export function PageTitle({ title, hint, badges, children }: PageTitleProps) {
  useEffect(() => {
    document.title = `${title} · Hashrate Marketplace`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <div>
        <Group gap="xs">
          <Title order={1} className="breakable">
            {title}
          </Title>
          {badges}
        </Group>
        {hint ? (
          <Text c="dimmed" size="sm" maw={640}>
            {hint}
          </Text>
        ) : null}
      </div>
      {children ? <Group gap="xs">{children}</Group> : null}
    </Group>
  );
}
