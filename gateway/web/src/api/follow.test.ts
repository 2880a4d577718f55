import { describe, expect, it, vi } from 'vitest';
import { follow } from './follow';

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

describe('a followed stream', () => {
  it('goes on after the last view when it ends, and says when it is lost', async () => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const views: unknown[] = [];
    const asked: Record<string, string>[] = [];
    const onLost = vi.fn();
    const answers = [
      streamOf('event: live\nid: 1\ndata: {"n":1}\n\nevent: heartbeat\ndata: null\n\n'),
      null,
      streamOf('event: live\nid: 2\ndata: {"n":2}\n\n'),
    ];
    const open = async (headers: Record<string, string>) => {
      asked.push(headers);
      return answers.shift();
    };
    const following = follow({ open, onView: (view) => views.push(view), onLost }, abort.signal);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(views).toEqual([{ n: 1 }, { n: 2 }]);
    expect(asked).toEqual([{}, { 'Last-Event-ID': '1' }, { 'Last-Event-ID': '1' }]);
    expect(onLost).toHaveBeenCalledTimes(1);
    abort.abort();
    await following;
    vi.useRealTimers();
  });
});
