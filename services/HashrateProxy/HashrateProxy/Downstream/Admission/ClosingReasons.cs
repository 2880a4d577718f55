using System.Collections.Frozen;
using System.Text.Json;

namespace Marketplace.HashrateProxy.Downstream.Admission;

internal static class ClosingReasons
{
    private static readonly FrozenDictionary<ClosingReason, string> Names = Enum.GetValues<ClosingReason>()
        .ToFrozenDictionary(
            reason => reason, reason => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()));

    /// <summary>The reason as metrics name it: <c>submit-flood</c>.</summary>
    public static string NameOf(ClosingReason reason) => Names[reason];

    /// <summary>What the peer is told as <c>client.show_message</c>; null where nobody would read it.</summary>
    public static string? WordsFor(ClosingReason reason) => reason switch
    {
        ClosingReason.NodeStopped => "This node stops. Please connect again.",
        ClosingReason.TooManyConnections => "This node has no room for more connections.",
        ClosingReason.TooManyOfAddress => "Too many connections from this address.",
        ClosingReason.TooManyOfRig => "Too many connections of this rig.",
        ClosingReason.TooManyOfSeller => "Too many connections of this account.",
        ClosingReason.HandshakeTimeout => "No login and subscription in time.",
        ClosingReason.Silence => "Silent for too long.",
        ClosingReason.LineTooLong => "A line is longer than a line may be.",
        ClosingReason.Junk => "Too many lines that are no Stratum.",
        ClosingReason.SubmitFlood => "Too many shares a second.",
        ClosingReason.Failed => "An error on this side. Please connect again.",
        _ => null,
    };
}
