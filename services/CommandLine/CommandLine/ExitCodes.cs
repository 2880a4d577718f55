namespace Marketplace.CommandLine;

/// <summary>What a script learns from a verb; a command line that cannot be read is <see cref="Failed"/> too.</summary>
internal static class ExitCodes
{
    /// <summary>What was checked holds.</summary>
    public const int Held = 0;

    /// <summary>It does not hold, or could not be checked; the output says why.</summary>
    public const int Failed = 1;

    /// <summary>It holds if the keys in it are the marketplace's, and nobody said whether they are.</summary>
    public const int HeldUnderUnknownKey = 3;
}
