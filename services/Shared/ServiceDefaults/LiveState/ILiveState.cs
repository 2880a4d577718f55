namespace Marketplace.ServiceDefaults.LiveState;

/// <summary>
/// Values that may be lost at any time without losing money or work: presence, live readings, fan-out. Never throws for
/// a store that is down: a read finds nothing, a write is dropped, and the error is logged.
/// </summary>
public interface ILiveState
{
    /// <summary>Sets one value of a group.</summary>
    /// <param name="group">Such as <c>contract-live</c>.</param>
    /// <param name="timeToLive">After this it is gone.</param>
    Task SetAsync(
        string group, string key, string json, TimeSpan timeToLive, CancellationToken cancellationToken);

    Task<string?> GetAsync(string group, string key, CancellationToken cancellationToken);

    /// <summary>All values of a group that have not expired, by key.</summary>
    Task<IReadOnlyDictionary<string, string>> GetAllAsync(string group, CancellationToken cancellationToken);

    Task RemoveAsync(string group, string key, CancellationToken cancellationToken);

    /// <summary>To those who listen now, in every process; nobody else ever hears it.</summary>
    Task PublishAsync(string channel, string json, CancellationToken cancellationToken);

    /// <summary>What is published from now on; a slow listener loses the oldest.</summary>
    IAsyncEnumerable<string> SubscribeAsync(string channel, CancellationToken cancellationToken);
}
