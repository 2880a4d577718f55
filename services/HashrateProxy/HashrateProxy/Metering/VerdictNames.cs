using System.Collections.Frozen;
using System.Text.Json;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>Verdicts as they are written in readings and views: <c>low-difficulty</c>.</summary>
internal static class VerdictNames
{
    private static readonly FrozenDictionary<ShareVerdict, string> Names = Enum.GetValues<ShareVerdict>()
        .ToFrozenDictionary(
            verdict => verdict, verdict => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString()));

    public static string Of(ShareVerdict verdict) => Names[verdict];
}
