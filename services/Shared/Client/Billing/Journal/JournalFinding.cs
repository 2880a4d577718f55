namespace Marketplace.Client.Billing;

/// <summary>What is wrong with a journal.</summary>
public enum JournalFault
{
    /// <summary>An entry is missing, doubled or out of its place.</summary>
    WrongPosition,

    /// <summary>An entry does not sum to zero.</summary>
    Unbalanced,

    /// <summary>An entry is not as it was when its block was sealed.</summary>
    WrongEntries,

    /// <summary>A block does not follow from the one before it.</summary>
    BrokenChain,

    WrongSignature,

    /// <summary>What was kept outside is not in it.</summary>
    Forked,

    /// <summary>The books' own balances are not the sums of the postings.</summary>
    WrongBalance,

    /// <summary>Entries without a block behind them.</summary>
    Unsealed,
}

/// <param name="Text">A sentence for a person.</param>
public sealed record JournalFinding(JournalFault Fault, string Text);
