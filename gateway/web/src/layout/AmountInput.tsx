import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

export interface TypedAmount {
  amount: string;
  unit: string;
}

interface AmountInputProps {
  label: string;
  description?: ReactNode;
  units: string[];
  value: TypedAmount;
  onChange: (value: TypedAmount) => void;
  error?: ReactNode;
  isWhole?: boolean;
}

const UNIT_WIDTH = 104;
const UNIT_CHEVRON_WIDTH = 24;

/** A number with its unit beside it; the text stays as typed, so that no digit is lost. */
export function AmountInput(props: AmountInputProps) {
  const { label, description, units, value, onChange, error, isWhole = false } = props;
  return (
    <TextInput
      label={label}
      description={description}
      error={error}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      value={value.amount}
      onChange={(event) => onChange({ ...value, amount: event.currentTarget.value })}
      rightSectionWidth={UNIT_WIDTH}
      rightSection={
        <NativeSelect
          aria-label={`Unit of ${label.toLowerCase()}`}
          variant="unstyled"
          w={UNIT_WIDTH - 8}
          rightSectionWidth={UNIT_CHEVRON_WIDTH}
          data={units}
          value={value.unit}
          onChange={(event) => onChange({ ...value, unit: event.currentTarget.value })}
        />
      }
    />
  );
}
