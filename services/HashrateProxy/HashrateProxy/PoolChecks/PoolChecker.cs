using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Stratum;
using Marketplace.Stratum.Coinbase;

namespace Marketplace.HashrateProxy.PoolChecks;

/// <summary>Checks pools for those who ask over HTTP, against the rig that would hash for them.</summary>
internal sealed class PoolChecker(
    PoolCheckup checkup, LoginThrottle throttle, ListedPools listed, RouteBook book, TimeProvider time) : IDisposable
{
    /// <summary>Dials at once on this node; further checks wait their turn.</summary>
    private const int MaxConcurrent = 32;

    private readonly SemaphoreSlim _turns = new(MaxConcurrent, MaxConcurrent);

    public async Task<PoolCheck> CheckAsync(CheckPool asked, CancellationToken cancellationToken)
    {
        var url = PoolUrl.Parse(asked.Pool.Url);
        var login = new PoolLogin(asked.Pool.User, asked.Pool.Password);
        var demands = new PoolDemands(
            Algorithm.Named(asked.Algorithm), asked.Hashrate, NeedsOf(asked.RigId), PayeeOf(asked.Payee));
        var onList = asked.IsForContract ? listed.FindingOf(demands.Algorithm, url) : null;
        if (onList is { Verdict: PoolVerdict.Fail })
        {
            return ViewOf(new PoolReport(url, [onList], [], time.GetUtcNow()), login.User);
        }

        var target = new PoolTarget(default, url, login.User, login.Password, 0);
        if (throttle.TryTakeTurn(target) is { } wait)
        {
            throw new BusinessRuleException(
                "pool-tried-too-often", $"{url.Host} was tried often enough; ask again in {wait.TotalSeconds:0} s.");
        }

        await _turns.WaitAsync(cancellationToken);
        try
        {
            var watch = TimeSpan.FromSeconds(asked.WatchSeconds);
            var report = await checkup.RunAsync(url, login, demands, watch, cancellationToken);
            if (report.Findings.Any(finding => finding is { Rule: "authorize", Verdict: PoolVerdict.Fail }))
            {
                throttle.LoginRefused(target);
            }

            report = onList is null ? report : report with { Findings = [onList, .. report.Findings] };
            return ViewOf(report, login.User);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private FleetNeeds NeedsOf(RigId? rigId)
    {
        var handshakes = book.Rigs
            .Where(rig => rig.RigId == rigId)
            .SelectMany(rig => rig.Read((workers, _) => workers.Select(worker => worker.Handshake).ToList()))
            .ToList();
        return new FleetNeeds(
            handshakes.Aggregate(0u, (mask, handshake) => mask | handshake.VersionMask),
            handshakes.Select(handshake => handshake.Layout.TotalBytes)
                .Append(FleetNeeds.MachineExtranonceBytes).Max(),
            [.. handshakes.Select(handshake => handshake.Firmware).Distinct()]);
    }

    private static PayoutAddress? PayeeOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return PayoutAddress.TryParse(text, out var address)
            ? address
            : throw BusinessRuleException.Invalid("payee-invalid", $"'{text}' is not an address that can be paid.");
    }

    private static PoolCheck ViewOf(PoolReport report, string user) => new(
        report.Url.ToString(),
        user,
        NameOf(report.Verdict),
        [
            .. report.Findings.Select(finding => new PoolCheckRule(
                finding.Rule, NameOf(finding.Verdict), finding.Seen, finding.Fix)),
        ],
        report.Transcript,
        report.CheckedAt);

    private static string NameOf(PoolVerdict verdict) => verdict switch
    {
        PoolVerdict.Pass => "pass",
        PoolVerdict.Warn => "warn",
        _ => "fail",
    };
}
