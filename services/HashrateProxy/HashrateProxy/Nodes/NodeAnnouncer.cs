using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Nodes;

/// <summary>Says to the other nodes where this one can be asked.</summary>
internal sealed class NodeAnnouncer(
    IDbContextFactory<ProxyDbContext> contexts, IServer server, TimeProvider time, IOptions<ProxyOptions> options)
    : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var address = Address;
            if (address is not null)
            {
                await AnnounceAsync(address, cancellationToken);
            }

            await Task.Delay(address is null ? StartInterval : Interval, time, cancellationToken);
        }
    }

    /// <summary>Null until the host listens.</summary>
    private string? Address => options.Value.NodeAddress.Length > 0 ? options.Value.NodeAddress : ListeningAddress;

    private string? ListeningAddress => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal))?
        .Replace("[::]", "127.0.0.1", StringComparison.Ordinal)
        .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

    private async Task AnnounceAsync(string address, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO node (node_name, address, seen_at)
            VALUES ({options.Value.NodeName}, {address}, {time.GetUtcNow()})
            ON CONFLICT (node_name) DO UPDATE SET address = excluded.address, seen_at = excluded.seen_at
            """,
            cancellationToken);
    }
}
