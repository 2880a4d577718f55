using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.ServiceDefaults.TestHost.Beta;

internal sealed class NumberSaidConsumer(BetaDbContext database, Faults faults) : IMessageConsumer<NumberSaid>
{
    public async Task ConsumeAsync(NumberSaid message, CancellationToken cancellationToken)
    {
        database.BetaNumbers.Add(new BetaNumber { Number = message.Number });
        database.Publish(new NumberEchoed(message.Number));
        await database.SaveChangesAsync(cancellationToken);
        faults.ThrowAt(message.Number);
    }
}

internal sealed class CounterMovedConsumer(BetaDbContext database, Faults faults) : IMessageConsumer<CounterMoved>
{
    public Task ConsumeAsync(CounterMoved message, CancellationToken cancellationToken)
    {
        faults.ThrowAt(message.Note);
        database.CounterSteps.Add(new CounterStep
        {
            CounterId = message.CounterId, Version = message.Version, Note = message.Note,
        });
        return Task.CompletedTask;
    }
}
