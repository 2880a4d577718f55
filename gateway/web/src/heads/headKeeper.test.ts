// @vitest-environment node
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeHead, SAMPLE_CONTRACT, SAMPLE_HEADS } from '../test/sampleHeads';
import { HeadKeeper } from './headKeeper';
import { HeadStore } from './headStore';
import { headsFileText } from './headsFile';
import { readHead } from './signedHead';

const PAGE = 2;
const [first, second, last] = SAMPLE_HEADS;

let store: HeadStore;
let keeper: HeadKeeper;
let listed: string[];
let asked: (string | null)[];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await HeadStore.open();
  listed = [];
  asked = [];
  keeper = new HeadKeeper(store, async (_, after) => {
    asked.push(after);
    const read = await Promise.all(listed.map(readHead));
    return listed.filter((_text, at) => after === null || (read[at]?.minuteAt ?? '') > after).slice(0, PAGE);
  });
});

/** A node's heads, each following from the one before it. */
async function chainOf(nodeName: string, minutes: number[]): Promise<string[]> {
  const texts: string[] = [];
  for (const [index, minute] of minutes.entries()) {
    const previous = texts.length > 0 ? await readHead(texts.at(-1) ?? '') : null;
    const link = previous ? { previousHash: previous.hash } : {};
    texts.push(makeHead({ nodeName, index, minute, isLast: index === minutes.length - 1, ...link }));
  }
  return texts;
}

const fileText = async () => headsFileText(await store.heads(SAMPLE_CONTRACT));

describe('kept heads', () => {
  it('are filled page by page, and saved as verify reads them', async () => {
    listed = [first];
    await keeper.fill(SAMPLE_CONTRACT);
    listed = [...SAMPLE_HEADS];
    await keeper.fill(SAMPLE_CONTRACT);

    expect(await fileText()).toBe(`${first}\n${second}\n${last}\n`);
    expect(asked.slice(0, 3)).toEqual([null, '2026-03-01T12:00:00.000Z', '2026-03-01T11:50:00.000Z']);
    expect(await keeper.isOver(SAMPLE_CONTRACT)).toBe(true);
    expect(await store.contradictions()).toEqual([]);
  });

  it('are found again when the app is opened again', async () => {
    listed = [...SAMPLE_HEADS];
    await keeper.fill(SAMPLE_CONTRACT);
    store.close();
    store = await HeadStore.open();
    expect(await store.count(SAMPLE_CONTRACT)).toBe(3);
    expect(await store.count('00000002-0000-0000-0000-000000000000')).toBe(0);
  });

  it('are asked for where an event leaves some out', async () => {
    listed = [...SAMPLE_HEADS];
    await keeper.take(SAMPLE_CONTRACT, [first]);
    expect(asked).toEqual([]);
    await keeper.take(SAMPLE_CONTRACT, [last]);
    expect(await fileText()).toBe(`${first}\n${second}\n${last}\n`);
  });

  it('are kept of every node, also of one that tells an hour late', async () => {
    const late = await chainOf('node-2', [-60, -59, -58]);
    listed = [late[0] ?? '', ...SAMPLE_HEADS];
    await keeper.fill(SAMPLE_CONTRACT);
    listed = [...late, ...SAMPLE_HEADS];
    await keeper.take(SAMPLE_CONTRACT, [late[2] ?? '']);
    expect((await store.chains(SAMPLE_CONTRACT)).map(({ nodeName, index }) => [nodeName, index])).toEqual([
      ['node-1', 2],
      ['node-2', 2],
    ]);
  });

  it('are the same for two tabs that keep them at once', async () => {
    listed = [...SAMPLE_HEADS];
    await Promise.all([keeper.fill(SAMPLE_CONTRACT), keeper.fill(SAMPLE_CONTRACT)]);
    expect(await store.count(SAMPLE_CONTRACT)).toBe(3);
    expect(await store.contradictions()).toEqual([]);
  });
});

describe('a head that contradicts', () => {
  it('is kept as evidence beside the one in whose place it came', async () => {
    const forked = makeHead({ nodeName: 'node-1', index: 0 });
    await keeper.take(SAMPLE_CONTRACT, [first, forked, forked]);
    expect(await store.contradictions(SAMPLE_CONTRACT)).toMatchObject([
      { nodeName: 'node-1', index: 0, text: forked, keptText: first },
    ]);
    expect(await fileText()).toBe(`${first}\n`);
  });

  it('is one that does not follow, too', async () => {
    await keeper.take(SAMPLE_CONTRACT, [first, makeHead({ nodeName: 'node-1', index: 1 })]);
    await keeper.take(SAMPLE_CONTRACT, [makeHead({ nodeName: 'node-3', previousHash: '11'.repeat(32) })]);
    const found = await store.contradictions();
    expect(found.map(({ nodeName, index, keptText }) => [nodeName, index, keptText])).toEqual([
      ['node-1', 1, null],
      ['node-3', 0, null],
    ]);
  });

  it('is one whose minute before is kept back', async () => {
    listed = [first, last];
    await keeper.fill(SAMPLE_CONTRACT);
    const [found] = await store.contradictions();
    expect(found).toMatchObject({ index: 2, reason: 'the heads that come before it are kept back' });
    expect(await fileText()).toBe(`${first}\n`);
  });

  it('is not taken for another contract', async () => {
    const other = makeHead({ contractId: '00000002-0000-0000-0000-000000000000' });
    await expect(keeper.take(SAMPLE_CONTRACT, [other])).rejects.toThrow('not a head of this contract');
  });
});
