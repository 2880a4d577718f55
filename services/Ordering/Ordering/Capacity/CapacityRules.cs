namespace Marketplace.Ordering.Capacity;

/// <summary>Whether hashrate is free over the whole of a time.</summary>
internal static class CapacityRules
{
    /// <summary>The most that is reserved at any one instant of a window.</summary>
    public static Hashrate Peak(
        IReadOnlyCollection<Reservation> reservations, DateTimeOffset fromAt, DateTimeOffset untilAt)
    {
        var inWindow = reservations.Where(reserved => reserved.FromAt < untilAt && reserved.UntilAt > fromAt).ToList();
        var rises = inWindow.Select(reserved => reserved.FromAt > fromAt ? reserved.FromAt : fromAt).Append(fromAt);
        return rises.Distinct().Select(at => ReservedAt(inWindow, at)).Max();
    }

    /// <summary>What can still be promised over a whole window; zero where more was promised than is offered.</summary>
    public static Hashrate Free(
        Hashrate offered, IReadOnlyCollection<Reservation> reservations, DateTimeOffset fromAt, DateTimeOffset untilAt)
    {
        var peak = Peak(reservations, fromAt, untilAt);
        return peak >= offered ? Hashrate.Zero : offered - peak;
    }

    private static Hashrate ReservedAt(List<Reservation> reservations, DateTimeOffset at) => reservations
        .Where(reserved => reserved.FromAt <= at && reserved.UntilAt > at)
        .Aggregate(Hashrate.Zero, (sum, reserved) => sum + reserved.Hashrate);
}
