using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Journal;

/// <summary>
/// Every block, one a line, in a file outside of the database: who rewrites the books has to rewrite it as well. A line
/// that a crash cut off is taken away, and what is missing at its end is written. A file that tells another history is
/// left as it is, and somebody has to look.
/// </summary>
internal sealed partial class HeadFile(
    IDbContextFactory<BillingDbContext> contexts, IOptions<JournalOptions> options, ILogger<HeadFile> logger)
{
    /// <summary>Blocks written at once.</summary>
    private const int MaxBlocksPerWrite = 1_000;

    private const byte LineEnd = (byte)'\n';

    private long? _lastNumber;
    private bool _isForked;

    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (options.Value.HeadFile is not { } path || _isForked)
        {
            return;
        }

        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (_lastNumber is null)
        {
            var last = await RecallAsync(file, cancellationToken);
            _isForked = last is not null && !await IsInBooksAsync(last, cancellationToken);
            if (_isForked)
            {
                LogForked(path, last!.Number);
                return;
            }

            _lastNumber = last?.Number ?? 0;
        }

        file.Seek(0, SeekOrigin.End);
        while (await NextAsync(_lastNumber.Value, cancellationToken) is { Count: > 0 } blocks)
        {
            foreach (var block in blocks)
            {
                await JsonSerializer.SerializeAsync(file, block.ToView(), ApiChannel.Json, cancellationToken);
                file.WriteByte(LineEnd);
            }

            file.Flush(flushToDisk: true);
            _lastNumber = blocks[^1].Number;
        }
    }

    private static async Task<JournalBlock?> RecallAsync(FileStream file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var whole = bytes.AsSpan().LastIndexOf(LineEnd) + 1;
        file.SetLength(whole);
        var last = bytes.AsSpan(0, whole).TrimEnd(LineEnd);
        last = last[(last.LastIndexOf(LineEnd) + 1)..];
        return last.IsEmpty ? null : JsonSerializer.Deserialize<JournalBlock>(last, ApiChannel.Json);
    }

    private async Task<bool> IsInBooksAsync(JournalBlock block, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Blocks.AnyAsync(
            one => one.Number == block.Number && one.Hash == block.Hash, cancellationToken);
    }

    private async Task<List<SealedBlock>> NextAsync(long after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Blocks.AsNoTracking()
            .Where(block => block.Number > after)
            .OrderBy(block => block.Number)
            .Take(MaxBlocksPerWrite)
            .ToListAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Critical, "Block {Number} of {Path} is not in the books: they were restored or rewritten")]
    private partial void LogForked(string path, long number);
}
