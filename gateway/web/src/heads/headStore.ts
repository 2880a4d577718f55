import { NO_HEAD, type SignedHead } from './signedHead';

/** How far a node's heads are kept. */
export interface NodeChain {
  contractId: string;
  nodeName: string;
  index: number;
  minuteAt: string;
  hash: string;
  isLast: boolean;
}

/** A head that cannot stand beside those that were kept; it stays as evidence. */
export interface Contradiction {
  contractId: string;
  nodeName: string;
  index: number;
  hash: string;
  reason: string;
  text: string;
  /** The one that was kept in its place; null where it only does not follow. */
  keptText: string | null;
}

/** Where a head stands: the next of its node, known, or ahead of others that are not here yet. */
export type HeadPlace = 'next' | 'known' | 'ahead' | 'contradiction';

const NAME = 'marketplace-heads';
const VERSION = 1;
const STORES = ['heads', 'chains', 'contradictions'] as const;

/** The heads that this browser keeps. A transaction sees all or nothing, so that several tabs may keep the same. */
export class HeadStore {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(): Promise<HeadStore> {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore('heads', { keyPath: ['contractId', 'nodeName', 'index'] });
      database.createObjectStore('chains', { keyPath: ['contractId', 'nodeName'] });
      database.createObjectStore('contradictions', { keyPath: ['contractId', 'nodeName', 'index', 'hash'] });
    };
    return new HeadStore(await answerOf(request));
  }

  async add(head: SignedHead): Promise<HeadPlace> {
    const transaction = this.database.transaction(STORES, 'readwrite');
    const [heads, chains] = [transaction.objectStore('heads'), transaction.objectStore('chains')];
    const chain = await answerOf<NodeChain | undefined>(chains.get([head.contractId, head.nodeName]));
    const next = chain ? chain.index + 1 : 0;
    if (head.index > next) {
      return 'ahead';
    }
    const kept = await answerOf<SignedHead | undefined>(
      heads.get([head.contractId, head.nodeName, head.index]),
    );
    if (kept?.hash === head.hash) {
      return 'known';
    }
    const reason = kept ? 'another head of this minute was kept' : brokenLink(head, chain);
    if (reason) {
      transaction.objectStore('contradictions').put(contradictionOf(head, reason, kept?.text ?? null));
    } else {
      const { contractId, nodeName, index, minuteAt, hash, isLast } = head;
      heads.put(head);
      chains.put({ contractId, nodeName, index, minuteAt, hash, isLast } satisfies NodeChain);
    }
    await ended(transaction);
    return reason ? 'contradiction' : 'next';
  }

  async accuse(head: SignedHead, reason: string): Promise<void> {
    const transaction = this.database.transaction('contradictions', 'readwrite');
    transaction.objectStore('contradictions').put(contradictionOf(head, reason, null));
    await ended(transaction);
  }

  /** All heads of a contract, node after node, each node's in their order. */
  heads(contractId: string): Promise<SignedHead[]> {
    return this.all('heads', contractId);
  }

  count(contractId: string): Promise<number> {
    return answerOf(this.database.transaction('heads').objectStore('heads').count(rangeOf(contractId)));
  }

  chains(contractId: string): Promise<NodeChain[]> {
    return this.all('chains', contractId);
  }

  /** Of one contract, or of all. */
  contradictions(contractId?: string): Promise<Contradiction[]> {
    return this.all('contradictions', contractId);
  }

  close(): void {
    this.database.close();
  }

  private all<T>(store: (typeof STORES)[number], contractId?: string): Promise<T[]> {
    const range = contractId === undefined ? null : rangeOf(contractId);
    return answerOf(this.database.transaction(store).objectStore(store).getAll(range));
  }
}

function brokenLink(head: SignedHead, chain: NodeChain | undefined): string | null {
  const follows = chain
    ? head.previousHash === chain.hash && head.minuteAt > chain.minuteAt && !chain.isLast
    : head.previousHash === NO_HEAD;
  return follows && head.index >= 0 ? null : 'it does not follow from the head before it';
}

function contradictionOf(head: SignedHead, reason: string, keptText: string | null): Contradiction {
  const { contractId, nodeName, index, hash, text } = head;
  return { contractId, nodeName, index, hash, reason, text, keptText };
}

/** Everything whose key begins with this contract: an array is greater than any string. */
const rangeOf = (contractId: string) => IDBKeyRange.bound([contractId], [contractId, []]);

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
