using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Routing;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Certificates;

/// <summary>A contract that two nodes served is proved by one file, whichever node is asked.</summary>
public sealed class TwoNodesCertificateTests(TwoNodesWorld world) : IClassFixture<TwoNodesWorld>
{
    private static readonly string[] Signers = ["proxy.node-1", "proxy.node-2"];

    private static readonly TimeSpan CloseLimit = TimeSpan.FromMinutes(4) + ProxyWorld.Generous;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_file_proves_what_both_nodes_closed_and_a_node_that_is_away_is_named()
    {
        var contractId = await ServeAsync();
        await Eventually.TrueAsync(() => IsClosedAsync(contractId), CloseLimit);
        var renter = world.ClientOf(world.RenterId, "renter");
        var heads = (await renter.ContractHeadsAsync(contractId, after: null, Cancel)).Heads;
        var parts = await renter.CertificatePartsAsync(contractId, Cancel);

        parts.Parts.Select(part => (part.NodeName, part.IsClosed))
            .ShouldBe([("node-1", true), ("node-2", true)]);
        foreach (var mode in new[] { "complete", "compact" })
        {
            var whole = Verify(await renter.CertificateAsync(contractId, mode, Cancel), heads);
            whole.Findings.Listed.Where(finding => finding.IsFailure).ShouldBeEmpty();
            whole.Nodes.Select(node => (node.NodeName, node.Heads, node.HeadsMatched)).ShouldBe(
                parts.Parts.Select(part => (part.NodeName, part.HeadCount, part.HeadCount)));
            whole.Nodes.ShouldAllBe(node => node.IsClosed && node.Proved > Work.Zero);
            whole.Stated.ShouldBe(
                heads.Aggregate(Work.Zero, (sum, head) => sum + head.AcceptedWork));
        }

        await OnlyAPartDoesNotHoldAsync(renter, contractId, heads);
        await OthersDoNotFindItAsync(contractId);
        await world.StopSecondAsync();
        (await Should.ThrowAsync<ApiProblemException>(
            () => renter.CertificateAsync(contractId, "complete", Cancel))).Code.ShouldBe("certificate-part-away");
        Verify(await renter.CertificatePartAsync(contractId, "node-1", "complete", Cancel), []).Holds.ShouldBeTrue();
    }

    private async Task OnlyAPartDoesNotHoldAsync(
        ProxyClient renter,
        ContractId contractId,
        IReadOnlyList<ContractHead> heads)
    {
        var second = Verify(await renter.CertificatePartAsync(contractId, "node-2", "complete", Cancel), heads);
        second.Nodes.ShouldHaveSingleItem().NodeName.ShouldBe("node-2");
        second.Findings.Counts.Keys.ShouldContain(FindingKind.NodeNotShown);
        second.Holds.ShouldBeFalse();
        (await Should.ThrowAsync<ApiProblemException>(
            () => renter.CertificatePartAsync(contractId, "node-3", "complete", Cancel)))
            .Code.ShouldBe("certificate-part-away");
    }

    private async Task OthersDoNotFindItAsync(ContractId contractId)
    {
        var seller = world.ClientOf(world.SellerId, "seller");
        (await Should.ThrowAsync<ApiProblemException>(
            () => seller.CertificatePartsAsync(contractId, Cancel))).Code.ShouldBe("contract-not-found");
        (await Should.ThrowAsync<ApiProblemException>(
            () => seller.CertificatePartAsync(contractId, "node-2", "complete", Cancel)))
            .Code.ShouldBe("contract-not-found");

        // Another service than the proxy is nobody here, and a node is not sent on to a third.
        (await Should.ThrowAsync<ApiProblemException>(
            () => world.ServiceClient("billing").CertificatePartAsync(contractId, "node-1", "complete", Cancel)))
            .Code.ShouldBe("contract-not-found");
        (await Should.ThrowAsync<ApiProblemException>(
            () => world.ServiceClient("proxy").CertificatePartAsync(contractId, "node-2", "complete", Cancel)))
            .Code.ShouldBe("certificate-not-here");
    }

    /// <summary>A short contract of a rig with a machine on each node.</summary>
    private async Task<ContractId> ServeAsync()
    {
        var (rigId, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(90));
        await Eventually.TrueAsync(
            () => world.SecondServices.GetRequiredService<RouteBook>().FindByLogin(login) is not null,
            ProxyWorld.Generous);
        var farm = world.NewFarm();
        var workers = new[] { world.StratumPort, world.SecondStratumPort }.Select((port, index) =>
            farm.Add(new WorkerSettings
            {
                Port = port,
                Login = login,
                Name = $"w{index}",
                HashesPerSecond = 40_000,
                Password = "d=500",
            })).ToList();
        await Eventually.TrueAsync(
            () => workers.TrueForAll(worker => worker.Counters().AcceptedShares > 20), ProxyWorld.Generous);
        await Eventually.TrueAsync(() => AreBothSaidAsync(rigId), ProxyWorld.Generous);
        return await world.RentAsync(
            rigId, Hashrate.FromTerahashes(70), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), NewPool("renters"));
    }

    private async Task<bool> AreBothSaidAsync(RigId rigId)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProxyDbContext>();
        return await db.NodeRigs.CountAsync(rig => rig.RigId == rigId && rig.Connected > Hashrate.Zero, Cancel) == 2;
    }

    private async Task<bool> IsClosedAsync(ContractId contractId)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProxyDbContext>();
        return await db.Heads.CountAsync(head => head.ContractId == contractId && head.IsLast, Cancel) == 2;
    }

    private CertificateReport Verify(Stream file, IReadOnlyList<ContractHead> kept)
    {
        using var whole = new MemoryStream();
        using (file)
        {
            file.CopyTo(whole);
        }

        whole.Position = 0;
        var heads = new KeptHeads();
        foreach (var head in kept)
        {
            SignedHead.TryParse(head.Text, out var parsed).ShouldBeTrue();
            heads.Add(parsed!);
        }

        var keys = Signers
            .Select(signer => new NodeKey(
                signer, world.Services.GetRequiredService<PayloadVerifier>().PublicKeyOf(signer)).ToKey());
        return CertificateVerifier.Verify(
            whole, new VerificationOptions { KeptHeads = heads, PinnedKeys = [.. keys] });
    }

    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobsPerBlock = 0,
        Difficulty = Difficulty.Of(2_000),
        EasiestDifficulty = null,
    });
}
