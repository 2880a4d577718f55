import { ActionIcon, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core';

/** A line to type into a machine, with a button that copies it. */
export function CopyLine({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Code className="breakable">{value}</Code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={`Copy ${label}`}>
                <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
                  <rect x="4.5" y="4.5" width="8" height="8" rx="1.5" fill="none" stroke="currentColor" />
                  <path d="M9.5 2.5v-1h-8v8h1" fill="none" stroke="currentColor" />
                </svg>
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
