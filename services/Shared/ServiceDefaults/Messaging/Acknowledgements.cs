using System.Collections.Concurrent;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>
/// The in-memory bus forgets in a crash, so a message is done only when each of its consumers has said, after its own
/// commit, that it is in the inbox, parked or dead-lettered there.
/// </summary>
internal sealed class Acknowledgements
{
    private readonly ConcurrentDictionary<Guid, Awaited> _awaited = new();

    /// <param name="whenComplete">Called once, by the last consumer.</param>
    public void Expect(Guid messageId, IReadOnlyCollection<string> queues, Action<Guid> whenComplete) =>
        _awaited[messageId] = new Awaited([.. queues], whenComplete);

    public void Forget(Guid messageId) => _awaited.TryRemove(messageId, out _);

    public void Acknowledge(string queue, Guid messageId)
    {
        if (!_awaited.TryGetValue(messageId, out var awaited) || !awaited.IsCompletedBy(queue))
        {
            return;
        }

        _awaited.TryRemove(messageId, out _);
        awaited.WhenComplete(messageId);
    }

    private sealed class Awaited(HashSet<string> queues, Action<Guid> whenComplete)
    {
        private readonly Lock _turn = new();

        public Action<Guid> WhenComplete => whenComplete;

        public bool IsCompletedBy(string queue)
        {
            lock (_turn)
            {
                return queues.Remove(queue) && queues.Count == 0;
            }
        }
    }
}
