using Marketplace.Client.HashrateProxy;
using Marketplace.Stratum.Proof;

namespace Marketplace.CommandLine.Heads;

/// <summary>Keeps the heads of one contract: those since the last kept one, then each as it is closed.</summary>
/// <param name="proxy">In the name of a party.</param>
/// <param name="contractId">Whose heads.</param>
/// <param name="watch">What is kept, by its order.</param>
/// <param name="file">Where it is kept.</param>
internal sealed class HeadKeeper(ProxyClient proxy, ContractId contractId, HeadWatch watch, HeadFile file)
{
    /// <summary>A node that was without its database tells of its minutes later than the others.</summary>
    private static readonly TimeSpan LateTime = TimeSpan.FromMinutes(10);

    private bool _isLevel;

    /// <summary>Told of each new head once it is on the disk.</summary>
    public event Action<MinuteHead>? Kept;

    /// <summary>Until the events end, which they do with every token, or every node has closed the contract.</summary>
    /// <exception cref="ForkedHistoryException">A head contradicts those that were kept.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        if (watch.IsOver)
        {
            return;
        }

        await foreach (var news in proxy.FollowHeadsAsync(contractId, cancellationToken))
        {
            foreach (var ahead in news.Heads.Where(head => Keep(head) == HeadPlace.Ahead).ToList())
            {
                await FillAsync(watch.LastMinuteOf(ahead.NodeName), cancellationToken);
            }

            if (watch.IsOver)
            {
                await FillAsync(cancellationToken);
                return;
            }
        }
    }

    /// <summary>Asks for what is missing: at first from where the node that is furthest behind stopped.</summary>
    /// <exception cref="ForkedHistoryException">A head contradicts those that were kept.</exception>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await FillAsync((_isLevel ? watch.NewestMinuteAt : watch.OpenSinceAt) - LateTime, cancellationToken);
        _isLevel = true;
    }

    /// <summary>A head that is ahead of its node's others is asked for again from where that node's stop.</summary>
    private async Task FillAsync(DateTimeOffset? after, CancellationToken cancellationToken)
    {
        while (await proxy.ContractHeadsAsync(contractId, after, cancellationToken) is { Heads: { Count: > 0 } heads })
        {
            var ahead = heads.FirstOrDefault(head => Keep(head) == HeadPlace.Ahead);
            after = ahead is null ? heads[^1].MinuteAt : AskAgainAfter(ahead, after);
        }
    }

    private DateTimeOffset? AskAgainAfter(ContractHead ahead, DateTimeOffset? askedAfter)
    {
        var lastKept = watch.LastMinuteOf(ahead.NodeName);
        return askedAfter is null || askedAfter <= lastKept
            ? throw new ForkedHistoryException(
                Parse(ahead), $"{ahead.NodeName} shows head {ahead.Index} and keeps back what came before it.")
            : lastKept;
    }

    private HeadPlace Keep(ContractHead news)
    {
        var head = Parse(news);
        var place = watch.Add(head);
        if (place == HeadPlace.Next)
        {
            file.Append(head);
            Kept?.Invoke(head.ToHead());
        }

        return place;
    }

    private static SignedHead Parse(ContractHead head) => SignedHead.TryParse(head.Text, out var signed)
        ? signed
        : throw new RecordFormatException($"What came as head {head.Index} of {head.NodeName} is none.");
}
