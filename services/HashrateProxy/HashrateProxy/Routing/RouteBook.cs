using System.Collections.Concurrent;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.Messages;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Security;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// The desired state of this node: which rigs may log in, which contracts they serve. Newer snapshots replace older
/// ones; applying one twice changes nothing.
/// </summary>
internal sealed class RouteBook(RigRouterFactory routers, SecretOpener secrets) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RigRouter> _byLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<RigId, RigRouter> _byRig = new();
    private readonly ConcurrentDictionary<RigId, ConcurrentQueue<SharedContract>> _waitingForRig = new();

    public ICollection<RigRouter> Rigs => _byRig.Values;

    /// <summary>The rig behind a Stratum user such as <c>farm.rig.worker</c>.</summary>
    public RigRouter? FindByLogin(string login) => _byLogin.GetValueOrDefault(login);

    public void Apply(RigChanged rig)
    {
        var id = new RigId(rig.RigId);
        var router = _byRig.GetOrAdd(id, static (_, state) => state.routers.Create(state.rig), (routers, rig));
        router.SetOwnPools(rig.Version, [.. rig.DefaultPools.Select(Open)]);
        _byLogin[rig.Login] = router;
        ApplyWaiting(id, router);
    }

    /// <summary>
    /// A contract of a rig that is not known yet waits for it: the two come from different publishers.
    /// </summary>
    public void Apply(ContractChanged contract, IReadOnlyList<ContractSplit> splits)
    {
        var shared = new SharedContract(contract, splits);
        var rigId = new RigId(contract.RigId);
        if (_byRig.TryGetValue(rigId, out var router))
        {
            router.SetContract(shared, DestinationsOf(contract), isRestored: false);
            return;
        }

        _waitingForRig.GetOrAdd(rigId, _ => new ConcurrentQueue<SharedContract>()).Enqueue(shared);
        if (_byRig.TryGetValue(rigId, out var justKnown))
        {
            ApplyWaiting(rigId, justKnown);
        }
    }

    /// <summary>A contract that this node served before it went away.</summary>
    public void Restore(ContractChanged contract, IReadOnlyList<ContractSplit> splits)
    {
        if (_byRig.TryGetValue(new RigId(contract.RigId), out var router))
        {
            router.SetContract(new SharedContract(contract, splits), DestinationsOf(contract), isRestored: true);
        }
        else
        {
            Apply(contract, splits);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var rig in Rigs)
        {
            await rig.DisposeAsync();
        }
    }

    private void ApplyWaiting(RigId rigId, RigRouter router)
    {
        while (_waitingForRig.TryGetValue(rigId, out var contracts) && contracts.TryDequeue(out var contract))
        {
            router.SetContract(contract, DestinationsOf(contract.Desired), isRestored: false);
        }
    }

    private PoolTarget[] DestinationsOf(ContractChanged contract) => [.. contract.Destinations.Select(Open)];

    private PoolTarget Open(PoolAddress address) => new(
        new DestinationId(address.DestinationId),
        PoolUrl.Parse(address.Url),
        address.User,
        secrets.Open(address.SealedPassword),
        address.Priority);
}
