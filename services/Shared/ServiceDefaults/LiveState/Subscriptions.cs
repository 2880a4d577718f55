using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Marketplace.ServiceDefaults.LiveState;

/// <summary>The listeners of this process, each with a short queue of its own.</summary>
internal sealed class Subscriptions
{
    /// <summary>Messages that wait for one listener; then the oldest is lost.</summary>
    private const int MaxWaiting = 256;

    private readonly ConcurrentDictionary<Listener, string> _listeners = new();

    public void Deliver(string channel, string json)
    {
        foreach (var (listener, listensTo) in _listeners)
        {
            if (listensTo == channel)
            {
                listener.Queue.Writer.TryWrite(json);
            }
        }
    }

    /// <summary>Listens from the call on, not only from the first read.</summary>
    public IAsyncEnumerable<string> ListenAsync(string channel, CancellationToken cancellationToken)
    {
        var listener = new Listener();
        _listeners[listener] = channel;
        return ReadAsync(listener, cancellationToken);
    }

    private async IAsyncEnumerable<string> ReadAsync(
        Listener listener, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var json in listener.Queue.Reader.ReadAllAsync(cancellationToken))
            {
                yield return json;
            }
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
        }
    }

    private sealed class Listener
    {
        public Channel<string> Queue { get; } = Channel.CreateBounded<string>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    }
}
