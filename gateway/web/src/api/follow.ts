import { readServerEvents } from './serverEvents';

/** After an end or a failure, so that a service that restarts is not stormed. */
export const RECONNECT_MILLISECONDS = 1_000;
const VIEW_EVENT = 'live';

interface Followed<T> {
  /** Opens the stream; an answer without a body counts as failed. */
  open: (
    headers: Record<string, string>,
    signal: AbortSignal,
  ) => Promise<ReadableStream<Uint8Array> | null | undefined>;
  onView: (view: T) => void;
  /** Nothing arrives any more; views are to be asked for until one does. */
  onLost: () => void;
}

/**
 * Follows a stream of views until it is aborted. A stream ends with its access token; the next one is opened with a
 * fresh one and goes on after the last view.
 */
export async function follow<T>({ open, onView, onLost }: Followed<T>, signal: AbortSignal): Promise<void> {
  let lastId = '';
  while (!signal.aborted) {
    try {
      const body = await open(lastId ? { 'Last-Event-ID': lastId } : {}, signal);
      if (body) {
        for await (const { name, id, data } of readServerEvents(body)) {
          if (name === VIEW_EVENT) {
            lastId = id;
            onView(JSON.parse(data) as T);
          }
        }
      } else {
        onLost();
      }
    } catch {
      onLost();
    }
    await elapsed(RECONNECT_MILLISECONDS, signal);
  }
}

function elapsed(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
