using System.ComponentModel.DataAnnotations;

namespace Marketplace.Billing.Settling;

/// <summary>Section <c>Settlement</c>.</summary>
internal sealed record SettlementOptions
{
    /// <summary>How often proved work becomes entries, in seconds; default 3600. The demo world takes 10.</summary>
    [Range(1, 86_400)]
    public int AccrualIntervalSeconds { get; init; } = 3_600;

    /// <summary>How often the loops look for what is due, in milliseconds; default 1000.</summary>
    [Range(10, 60_000)]
    public int PollIntervalMilliseconds { get; init; } = 1_000;

    /// <summary>
    /// How long a hole in a node's numbering may stay before the readings are asked for, in seconds; default 10.
    /// </summary>
    [Range(1, 3_600)]
    public int HoleDelaySeconds { get; init; } = 10;

    /// <summary>
    /// How long after a contract's end a node that took part may stay silent before the contract is closed without
    /// what it never told, in hours; default 72. It is never closed while no node has answered.
    /// </summary>
    [Range(1, 720)]
    public int NodeSilenceHours { get; init; } = 72;

    public TimeSpan NodeSilence => TimeSpan.FromHours(NodeSilenceHours);

    public TimeSpan AccrualInterval => TimeSpan.FromSeconds(AccrualIntervalSeconds);

    public TimeSpan PollInterval => TimeSpan.FromMilliseconds(PollIntervalMilliseconds);

    public TimeSpan HoleDelay => TimeSpan.FromSeconds(HoleDelaySeconds);
}
