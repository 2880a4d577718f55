/** One server-sent event; a heartbeat has no content worth reading. */
export interface ServerEvent {
  name: string;
  id: string;
  data: string;
}

/**
 * Reads server-sent events from an answer under way: the browser's own reader cannot carry an access token. An event
 * that is cut off by the end is left out.
 */
export async function* readServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let event = emptyEvent();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') {
          event = withField(event, line);
        } else if (event.data !== '') {
          yield event;
          event = emptyEvent();
        }
      }
    }
  } finally {
    await reader.cancel();
  }
}

const emptyEvent = (): ServerEvent => ({ name: 'message', id: '', data: '' });

function withField(event: ServerEvent, line: string): ServerEvent {
  const colon = line.indexOf(':');
  const value = line.slice(colon + 1).replace(/^ /, '');
  switch (line.slice(0, colon)) {
    case 'event':
      return { ...event, name: value };
    case 'id':
      return { ...event, id: value };
    case 'data':
      return { ...event, data: event.data === '' ? value : `${event.data}\n${value}` };
    default:
      return event;
  }
}
