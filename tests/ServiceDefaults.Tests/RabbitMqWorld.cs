using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

/// <summary>
/// Alpha and beta over a broker. Classes that use it take turns, since their queues have the same names.
/// </summary>
public sealed class RabbitMqWorld : TestWorld
{
    public RabbitMqQueues Queues { get; } = new();

    public RabbitMqWorld OrSkip()
    {
        Queues.OrSkip();
        return this;
    }

    public override async ValueTask InitializeAsync()
    {
        await Queues.InitializeAsync();
        foreach (var (key, value) in Queues.IsThere ? Queues.Settings : new Dictionary<string, string?>())
        {
            Settings[key] = value;
        }

        await base.InitializeAsync();
    }
}

[CollectionDefinition(nameof(RabbitMqWorld))]
public sealed class RabbitMqCollection;
