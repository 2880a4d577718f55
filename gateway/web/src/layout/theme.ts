import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const harbour: MantineColorsTuple = [
  '#e7f6f7',
  '#d0eaec',
  '#a1d4d9',
  '#6fbdc5',
  '#47a9b4',
  '#2f9daa',
  '#1d8f9d',
  '#0c7786',
  '#046370',
  '#00515c',
];

export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: 7,
  colors: { harbour },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Card: { defaultProps: { withBorder: true, padding: 'md' } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
    Anchor: { defaultProps: { underline: 'always' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' } },
  },
});

/** Mantine's own dimmed grey stays below 4.5 to 1 on white. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f7f9fa',
    '--mantine-color-dimmed': '#56616b',
    '--mantine-color-error': '#c22b2b',
  },
  dark: {
    '--mantine-color-body': '#14181b',
    '--mantine-color-dimmed': '#a3adb6',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-default': '#1c2226',
  },
});
