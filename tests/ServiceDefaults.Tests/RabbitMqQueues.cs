using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

/// <summary>
/// The queues of the test host on the broker that <c>MARKETPLACE_TEST_RABBITMQ</c> names, emptied at first.
/// </summary>
public sealed class RabbitMqQueues : IAsyncLifetime
{
    private const string Variable = "MARKETPLACE_TEST_RABBITMQ";

    private static readonly string[] Names =
        ["alpha-number-said", "alpha-number-echoed", "beta-number-said", "beta-counter-moved"];

    private readonly string? _address = Environment.GetEnvironmentVariable(Variable);

    public bool IsThere => !string.IsNullOrEmpty(_address);

    /// <summary>What a host is configured with to use this broker.</summary>
    public IReadOnlyDictionary<string, string?> Settings
    {
        get
        {
            var factory = Factory();
            return new Dictionary<string, string?>
            {
                ["Bus:Transport"] = "RabbitMq",
                ["Bus:RabbitMq:Host"] = factory.HostName,
                ["Bus:RabbitMq:Port"] = factory.Port.ToString(CultureInfo.InvariantCulture),
                ["Bus:RabbitMq:User"] = factory.UserName,
                ["Bus:RabbitMq:Password"] = factory.Password,
                ["Bus:RabbitMq:VirtualHost"] = factory.VirtualHost,
            };
        }
    }

    public RabbitMqQueues OrSkip()
    {
        Assert.SkipUnless(IsThere, $"{Variable} names no broker.");
        return this;
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var name in IsThere ? Names : [])
        {
            await OnChannelAsync(channel => channel.QueueDeleteAsync(name));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>True when there is such a queue, and it is a quorum queue.</summary>
    public async Task<bool> HasQuorumQueueAsync(string name)
    {
        try
        {
            await OnChannelAsync(channel => channel.QueueDeclareAsync(
                name, durable: true, exclusive: false, autoDelete: false,
                arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, passive: true));
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    public async Task OnChannelAsync(Func<IChannel, Task> work)
    {
        await using var connection = await Factory().CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }

    private ConnectionFactory Factory() => new() { Uri = new Uri(_address!) };
}
