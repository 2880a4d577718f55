using System.Data.Common;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>Wakes the dispatchers of this process when a commit has left something in an outbox.</summary>
internal sealed class OutboxSignal
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Sees the outbox rows of a save, and the commit that makes them real.</summary>
internal sealed class OutboxSignalInterceptor(OutboxSignal signal)
    : IDbTransactionInterceptor, ISaveChangesInterceptor
{
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Remember(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Remember(eventData.Context);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        RaiseIfCommitted(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        RaiseIfCommitted(eventData.Context);
        return result;
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Raise(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Raise(eventData.Context);

    private static void Remember(Microsoft.EntityFrameworkCore.DbContext? context)
    {
        if (context is ServiceDbContext service && service.ChangeTracker.Entries<OutboxMessage>()
                .Any(entry => entry.State == Microsoft.EntityFrameworkCore.EntityState.Added))
        {
            service.HasUnsignalledMessages = true;
        }
    }

    /// <summary>
    /// A save of a single statement runs without a transaction of EF's, and is committed when it returns.
    /// </summary>
    private void RaiseIfCommitted(Microsoft.EntityFrameworkCore.DbContext? context)
    {
        if (context is { Database.CurrentTransaction: null })
        {
            Raise(context);
        }
    }

    private void Raise(Microsoft.EntityFrameworkCore.DbContext? context)
    {
        if (context is ServiceDbContext { HasUnsignalledMessages: true } service)
        {
            service.HasUnsignalledMessages = false;
            signal.Raise();
        }
    }
}
