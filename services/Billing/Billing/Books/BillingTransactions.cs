using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Marketplace.Billing.Books;

/// <summary>
/// A transaction of its own for endpoints and loops, tried again from the start when the database could not put it in
/// order with others. That is never an answer to the caller, least of all a lack of funds.
/// </summary>
internal sealed class BillingTransactions(IDbContextFactory<BillingDbContext> contexts)
{
    private const int MaxAttempts = 10;

    /// <summary>Between two attempts, at random up to this and growing with each, in milliseconds.</summary>
    private const int MaxFirstPauseMilliseconds = 10;

    /// <param name="work">
    /// Runs once per attempt, each with a context of its own; its changes are saved and committed.
    /// </param>
    public async Task<TResult> RunAsync<TResult>(
        Func<BillingDbContext, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var context = await contexts.CreateDbContextAsync(cancellationToken);
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                var result = await work(context, cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (Exception failure) when (attempt < MaxAttempts && IsOfOrder(failure))
            {
                var pause = RandomNumberGenerator.GetInt32(1, MaxFirstPauseMilliseconds << attempt);
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    public Task RunAsync(Func<BillingDbContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (context, token) =>
            {
                await work(context, token);
                return true;
            },
            cancellationToken);

    private static bool IsOfOrder(Exception failure) => failure switch
    {
        PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        } => true,
        DbUpdateConcurrencyException => true,
        _ => failure.InnerException is { } inner && IsOfOrder(inner),
    };
}
