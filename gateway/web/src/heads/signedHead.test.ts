// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { makeHead, SAMPLE_CONTRACT, SAMPLE_HEADS } from '../test/sampleHeads';
import { NO_HEAD, readHead } from './signedHead';

const LAST_HASH = 'c8859919d2265eb1be6d7af72c7026c10b07c4864c65a091a4f227c1101fc014';

describe('a line that a node signed', () => {
  it('is read as the proxy wrote it', async () => {
    const [first, second, last] = await Promise.all(SAMPLE_HEADS.map(readHead));
    expect(first).toMatchObject({
      contractId: SAMPLE_CONTRACT,
      nodeName: 'node-1',
      index: 0,
      minuteAt: '2026-03-01T12:00:00.000Z',
      isLast: false,
      previousHash: NO_HEAD,
      text: SAMPLE_HEADS[0],
    });
    expect(second?.previousHash).toBe(first?.hash);
    expect(last).toMatchObject({ index: 2, isLast: true, hash: LAST_HASH, previousHash: second?.hash });
  });

  it('is nothing when it is anything else', async () => {
    const sample = SAMPLE_HEADS[0];
    const head = makeHead({});
    for (const text of [
      '',
      'junk',
      sample.slice(0, -3),
      sample.slice(8),
      `${sample}.AA`,
      `A${head}`,
      'a.b',
    ]) {
      expect(await readHead(text)).toBeNull();
    }
  });
});
