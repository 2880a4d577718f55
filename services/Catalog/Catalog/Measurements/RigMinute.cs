using Marketplace.Messages.HashrateProxy;

namespace Marketplace.Catalog.Measurements;

/// <summary>What a rig did in one minute on one proxy node.</summary>
internal sealed class RigMinute
{
    /// <summary>Longest node name, in characters.</summary>
    public const int MaxNodeNameLength = 64;

    /// <summary>Kept a little longer than the longest window that is shown, in hours.</summary>
    public const int RetentionHours = 25;

    /// <summary>How far a proxy's clock may be ahead of ours.</summary>
    public static readonly TimeSpan MaxClockLead = TimeSpan.FromMinutes(2);

    private RigMinute(RigId rigId, string nodeName, DateTimeOffset minuteAt)
    {
        RigId = rigId;
        NodeName = nodeName;
        MinuteAt = minuteAt;
    }

    public RigId RigId { get; private set; }

    public string NodeName { get; private set; }

    public DateTimeOffset MinuteAt { get; private set; }

    public Work AcceptedWork { get; private set; }

    /// <summary>The part of it that the rig is measured by.</summary>
    public Work SettledWork { get; private set; }

    public Work RejectedWork { get; private set; }

    public int WorkerCount { get; private set; }

    public int SettledWorkerCount { get; private set; }

    /// <exception cref="BusinessRuleException"><c>rig-minute-invalid</c></exception>
    public static RigMinute Of(RigMeasured message, DateTimeOffset now)
    {
        if (message.MinuteAt.UtcTicks % TimeSpan.TicksPerMinute != 0
            || message.MinuteAt > now + MaxClockLead
            || message.NodeName.Length is 0 or > MaxNodeNameLength
            || message.SettledHashes > message.AcceptedHashes
            || message.WorkerCount < 0
            || message.SettledWorkerCount < 0)
        {
            throw BusinessRuleException.Invalid(
                "rig-minute-invalid",
                "A measured minute is a whole one, not in the future, with a node and a worker count.");
        }

        var minute = new RigMinute(RigId.From(message.RigId), message.NodeName, message.MinuteAt.ToUniversalTime());
        minute.Measure(message);
        return minute;
    }

    /// <summary>A node that rebuilds an open minute after a crash tells it again: its later word holds.</summary>
    public void Measure(RigMeasured message)
    {
        AcceptedWork = new Work(message.AcceptedHashes);
        SettledWork = new Work(message.SettledHashes);
        RejectedWork = new Work(message.RejectedHashes);
        WorkerCount = message.WorkerCount;
        SettledWorkerCount = message.SettledWorkerCount;
    }
}
