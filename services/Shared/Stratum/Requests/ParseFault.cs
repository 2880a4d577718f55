namespace Marketplace.Stratum;

/// <summary>Why the parameters of a request were refused.</summary>
public enum ParseFault
{
    None,
    TooFewParameters,
    WrongType,

    /// <summary>Not hex, or not as many digits as the field has.</summary>
    BadHex,

    /// <summary>Over one of <see cref="StratumLimits"/>.</summary>
    TooLong,
}
