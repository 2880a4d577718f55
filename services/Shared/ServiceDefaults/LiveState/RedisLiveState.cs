using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketplace.ServiceDefaults.LiveState;

/// <summary>
/// Live state that processes share. A group is a hash; each value carries its own expiry, since a hash has only one.
/// This is the one place where a lost Redis is logged and swallowed.
/// </summary>
internal sealed class RedisLiveState(string configuration, TimeProvider time, ILogger<RedisLiveState> logger)
    : ILiveState, IDisposable
{
    private const string GroupPrefix = "live:";
    private const string ChannelPrefix = "live-channel:";

    /// <summary>A group that nobody writes any more is gone after this.</summary>
    private static readonly TimeSpan GroupLifetime = TimeSpan.FromDays(1);

    private readonly Subscriptions _subscriptions = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _connection;

    public Task SetAsync(
        string group, string key, string json, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        TryAsync(
            async redis =>
            {
                var expiresAt = (time.GetUtcNow() + timeToLive).ToUnixTimeMilliseconds();
                await redis.HashSetAsync(GroupPrefix + group, key, $"{expiresAt}|{json}");
                await redis.KeyExpireAsync(GroupPrefix + group, GroupLifetime);
                return true;
            },
            fallback: false,
            cancellationToken);

    public Task<string?> GetAsync(string group, string key, CancellationToken cancellationToken) =>
        TryAsync(
            async redis => Alive(await redis.HashGetAsync(GroupPrefix + group, key)),
            fallback: null,
            cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> GetAllAsync(string group, CancellationToken cancellationToken) =>
        TryAsync<IReadOnlyDictionary<string, string>>(
            async redis =>
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                var expired = new List<RedisValue>();
                foreach (var entry in await redis.HashGetAllAsync(GroupPrefix + group))
                {
                    if (Alive(entry.Value) is { } json)
                    {
                        values[entry.Name.ToString()] = json;
                    }
                    else
                    {
                        expired.Add(entry.Name);
                    }
                }

                if (expired.Count > 0)
                {
                    await redis.HashDeleteAsync(GroupPrefix + group, [.. expired]);
                }

                return values;
            },
            fallback: new Dictionary<string, string>(),
            cancellationToken);

    public Task RemoveAsync(string group, string key, CancellationToken cancellationToken) =>
        TryAsync(redis => redis.HashDeleteAsync(GroupPrefix + group, key), fallback: false, cancellationToken);

    public Task PublishAsync(string channel, string json, CancellationToken cancellationToken) =>
        TryAsync(redis => redis.PublishAsync(ChannelPrefix + channel, json), fallback: 0L, cancellationToken);

    public IAsyncEnumerable<string> SubscribeAsync(string channel, CancellationToken cancellationToken)
    {
        var listening = _subscriptions.ListenAsync(channel, cancellationToken);
        _ = TryAsync(_ => Task.FromResult(true), fallback: false, cancellationToken);
        return listening;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connecting.Dispose();
    }

    private string? Alive(RedisValue value)
    {
        var text = value.IsNull ? "" : value.ToString();
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar > 0
            && long.TryParse(text.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture, out var expiresAt)
            && expiresAt > time.GetUtcNow().ToUnixTimeMilliseconds()
            ? text[(bar + 1)..]
            : null;
    }

    private async Task<T> TryAsync<T>(Func<IDatabase, Task<T>> action, T fallback, CancellationToken cancellationToken)
    {
        try
        {
            var connection = _connection ?? await ConnectAsync(cancellationToken);
            return await action(connection.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception lost) when (lost is RedisException or TimeoutException or ObjectDisposedException)
        {
            logger.LogWarning(lost, "Redis did not answer; live values are lost meanwhile");
            return fallback;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is not null)
            {
                return _connection;
            }

            var options = ConfigurationOptions.Parse(configuration);
            options.AbortOnConnectFail = false;
            var connection = await ConnectionMultiplexer.ConnectAsync(options);
            await connection.GetSubscriber().SubscribeAsync(
                ChannelPrefix + "*",
                (channel, json) => _subscriptions.Deliver(channel.ToString()[ChannelPrefix.Length..], json.ToString()));
            return _connection = connection;
        }
        finally
        {
            _connecting.Release();
        }
    }
}
