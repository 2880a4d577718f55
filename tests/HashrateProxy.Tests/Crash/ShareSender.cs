using System.Collections.Concurrent;
using System.Net.Sockets;
using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Crash;

/// <summary>
/// A machine that sends share after share, comes back whenever its connection ends, and remembers what it was told.
/// </summary>
internal sealed class ShareSender(int port, string user)
{
    private static readonly TimeSpan ReconnectLimit = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<string> _answeredTrue = new();

    /// <summary>The headers, as hexadecimal digits, of every share that was answered <c>true</c>.</summary>
    public IReadOnlyCollection<string> AnsweredTrue => _answeredTrue;

    public int Count => _answeredTrue.Count;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            RawWorker? worker = null;
            await Eventually.TrueAsync(
                async () => cancellationToken.IsCancellationRequested || (worker = await TryJoinAsync()) is not null,
                ReconnectLimit);
            using (worker)
            {
                await SendAsync(worker, cancellationToken);
            }
        }
    }

    private async Task<RawWorker?> TryJoinAsync()
    {
        try
        {
            return await RawWorker.JoinAsync(port, user, password: "d=100");
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            return null;
        }
    }

    private async Task SendAsync(RawWorker? worker, CancellationToken cancellationToken)
    {
        try
        {
            for (var nonce = 0u; worker is not null && !cancellationToken.IsCancellationRequested;)
            {
                var share = worker.Jobs[^1].Mine(firstNonce: nonce);
                nonce = share.Nonce + 1;
                if (await worker.SubmitAsync(share) == 0)
                {
                    _answeredTrue.Enqueue(HeaderOf(share));
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // The proxy was killed: that is what these machines are for.
        }
    }

    private static string HeaderOf(RawShare share)
    {
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        share.Job.Work.Hash(
            new Extranonce(share.Job.Extranonce1),
            new Extranonce(share.Extranonce2),
            share.Job.Work.VersionOf(share.VersionBits, share.Job.VersionMask),
            share.NTime,
            share.Nonce,
            header);
        return Convert.ToHexString(header);
    }
}
