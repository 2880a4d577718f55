using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.ServiceDefaults.TestHost.Alpha;

internal sealed class NumberSaidConsumer(AlphaDbContext database) : IMessageConsumer<NumberSaid>
{
    public Task ConsumeAsync(NumberSaid message, CancellationToken cancellationToken)
    {
        database.HeardNumbers.Add(new HeardNumber { Number = message.Number, What = "said" });
        return Task.CompletedTask;
    }
}

internal sealed class NumberEchoedConsumer(AlphaDbContext database) : IMessageConsumer<NumberEchoed>
{
    public Task ConsumeAsync(NumberEchoed message, CancellationToken cancellationToken)
    {
        database.HeardNumbers.Add(new HeardNumber { Number = message.Number, What = "echoed" });
        return Task.CompletedTask;
    }
}
