import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AttestedBadge } from './Badges';

function shown(isPoolAttested: boolean) {
  render(
    <MantineProvider>
      <AttestedBadge isPoolAttested={isPoolAttested} />
    </MantineProvider>,
  );
  return screen.queryByText('Attested by the pool');
}

describe('the label of work that nobody here can verify', () => {
  it('stands where pools attest', () => expect(shown(true)).not.toBeNull());

  it('does not stand where shares are hashed again', () => expect(shown(false)).toBeNull());
});
