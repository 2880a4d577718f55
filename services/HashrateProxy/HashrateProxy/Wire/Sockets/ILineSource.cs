namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>Lines that wait to be sent.</summary>
internal interface ILineSource
{
    /// <summary>
    /// Whatever there is now, empty when there is nothing; valid until the next call, which lets go of it.
    /// </summary>
    ReadOnlyMemory<byte> Take();

    /// <summary>Nothing is left and nothing more will come.</summary>
    bool IsFinished { get; }
}
