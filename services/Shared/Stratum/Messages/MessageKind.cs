namespace Marketplace.Stratum;

public enum MessageKind
{
    /// <summary>Not Stratum; <see cref="StratumMessage.Fault"/> says why.</summary>
    Malformed,

    /// <summary>A method with an id: wants an answer.</summary>
    Request,

    /// <summary>A method without an id, or with the id null.</summary>
    Notification,

    /// <summary>A result or an error for a request of ours.</summary>
    Response,
}
