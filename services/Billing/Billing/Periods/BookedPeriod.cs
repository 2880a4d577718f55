using Marketplace.Client.Billing;

namespace Marketplace.Billing.Periods;

internal enum PeriodStatus
{
    /// <summary>Takes every entry.</summary>
    Open,

    /// <summary>Takes entries by hand and the month's result; late facts go to the next month.</summary>
    SoftClosed,

    /// <summary>Takes nothing any more, for good.</summary>
    Closed,
}

/// <summary>A month that finance has begun to close; one without a row is open.</summary>
internal sealed class BookedPeriod
{
    public required string Period { get; init; }

    public PeriodStatus Status { get; private set; } = PeriodStatus.Open;

    public AccountId? SoftClosedBy { get; private set; }

    public DateTimeOffset? SoftClosedAt { get; private set; }

    public AccountId? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>SHA-256 over the trial balance, of which nothing changes any more.</summary>
    public string? BalancesHash { get; private set; }

    /// <summary>Over period, hash, block and time, by the key of billing.</summary>
    public string? Signature { get; private set; }

    /// <summary>The journal's last block then.</summary>
    public long? BlockNumber { get; private set; }

    public void SoftClose(AccountId by, DateTimeOffset at)
    {
        Require(PeriodStatus.Open);
        (Status, SoftClosedBy, SoftClosedAt) = (PeriodStatus.SoftClosed, by, at);
    }

    public void Reopen()
    {
        Require(PeriodStatus.SoftClosed);
        (Status, SoftClosedBy, SoftClosedAt) = (PeriodStatus.Open, null, null);
    }

    public void Close(AccountId by, DateTimeOffset at, SealedBalances balances)
    {
        Require(PeriodStatus.SoftClosed);
        (Status, ClosedBy, ClosedAt) = (PeriodStatus.Closed, by, at);
        (BalancesHash, Signature, BlockNumber) = (balances.Hash, balances.Signature, balances.BlockNumber);
    }

    private void Require(PeriodStatus status)
    {
        if (Status != status)
        {
            throw new BusinessRuleException(
                "period-in-other-status", $"{Period} is {Status}; only one that is {status} can be changed so.");
        }
    }
}

/// <summary>An account's balance at the end of a closed month; nobody changes it.</summary>
internal sealed class PeriodBalance
{
    public required string Period { get; init; }

    public required string Account { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>1e-8 of the currency; a debit is positive.</summary>
    public required Int128 Units { get; init; }

    public static PeriodBalance Of(Ledger.Period period, AccountBalance balance) => new()
    {
        Period = period.ToString(),
        Account = balance.Account,
        Currency = balance.Balance.Currency,
        Units = balance.Balance.Units,
    };
}

/// <summary>What was signed when a month was closed.</summary>
internal sealed record SealedBalances(string Hash, string Signature, long? BlockNumber);
