using Marketplace.Simulators.MainLine;

namespace Marketplace.EndToEnd.Tests;

/// <summary>
/// The product's promise, from a seller's first worker to the last cent, through the public doors only; the same in
/// every topology.
/// </summary>
[Collection(DistributedMarketplace.Tests)]
public sealed class MainLineTests(RunningMarketplace marketplace) : IClassFixture<RunningMarketplace>
{
    [Fact]
    public async Task A_fleet_is_rented_rerouted_metered_paid_and_returned()
    {
        var report = await MainLineDriver.RunAsync(
            marketplace.Line,
            TimeProvider.System,
            step => TestContext.Current.SendDiagnosticMessage($"{step.Name}: {step.Took.TotalSeconds:0.0} s"),
            TestContext.Current.CancellationToken);

        report.Failures.ShouldBeEmpty(marketplace.LogTail());
        report.PaidToFirstJob.ShouldNotBeNull();
        report.PaidToFirstAcceptedShare.ShouldNotBeNull();
        report.CancelledToReturned.ShouldNotBeNull();
    }
}
