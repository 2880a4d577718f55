namespace Marketplace.HashrateProxy.Wire;

/// <summary>Takes a peer's lines one at a time, on the thread that reads them, which it must not block.</summary>
internal interface ILineHandler
{
    /// <param name="line">Without its line end; valid until this returns.</param>
    /// <param name="at">When it was received.</param>
    /// <returns>False to get the next line only after <see cref="ILineFeed.Resume"/>.</returns>
    bool Take(ReadOnlySpan<byte> line, DateTimeOffset at);

    /// <summary>Every line that had come was taken.</summary>
    void CaughtUp();
}
