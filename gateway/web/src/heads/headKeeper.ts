import type { HeadPlace, HeadStore } from './headStore';
import { readHead, type SignedHead } from './signedHead';

/** A page of a contract's heads after an instant, oldest first; their lines are all that is read of them. */
export type AskHeads = (contractId: string, after: string | null) => Promise<string[]>;

/** A node that was without its database tells of its minutes later than the others. */
const LATE_MILLISECONDS = 10 * 60_000;

/** Keeps the heads of contracts: what is missing is asked for, and what contradicts is kept as evidence. */
export class HeadKeeper {
  constructor(
    private readonly store: HeadStore,
    private readonly ask: AskHeads,
  ) {}

  /** Heads as they are pushed. Where others come before them, those are asked for. */
  async take(contractId: string, texts: string[]): Promise<void> {
    for (const text of texts) {
      const { head, place } = await this.add(contractId, text);
      if (place === 'ahead') {
        await this.askFrom(contractId, await this.lastOf(head));
      }
    }
  }

  /** What was closed since the last that is kept, of the node that is furthest behind. */
  async fill(contractId: string): Promise<void> {
    const chains = await this.store.chains(contractId);
    const open = chains.filter(({ isLast }) => !isLast);
    const minutes = (open.length > 0 ? open : chains).map(({ minuteAt }) => Date.parse(minuteAt));
    const after = Math.min(...minutes) - LATE_MILLISECONDS;
    await this.askFrom(contractId, minutes.length > 0 ? new Date(after).toISOString() : null);
  }

  /** Every node that signed a head of this contract has signed its last. */
  async isOver(contractId: string): Promise<boolean> {
    const chains = await this.store.chains(contractId);
    return chains.length > 0 && chains.every(({ isLast }) => isLast);
  }

  private async askFrom(contractId: string, from: string | null): Promise<void> {
    let after = from;
    for (;;) {
      const page = await this.ask(contractId, after);
      const read = await this.addPage(contractId, page);
      if (!read) {
        return;
      }
      if (read.place !== 'ahead') {
        after = read.head.minuteAt;
        continue;
      }
      const last = await this.lastOf(read.head);
      if (after === null || (last !== null && after <= last)) {
        await this.store.accuse(read.head, 'the heads that come before it are kept back');
        return;
      }
      after = last;
    }
  }

  /** The last head of a page, or the first that is ahead of its node's; null at the end. */
  private async addPage(
    contractId: string,
    page: string[],
  ): Promise<{ head: SignedHead; place: HeadPlace } | null> {
    let read = null;
    for (const text of page) {
      read = await this.add(contractId, text);
      if (read.place === 'ahead') {
        return read;
      }
    }
    return read;
  }

  private async add(contractId: string, text: string): Promise<{ head: SignedHead; place: HeadPlace }> {
    const head = await readHead(text);
    if (head?.contractId !== contractId) {
      throw new Error('What came is not a head of this contract.');
    }
    return { head, place: await this.store.add(head) };
  }

  private async lastOf({ contractId, nodeName }: SignedHead): Promise<string | null> {
    const chains = await this.store.chains(contractId);
    return chains.find((chain) => chain.nodeName === nodeName)?.minuteAt ?? null;
  }
}
