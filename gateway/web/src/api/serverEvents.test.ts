import { describe, expect, it } from 'vitest';
import { readServerEvents, type ServerEvent } from './serverEvents';

async function read(...chunks: string[]): Promise<ServerEvent[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(encoder.encode(chunk));
      }
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(body)) {
    events.push(event);
  }
  return events;
}

describe('server-sent events', () => {
  it('are read with their name and id', async () => {
    expect(await read('event: live\nid: 7\nretry: 1000\ndata: {"a":1}\n\n')).toEqual([
      { name: 'live', id: '7', data: '{"a":1}' },
    ]);
  });

  it('are read however they were cut', async () => {
    const whole = 'event: live\r\ndata: one\r\n\r\nevent: heartbeat\ndata: null\n\n';
    for (let cut = 0; cut <= whole.length; cut++) {
      const events = await read(whole.slice(0, cut), whole.slice(cut));
      expect(events.map(({ name, data }) => [name, data])).toEqual([
        ['live', 'one'],
        ['heartbeat', 'null'],
      ]);
    }
  });

  it('join lines of data, leave comments out and drop what is cut off by the end', async () => {
    expect((await read(': hello\ndata: one\ndata: two\n\ndata: cut off')).map(({ data }) => data)).toEqual([
      'one\ntwo',
    ]);
  });
});
