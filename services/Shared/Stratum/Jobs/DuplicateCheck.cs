namespace Marketplace.Stratum;

/// <summary>Whether a header is new to a <see cref="DuplicateSet"/>.</summary>
public enum DuplicateCheck
{
    New,
    Duplicate,

    /// <summary>There is no room to remember it: close the job. Nothing is ever forgotten to make room.</summary>
    Full,
}
