import { proxy, take } from '../api/clients';
import { HeadKeeper } from './headKeeper';
import { HeadStore } from './headStore';

/** Where this browser keeps heads, opened when it is first wanted. */
let opened: Promise<{ store: HeadStore; keeper: HeadKeeper }> | null = null;

/** Fails where the browser keeps nothing, and is tried again by the next who asks. */
export function keptHeads() {
  opened ??= openHeads().catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function openHeads() {
  const store = await HeadStore.open();
  // Without it the browser may throw them away when its disk runs full.
  void navigator.storage?.persist?.();
  return { store, keeper: new HeadKeeper(store, askHeads) };
}

async function askHeads(contractId: string, after: string | null): Promise<string[]> {
  const { heads } = await take(
    proxy.GET('/api/proxy/contracts/{contractId}/heads', {
      params: { path: { contractId }, query: after === null ? {} : { after } },
    }),
  );
  return heads.map(({ text }) => text);
}
