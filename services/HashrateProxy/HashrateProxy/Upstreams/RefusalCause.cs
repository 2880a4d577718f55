namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>Why a pool refused a share that was good, as far as we can tell.</summary>
internal enum RefusalCause
{
    /// <summary>Nothing that can be checked explains it: the work in between is disputed.</summary>
    Unexplained,

    /// <summary>The pool had moved on before the share reached it: nobody's fault.</summary>
    Late,

    /// <summary>The name, the version bits, the extranonce or the time that we sent: the marketplace pays.</summary>
    Ours,
}
