using Marketplace.Benchmarks.Load;
using Marketplace.Benchmarks.Node;
using Marketplace.HashrateProxy;

namespace Marketplace.Benchmarks.Figures;

/// <summary>
/// Processor time and latency of a share that is verified, logged, answered and forwarded, beside what haproxy takes to
/// relay the same lines. They take turns, so that what else the machine does falls on both. At a share a second of each
/// worker either spends most of it on waking up; under load it is the shares that cost.
/// </summary>
internal static class ShareFigures
{
    private const int Workers = 2_000;
    private const int SharesPerSecond = 2_000;
    private const int BusySharesPerSecond = 10_000;
    private const int Turns = 4;
    private const int MaxWarmUpTurns = 60;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuietCompilerTime = TimeSpan.FromMilliseconds(20);

    public static void Print()
    {
        using var world = new World(Workers);
        using var far = new LoadListener<EchoPeer>(world.Loop, socket => new EchoPeer(socket, world.Loop));
        using var haproxy = new HaproxyProcess(far.Port);
        world.Loop.PollUntil(haproxy.Answers, "haproxy listens");
        using var relayed = new LoadFleet(world.Loop);
        relayed.ConnectBlindly(haproxy.Port, World.Login, Workers);
        WarmUp(world);
        Figure.Print("cpu-idle", Idle(world), "ms/s");
        var (own, relay) = TakeTurns(world, haproxy, relayed, SharesPerSecond);
        PrintCost("cpu-per-share", own, relay);
        Figure.Print("latency-p50", Median(own, turn => turn.Middle.TotalMilliseconds), "ms");
        Figure.Print("latency-p99", Median(own, turn => turn.Latency.TotalMilliseconds), "ms");
        Figure.Print("latency-p99-haproxy", Median(relay, turn => turn.Latency.TotalMilliseconds), "ms");
        Figure.Print("latency-fsync-interval", new ProxyOptions().ShareLogSyncMilliseconds, "ms");
        (own, relay) = TakeTurns(world, haproxy, relayed, BusySharesPerSecond);
        PrintCost("cpu-per-share-busy", own, relay);
    }

    private static (List<Measured> Own, List<Measured> Relay) TakeTurns(
        World world, HaproxyProcess haproxy, LoadFleet relayed, int sharesPerSecond)
    {
        var (own, relay) = (new List<Measured>(), new List<Measured>());
        for (var turn = 0; turn < Turns; turn++)
        {
            world.OwnPool.SendNewBlock();
            world.Loop.PollUntil(() => world.Fleet.AllHave(world.OwnPool.BlockStart), "every worker has the job");
            own.Add(Measure(world.Fleet, world.Node.Usage, sharesPerSecond));
            relay.Add(Measure(relayed, haproxy.Usage, sharesPerSecond));
        }

        return (own, relay);
    }

    private static void PrintCost(string name, List<Measured> own, List<Measured> relay)
    {
        var cost = Median(own, turn => turn.MicrosecondsPerShare);
        var relayCost = Median(relay, turn => turn.MicrosecondsPerShare);
        Figure.Print(name, cost, "us");
        Figure.Print($"{name}-compiling", Median(own, turn => turn.CompilerMicroseconds), "us");
        Figure.Print($"{name}-haproxy", relayCost, "us");
        Figure.Print($"{name}-ratio", cost / relayCost, "of-haproxy");
        Figure.Print($"{name}-refused", own.Sum(turn => turn.Refused), "shares");
        Figure.Print($"{name}-skipped", own.Sum(turn => turn.Skipped), "shares");
    }

    /// <summary>Until twice in a row next to nothing was compiled.</summary>
    private static void WarmUp(World world)
    {
        var quietTurns = 0;
        for (var turn = 0; turn < MaxWarmUpTurns && quietTurns < 2; turn++)
        {
            var watch = new UsageWatch(world.Node.Usage);
            world.OwnPool.SendNewBlock();
            world.Fleet.SubmitShares(SharesPerSecond, Turn);
            quietTurns = watch.Compiling < QuietCompilerTime ? quietTurns + 1 : 0;
        }
    }

    /// <summary>What the same fleet costs while it sends nothing: part of the figures above.</summary>
    private static double Idle(World world)
    {
        var watch = new UsageWatch(world.Node.Usage);
        world.Loop.PollFor(Turn);
        return watch.Working / Turn * 1000;
    }

    private static Measured Measure(LoadFleet fleet, ProcessUsage usage, int sharesPerSecond)
    {
        var watch = new UsageWatch(usage);
        fleet.SubmitShares(sharesPerSecond, Turn);
        var tally = fleet.Tally;
        return new Measured(
            watch.Working.TotalMicroseconds / tally.Sent,
            watch.Compiling.TotalMicroseconds / tally.Sent,
            tally.Latency(50), tally.Latency(99), tally.Refused, tally.Skipped);
    }

    private static double Median(List<Measured> turns, Func<Measured, double> figure) =>
        turns.Select(figure).Order().ElementAt((turns.Count - 1) / 2);

    private sealed record Measured(
        double MicrosecondsPerShare,
        double CompilerMicroseconds,
        TimeSpan Middle,
        TimeSpan Latency,
        long Refused,
        long Skipped);
}
