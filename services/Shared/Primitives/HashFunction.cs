namespace Marketplace.Primitives;

/// <summary>What a header can be hashed by here, so that its share is verified.</summary>
public enum HashFunction
{
    Sha256d,

    /// <summary>N = 1024, r = 1, p = 1.</summary>
    Scrypt,
}
