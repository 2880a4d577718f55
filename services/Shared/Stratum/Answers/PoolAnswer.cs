namespace Marketplace.Stratum;

/// <summary>A pool's yes or no to an authorize, a submit or anything else that has no result of its own.</summary>
/// <param name="IsAccepted">The result was true and no error came with it.</param>
/// <param name="Error">The reason of a no, in whatever form it was sent; default when accepted.</param>
public readonly record struct PoolAnswer(bool IsAccepted, StratumError Error)
{
    /// <summary>Reads any response. Allocates only for a no.</summary>
    public static PoolAnswer Of(in StratumMessage response)
    {
        if (!response.Error.IsEmpty)
        {
            return new PoolAnswer(false, StratumError.Read(response.Error));
        }

        if (new JsonValue(response.Result).IsTrue)
        {
            return new PoolAnswer(true, default);
        }

        return new PoolAnswer(false, StratumError.Read(response.RejectReason));
    }
}
