using Marketplace.HashrateProxy.Downstream;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>What a pool is checked for is what the proxy gives its workers.</summary>
public sealed class FleetNeedsTests
{
    [Theory]
    [InlineData("Antminer S21", FleetNeeds.MachineExtranonceBytes)]
    [InlineData("never seen", FleetNeeds.MachineExtranonceBytes)]
    [InlineData("BraiinsFarmProxy/1.0", FleetNeeds.AggregatorExtranonceBytes)]
    public void A_pool_leaves_the_bytes_that_a_worker_holds(string userAgent, int bytes) =>
        FirmwareLayout.CandidatesFor(userAgent).First().TotalBytes.ShouldBe(bytes);
}
