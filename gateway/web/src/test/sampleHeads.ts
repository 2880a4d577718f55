/** A history of three minutes as a node signed it: what the proxy writes, this reads. */
export const SAMPLE_CONTRACT = '00000001-0000-0000-0000-000000000000';
export const SAMPLE_HEADS = [
  [
    'IAAAAAEAAAAAAAAAAAAAAAAGbm9kZS0xAAAAAAAAAAAAEK819UsGAIUAAAAAAAAAUTzLdpTapwztn286ACV0cGQnVSWE0UNI',
    'I-bwzpOYb0cAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAh4AAAAAAAAAPAA8ADwAAAAAAAAAAAAAAACAAAAAAAA',
    'AAQABAAEAAAAAAAAAAAAAAACAAAAAAAAAAQABAAEAAAAAAAAAAAAAAACAAAAAAAAAAQABAAEAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAACA4Z8-9UsGAAA.ej5J6mxFdYllSSN_jheUbAS6RE7cpHjA03Dy-EBYf-SjP5RcELaiO9lMBzae',
    'QKVJBY0axH1xXv7Odw1phxLd9g',
  ].join(''),
  [
    'IAAAAAEAAAAAAAAAAAAAAAAGbm9kZS0xAQAAAAAAAAAAl0I59UsGAIUAAAAAAAAANvm_yNuZMATglvYiktLkMcTXIjLgCjZI',
    'tJBUOA-OIRkhNXRm5O6wNL3HLFjV_GDW779FV45USVHjM7QGJHT6UAh4AAAAAAAAAPAA8ADwAAAAAAAAAAAAAAACAAAAAAAA',
    'AAQABAAEAAAAAAAAAAAAAAACAAAAAAAAAAQABAAEAAAAAAAAAAAAAAACAAAAAAAAAAQABAAEAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAACAaDNC9UsGAAA.VeRfK53wWY_GsXVyNWXnthGRCEVZCYzSbra25myUe4ulA5lzW2sp2l0HsXK1',
    'nk28OFT6SuNcQI64miJXFd09dw',
  ].join(''),
  [
    'IAAAAAEAAAAAAAAAAAAAAAAGbm9kZS0xAgAAAAAAAAAAHtY89UsGAIUAAAAAAAAAHxop4ZQ1ettf8eDSoaGr2m08m9-MgwRI',
    'XwGALGJi3cQjUbpWan3qtQj-AadwauUYWEEVt21lJeprXExp0yXjIQh4AAAAAAAAAPAA8ADwAAAAAAAAAAAAAAACAAAAAAAA',
    'AAQABAAEAAAAAAAAAAAAAAACAAAAAAAAAAQABAAEAAAAAAAAAAAAAAACAAAAAAAAAAQABAAEAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAACA78ZF9UsGAAE.crGXVCGnc-PZ5Q87doaAcwDhSwBFj1KZcLUoOffEcavdx5zTP7kiLS8nx8bC',
    '9pVTOTC4SpX3EwHe1jMF-aBHZw',
  ].join(''),
] as const;

interface MadeHead {
  contractId?: string;
  nodeName?: string;
  index?: number;
  minute?: number;
  previousHash?: string;
  isLast?: boolean;
}

const START = Date.UTC(2026, 2, 1, 12);

/** A head that nobody signed, of the minutes after noon. */
export function makeHead(made: MadeHead): string {
  const { contractId = SAMPLE_CONTRACT, nodeName = 'node-2', index = 0, isLast = false } = made;
  const minute = BigInt(START + (made.minute ?? index) * 60_000) * 1000n;
  const body = Buffer.concat([
    Buffer.from([32]),
    Buffer.from(contractId.replaceAll('-', ''), 'hex'),
    Buffer.from([nodeName.length]),
    Buffer.from(nodeName),
    whole(BigInt(index)),
    whole(minute),
    whole(0n),
    Buffer.alloc(32),
    Buffer.from(made.previousHash ?? '00'.repeat(32), 'hex'),
    Buffer.from([0]),
    whole(minute),
    Buffer.from([isLast ? 1 : 0]),
  ]);
  return `${body.toString('base64url')}.${Buffer.alloc(64).toString('base64url')}`;
}

function whole(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}
