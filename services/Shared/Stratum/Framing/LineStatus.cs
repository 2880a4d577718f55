namespace Marketplace.Stratum;

public enum LineStatus
{
    /// <summary>A whole line is there.</summary>
    Line,

    /// <summary>The peer sent more than a line may hold; the connection cannot be read any further.</summary>
    TooLong,

    /// <summary>The peer has gone; a line it did not finish is dropped.</summary>
    Closed,
}
