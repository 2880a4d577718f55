using System.IO.Pipelines;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Wire;

/// <summary>The lines of one peer, given to a handler as they come.</summary>
internal interface ILineFeed
{
    /// <summary>Runs until the peer is gone, sends too long a line, or <see cref="Stop"/>. Once.</summary>
    /// <returns>Why it ended: <see cref="LineStatus.Closed"/> or <see cref="LineStatus.TooLong"/>.</returns>
    Task<LineStatus> RunAsync(ILineHandler handler);

    /// <summary>The handler is done with the line at which it paused; from any thread.</summary>
    void Resume();

    /// <summary>Ends the run after the line that is being handled; from any thread, whatever locks it holds.</summary>
    void Stop();
}

/// <summary>What reads the lines of a connection.</summary>
internal static class LineFeeds
{
    /// <param name="input">The receiving half of the connection.</param>
    /// <param name="maxLineBytes">Longest line, line end included.</param>
    /// <param name="time">By it the lines are dated.</param>
    public static ILineFeed Of(PipeReader input, int maxLineBytes, TimeProvider time) => input is LoopReader reader
        ? reader.IntoLines(maxLineBytes, time)
        : new PipeLines(input, maxLineBytes, time);
}
