import { createHash } from 'node:crypto';
import { contract } from './data.mjs';

/** The heads of the mocked contract: true to their layout, signed by nobody. */
const SIGNATURE = Buffer.alloc(64).toString('base64url');
const MINUTES = 11;

const whole = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
};

export function contractHeads(after) {
  const start = Math.floor(Date.parse(contract.startAt) / 60_000) * 60_000;
  const heads = ['node-1', 'node-2'].flatMap((nodeName) => headsOf(nodeName, start));
  return { heads: heads.filter(({ minuteAt }) => !after || Date.parse(minuteAt) > Date.parse(after)) };
}

function headsOf(nodeName, start) {
  let previous = Buffer.alloc(32);
  return Array.from({ length: MINUTES }, (_, index) => {
    const at = start + index * 60_000;
    const body = Buffer.concat([
      Buffer.from([32]),
      Buffer.from(contract.id.replaceAll('-', ''), 'hex'),
      Buffer.from([nodeName.length]),
      Buffer.from(nodeName),
      whole(index),
      whole(at * 1000),
      whole(0),
      Buffer.alloc(32),
      previous,
      Buffer.from([0]),
      whole((at + 90_000) * 1000),
      Buffer.from([0]),
    ]);
    previous = createHash('sha256').update(body).digest();
    const text = `${body.toString('base64url')}.${SIGNATURE}`;
    return { nodeName, index, minuteAt: new Date(at).toISOString(), text };
  });
}
