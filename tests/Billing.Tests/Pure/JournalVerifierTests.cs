using Marketplace.Client.Billing;
using Marketplace.TestKit;
using Shouldly;
using Xunit;

namespace Marketplace.Billing.Tests.Pure;

public sealed class JournalVerifierTests : IDisposable
{
    private readonly JournalBench _bench = new();

    [Fact]
    public void An_honest_journal_holds()
    {
        using var verifier = Read(_bench.Seal());
        verifier.Findings.ShouldBeEmpty();
        verifier.Entries.ShouldBe(6);
        verifier.Head!.Number.ShouldBe(3);
        verifier.Balances[("Assets:Clearing:Payments", Currency.Usd)].ShouldBe(2_100);
    }

    [Fact]
    public void An_empty_journal_holds()
    {
        using var verifier = new JournalVerifier();
        verifier.Close(null);
        verifier.Findings.ShouldBeEmpty();
    }

    public static TheoryData<string> Fields =>
        ["amount", "account", "key", "text", "effective", "posted", "period", "contract"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Whatever_is_changed_in_a_sealed_entry_is_found(string field)
    {
        var lines = _bench.Seal();
        var entry = lines[0].Entry!;
        lines[0] = new JournalLine(Changed(entry, field), null);
        Faults(lines).ShouldContain(JournalFault.WrongEntries);
    }

    [Fact]
    public void An_entry_that_is_left_out_is_found()
    {
        var lines = _bench.Seal();
        lines.RemoveAt(1);
        Faults(lines).ShouldBe(
            [JournalFault.WrongEntries, JournalFault.WrongPosition, JournalFault.WrongBalance], ignoreOrder: false);
    }

    [Fact]
    public void Two_entries_that_changed_places_are_found()
    {
        var lines = _bench.Seal();
        (lines[0], lines[1]) = (lines[1], lines[0]);
        Faults(lines).ShouldContain(JournalFault.WrongPosition);
    }

    [Fact]
    public void A_block_that_is_left_out_with_its_entries_is_found()
    {
        var lines = _bench.Seal();
        lines.RemoveRange(0, 3);
        Faults(lines).ShouldContain(JournalFault.BrokenChain);
    }

    [Fact]
    public void A_block_that_was_made_anew_without_the_key_is_found()
    {
        var lines = _bench.Seal();
        using var stranger = new JournalBench();
        lines[^1] = new JournalLine(null, stranger.Sign(lines[^1].Block!));
        Faults(lines).ShouldBe([JournalFault.WrongSignature]);
        lines[^1] = new JournalLine(null, lines[^1].Block! with { Signature = "no digits" });
        Faults(lines).ShouldBe([JournalFault.WrongSignature]);
    }

    [Fact]
    public void A_block_whose_hash_is_made_up_is_found()
    {
        var lines = _bench.Seal();
        lines[^1] = new JournalLine(null, lines[^1].Block! with { Hash = JournalBlock.NoHash });
        Faults(lines).ShouldBe([JournalFault.BrokenChain]);
    }

    [Fact]
    public void A_history_written_anew_by_whoever_has_the_key_is_found_by_the_kept_block()
    {
        var kept = _bench.Seal()[^1].Block;
        _bench.Entries[0] = JournalBench.Entry(1, 1);
        Faults(_bench.Seal(), kept).ShouldBe([JournalFault.Forked]);
        _bench.Entries.RemoveRange(2, 4);
        Faults(_bench.Seal(), kept).ShouldBe([JournalFault.Forked]);
        Faults([], kept).ShouldContain(JournalFault.Forked);
    }

    [Fact]
    public void An_entry_that_was_sealed_unbalanced_is_found()
    {
        var entry = _bench.Entries[3];
        _bench.Entries[3] = entry with { Postings = [entry.Postings[0]] };
        Faults(_bench.Seal()).ShouldBe([JournalFault.Unbalanced]);
    }

    [Fact]
    public void Balances_that_are_not_the_sums_are_found()
    {
        var honest = _bench.Balances();
        var more = new Money(1, Currency.Usd);
        AccountBalance Off(AccountBalance one) => one with { Balance = one.Balance + more };
        Faults(_bench.Seal(), null, honest with { Accounts = [Off(honest.Accounts[0]), .. honest.Accounts.Skip(1)] })
            .ShouldBe([JournalFault.WrongBalance]);
        Faults(_bench.Seal(), null, honest with { Guarded = [Off(honest.Guarded[0])] })
            .ShouldBe([JournalFault.WrongBalance]);
        Faults(_bench.Seal(), null, honest with { Accounts = [.. honest.Accounts.Skip(1)] })
            .ShouldBe([JournalFault.WrongBalance]);
        Faults(_bench.Seal(), null, honest with { Accounts = [.. honest.Accounts, new AccountBalance("Equity", more)] })
            .ShouldBe([JournalFault.WrongBalance]);
    }

    [Fact]
    public void Entries_that_no_block_seals_are_found()
    {
        var lines = _bench.Seal();
        lines.RemoveAt(lines.Count - 1);
        Faults(lines).ShouldBe([JournalFault.Unsealed]);
    }

    [Fact]
    public void Fields_cannot_be_shifted_into_each_other()
    {
        var entry = _bench.Entries[0];
        var shifted = entry with { Key = entry.Key + "a", Description = entry.Description[1..] };
        JournalFormat.HashOf(shifted).ShouldNotBe(JournalFormat.HashOf(entry));
    }

    public void Dispose() => _bench.Dispose();

    private static JournalEntry Changed(JournalEntry entry, string field)
    {
        var contract = ContractId.From(new Guid("00000000-0000-7000-8000-000000000001"));
        IReadOnlyList<LedgerPosting> With(Func<LedgerPosting, LedgerPosting> change) =>
            [.. entry.Postings.Select(change)];
        return field switch
        {
            "amount" => entry with { Postings = With(one => one with { Amount = -one.Amount }) },
            "account" => entry with { Postings = With(one => one with { Account = one.Account + "1" }) },
            "key" => entry with { Key = "payment:other" },
            "text" => entry with { Description = "another" },
            "effective" => entry with { EffectiveAt = entry.EffectiveAt.AddMicroseconds(1) },
            "period" => entry with { Period = "2026-10" },
            "posted" => entry with { PostedAt = entry.PostedAt.AddMicroseconds(1) },
            _ => entry with { ContractId = contract },
        };
    }

    private List<JournalFault> Faults(
        List<JournalLine> lines, JournalBlock? kept = null, JournalBalances? stated = null)
    {
        using var verifier = Read(lines, kept, stated);
        return verifier.Findings.Select(finding => finding.Fault).Distinct().ToList();
    }

    private JournalVerifier Read(List<JournalLine> lines, JournalBlock? kept = null, JournalBalances? stated = null)
    {
        var verifier = new JournalVerifier(_bench.Key, kept);
        lines.ForEach(verifier.Add);
        verifier.Close(stated ?? _bench.Balances());
        return verifier;
    }
}
