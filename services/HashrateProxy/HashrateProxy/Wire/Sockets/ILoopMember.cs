using System.Net.Sockets;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>A socket that the loop watches.</summary>
internal interface ILoopMember
{
    Socket Socket { get; }

    /// <summary>By which the loop knows it.</summary>
    long Key { get; set; }

    /// <summary>What it waits for now.</summary>
    EpollEvents Wanted { get; }

    /// <summary>From the loop: what it waited for has come, or it is over.</summary>
    void Serve(EpollEvents events, byte[] scratch);
}
