namespace Marketplace.HashrateProxy.Downstream;

/// <summary>What a share of a job must meet and is worth: one object per difficulty.</summary>
internal sealed class JobTerms(Difficulty difficulty, Algorithm algorithm)
{
    public Difficulty Difficulty => difficulty;

    public Algorithm Algorithm => algorithm;

    public Target Target { get; } = difficulty.ToTarget(algorithm);

    /// <summary>What one accepted share proves.</summary>
    public Work Work { get; } = Work.Of(difficulty.ToTarget(algorithm), algorithm);
}
