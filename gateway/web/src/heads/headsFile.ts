import type { SignedHead } from './signedHead';

/** One head a line, as `marketplace verify --heads` reads them. */
export function headsFileText(heads: SignedHead[]): string {
  return heads.map(({ text }) => `${text}\n`).join('');
}

/** Hands a text to the person as a file. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
