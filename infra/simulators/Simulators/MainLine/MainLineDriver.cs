namespace Marketplace.Simulators.MainLine;

/// <summary>
/// Drives the marketplace's main line once, through the public HTTP API and TCP only, with pools and a farm of its own:
/// connect, measure, offer, quote, pay, deliver, accrue, cancel, settle.
/// </summary>
public static class MainLineDriver
{
    /// <summary>Stops at the first step that cannot be finished; the report says which figure was missing.</summary>
    /// <param name="finished">Sees each step as soon as it ended.</param>
    public static async Task<MainLineReport> RunAsync(
        MainLineOptions options,
        TimeProvider time,
        Action<MainLineStep> finished,
        CancellationToken cancellationToken)
    {
        await using var world = new MainLineWorld(options, time, finished);
        world.SellerPool.Start();
        world.RenterPool.Start();
        world.BackupPool.Start();
        foreach (var (name, step) in Steps)
        {
            if (!await world.Recorder.RunAsync(name, () => step(world, cancellationToken)))
            {
                break;
            }
        }

        return new MainLineReport(
            world.Recorder.Steps,
            world.PaidToFirstJob,
            world.PaidToFirstAcceptedShare,
            world.CancelledToReturned,
            world.Contract,
            world.Settlement);
    }

    private static IEnumerable<(string Name, Func<MainLineWorld, CancellationToken, Task> Step)> Steps =>
    [
        ("a fleet connects through the proxy", SellerSteps.ConnectAsync),
        ("its hashrate is measured", SellerSteps.MeasureAsync),
        ("the seller offers it", SellerSteps.OfferAsync),
        ("a renter asks for a quote", RenterSteps.QuoteAsync),
        ("the renter orders and pays", RenterSteps.PayAsync),
        ("the fleet hashes for the renter's pool", RenterSteps.ArriveAsync),
        ("meter readings become ledger entries", SettlementSteps.AccrueAsync),
        ("the contract outlives what is done to the marketplace", SettlementSteps.OutliveAsync),
        ("the renter cancels and the fleet goes home", SettlementSteps.CancelAsync),
        ("the contract is settled", SettlementSteps.SettleAsync),
    ];
}
