namespace Marketplace.Stratum;

/// <summary>Our answer to a share. Each reason for a refusal is metered on its own.</summary>
public enum ShareVerdict
{
    Accepted,

    /// <summary>Its job is not known, or over for longer than the grace.</summary>
    Stale,

    /// <summary>The same header was sent before.</summary>
    Duplicate,

    /// <summary>The hash does not meet the target of its job.</summary>
    LowDifficulty,

    /// <summary>Version bits outside the mask that was agreed.</summary>
    BadVersion,

    /// <summary>A time before its job's or too far behind it.</summary>
    BadNTime,

    /// <summary>A field is missing, of the wrong type or of the wrong length.</summary>
    Malformed,

    /// <summary>The worker is not authorised under that name.</summary>
    Unauthorised,

    /// <summary>
    /// Its pool, on whose word alone it would be credited, refused it or never answered. A word of meters and views
    /// only: in a proof the pool's answer itself says so.
    /// </summary>
    Unattested,
}
