namespace Marketplace.Stratum.Proof;

/// <summary>
/// How much of anything one record may carry. Words of others are cut to fit, whole characters at a time.
/// </summary>
public static class RecordLimits
{
    /// <summary>A worker's name or firmware, in UTF-8.</summary>
    public const int NameBytes = 255;

    /// <summary>What a pool said to a share it refused, in UTF-8.</summary>
    public const int AnswerTextBytes = 128;

    /// <summary>Why a worker was moved, in UTF-8.</summary>
    public const int ReasonBytes = 64;

    /// <summary>Parameters of a submit that stands for no header, as they were sent.</summary>
    public const int SentBytes = 255;

    /// <summary>One part of a coinbase: half of the longest line, whose bytes come as hex.</summary>
    public const int CoinbasePartBytes = StratumLimits.UpstreamLineBytes / 2;

    /// <summary>The longest record there is, a pool's job with the longest coinbase.</summary>
    public const int BodyBytes = PoolJobRecord.MaxBytes;
}
