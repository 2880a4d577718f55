using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Journal;

internal static class DownloadJournal
{
    private const string JsonLines = "application/x-ndjson";

    /// <summary>What is sealed while it is sent is sent as well.</summary>
    public static PushStreamHttpResult Handle(
        IDbContextFactory<BillingDbContext> contexts, CancellationToken cancellationToken) => TypedResults.Stream(
        async output =>
        {
            for (long number = 1; await SendAsync(contexts, number, output, cancellationToken); number++)
            {
                await output.FlushAsync(cancellationToken);
            }
        },
        JsonLines);

    /// <returns>False where there is no such block yet.</returns>
    private static async Task<bool> SendAsync(
        IDbContextFactory<BillingDbContext> contexts, long number, Stream output, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Blocks.AsNoTracking().SingleOrDefaultAsync(
            block => block.Number == number, cancellationToken) is not { } block)
        {
            return false;
        }

        var entries = await JournalRows.ReadAsync(context, block.FirstPosition, block.EntryCount, cancellationToken);
        foreach (var entry in entries)
        {
            await WriteAsync(output, new JournalLine(entry, null), cancellationToken);
        }

        await WriteAsync(output, new JournalLine(null, block.ToView()), cancellationToken);
        return true;
    }

    private static async Task WriteAsync(Stream output, JournalLine line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, line, ApiChannel.Json, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
