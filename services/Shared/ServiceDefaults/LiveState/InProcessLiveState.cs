using System.Collections.Concurrent;

namespace Marketplace.ServiceDefaults.LiveState;

/// <summary>Live state of a single process.</summary>
internal sealed class InProcessLiveState(TimeProvider time) : ILiveState
{
    /// <summary>Values of one group; above this a new key is not taken.</summary>
    private const int MaxGroupSize = 100_000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Entry>> _groups =
        new(StringComparer.Ordinal);
    private readonly Subscriptions _subscriptions = new();

    public Task SetAsync(
        string group, string key, string json, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var values = GroupOf(group);
        if (values.Count >= MaxGroupSize)
        {
            RemoveExpired(values);
        }

        if (values.Count < MaxGroupSize || values.ContainsKey(key))
        {
            values[key] = new Entry(json, time.GetUtcNow() + timeToLive);
        }

        return Task.CompletedTask;
    }

    public Task<string?> GetAsync(string group, string key, CancellationToken cancellationToken) =>
        Task.FromResult(GroupOf(group).TryGetValue(key, out var entry) && IsAlive(entry) ? entry.Json : null);

    public Task<IReadOnlyDictionary<string, string>> GetAllAsync(string group, CancellationToken cancellationToken)
    {
        var values = GroupOf(group);
        RemoveExpired(values);
        return Task.FromResult<IReadOnlyDictionary<string, string>>(
            values.ToDictionary(pair => pair.Key, pair => pair.Value.Json, StringComparer.Ordinal));
    }

    public Task RemoveAsync(string group, string key, CancellationToken cancellationToken)
    {
        GroupOf(group).TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task PublishAsync(string channel, string json, CancellationToken cancellationToken)
    {
        _subscriptions.Deliver(channel, json);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> SubscribeAsync(string channel, CancellationToken cancellationToken) =>
        _subscriptions.ListenAsync(channel, cancellationToken);

    private ConcurrentDictionary<string, Entry> GroupOf(string group) =>
        _groups.GetOrAdd(group, _ => new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal));

    private bool IsAlive(Entry entry) => entry.ExpiresAt > time.GetUtcNow();

    private void RemoveExpired(ConcurrentDictionary<string, Entry> values)
    {
        foreach (var pair in values.Where(pair => !IsAlive(pair.Value)))
        {
            values.TryRemove(pair);
        }
    }

    private sealed record Entry(string Json, DateTimeOffset ExpiresAt);
}
