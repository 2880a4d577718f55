/** What a node signed about one minute of a contract, read out of the line that is kept. */
export interface SignedHead {
  contractId: string;
  nodeName: string;
  /** 0, 1, 2, ... without gaps on its node. */
  index: number;
  minuteAt: string;
  isLast: boolean;
  /** SHA-256 of the head before it; zeros for the first. */
  previousHash: string;
  /** SHA-256 of what was signed. */
  hash: string;
  /** The line itself: the head, a point, the signature. */
  text: string;
}

export const NO_HEAD = '00'.repeat(32);

const KIND = 32;
const ID_BYTES = 16;
const HASH_BYTES = 32;
const SIGNATURE_BYTES = 64;
const VERDICT_BYTES = 24;
const MAX_TEXT_LENGTH = 1024;

/** What the line says is believed, and nothing that was said beside it. Null where it is no head. */
export async function readHead(text: string): Promise<SignedHead | null> {
  const [body, signature, ...more] = text.length > MAX_TEXT_LENGTH ? [] : text.split('.').map(bytesOf);
  if (!body || signature?.length !== SIGNATURE_BYTES || more.length > 0) {
    return null;
  }
  try {
    const hash = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', body)));
    return { ...readBody(new DataView(body.buffer)), hash, text };
  } catch (error) {
    if (error instanceof RangeError) {
      return null;
    }
    throw error;
  }
}

/** The layout is that of the proof's FORMAT.md; a byte too few or too many throws a RangeError. */
function readBody(view: DataView<ArrayBuffer>): Omit<SignedHead, 'hash' | 'text'> {
  let at = 0;
  const skip = (length: number) => {
    at += length;
    return at - length;
  };
  const bytes = (length: number) => new Uint8Array(view.buffer, skip(length), length);
  const whole = () => Number(view.getBigInt64(skip(8), true));
  if (view.getUint8(skip(1)) !== KIND) {
    throw new RangeError('This is not a head.');
  }
  const contractId = hexOf(bytes(ID_BYTES)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const nodeName = new TextDecoder().decode(bytes(view.getUint8(skip(1))));
  const index = whole();
  const minuteAt = new Date(whole() / 1000).toISOString();
  skip(8 + HASH_BYTES);
  const previousHash = hexOf(bytes(HASH_BYTES));
  skip(VERDICT_BYTES * view.getUint8(skip(1)) + 8);
  const isLast = view.getUint8(skip(1)) === 1;
  if (at !== view.byteLength) {
    throw new RangeError('A head ends where it ends.');
  }
  return { contractId, nodeName, index, minuteAt, isLast, previousHash };
}

function bytesOf(base64Url: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(base64Url) || base64Url.length % 4 === 1) {
    return null;
  }
  const binary = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
