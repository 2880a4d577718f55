using FsCheck;
using FsCheck.Fluent;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Settlement;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Pure;

/// <summary>Work that the renter's pool refused by our fault, whenever that shows.</summary>
public sealed class RefusedWorkProperties
{
    private const int Whole = 1_000_000;
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ContractParties Parties = new(
        ContractId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)));

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    /// <summary>
    /// Steps of work in millionths of the promise, and how much of all that was good until then turns out refused; in
    /// one of two steps nothing does.
    /// </summary>
    private static readonly Arbitrary<(ContractTerms Terms, (int Proved, int Refused)[] Steps)> AnyLife =
        (from terms in HoldProperties.AnyTerms
         from steps in (from proved in Gen.Choose(0, 250_000)
                        from refused in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, Whole))
                        select (proved, refused)).ArrayOf()
         select (terms, steps)).ToArbitrary();

    [Fact]
    public void The_seller_gets_what_all_his_proved_work_earns_and_never_more_than_was_promised() =>
        Check.One(Many, Prop.ForAll(AnyLife, life =>
        {
            var metered = MeterOf(life.Terms, life.Steps).LastOrDefault();
            var balances = Balances(life.Terms, life.Steps);
            var paid = -balances.GetValueOrDefault(Account.SellerAccrued(Parties.Seller));
            paid.ShouldBe(Accrual.Earned(life.Terms, metered.Proved).SellerNet.Units);
            paid.ShouldBeLessThanOrEqualTo(Accrual.Earned(life.Terms, life.Terms.PromisedWork).SellerNet.Units);
        }));

    [Fact]
    public void The_renter_pays_for_what_was_not_refused_and_the_marketplace_for_the_rest() =>
        Check.One(Many, Prop.ForAll(AnyLife, life =>
        {
            var metered = MeterOf(life.Terms, life.Steps).LastOrDefault();
            var balances = Balances(life.Terms, life.Steps);
            var earned = Accrual.Earned(life.Terms, metered.Charged);
            balances.GetValueOrDefault(Account.SellerFee).ShouldBe(-earned.SellerFee.Units);
            balances.GetValueOrDefault(Account.RenterFee).ShouldBe(-earned.RenterFee.Units);
            var expense = balances.GetValueOrDefault(Account.RefusedWork);
            expense.ShouldBe(Accrual.Refused(life.Terms, metered).SellerNet.Units);
            expense.ShouldBeGreaterThanOrEqualTo((Int128)0);
            (metered.RefusedByOurFault == Work.Zero && expense != 0).ShouldBeFalse();
        }));

    [Fact]
    public void The_hold_is_never_overdrawn_and_empty_at_the_end_and_the_credit_note_says_why() =>
        Check.One(Many, Prop.ForAll(AnyLife, life =>
        {
            var balances = Balances(life.Terms, life.Steps);
            balances.Values.Aggregate((Int128)0, (sum, units) => sum + units).ShouldBe((Int128)0);
            balances[Account.Held(Parties.Contract)].ShouldBe((Int128)0);
            var closing = ClosingOf(life.Terms, MeterOf(life.Terms, life.Steps).LastOrDefault());
            closing.RefusedReturned.IsNegative.ShouldBeFalse();
            closing.RefusedReturned.ShouldBeLessThanOrEqualTo(closing.PriceReturned);
            closing.TotalReturned.ShouldBeLessThanOrEqualTo(life.Terms.Total);
        }));

    [Fact]
    public void Machines_that_go_on_deliver_to_the_renter_what_was_refused_before_and_nobody_pays_twice()
    {
        var metered = new MeteredWork(Hashes(1_200), Hashes(200));
        Accrual.Refused(Worked(1_000), metered).IsZero.ShouldBeTrue();
        Accrual.LastDue(Worked(1_000), metered, Earnings.Zero(Currency.Usd)).FromHold.ShouldBe(Usd("104.00"));
    }

    [Fact]
    public void What_is_refused_after_it_was_paid_for_is_made_up_for_by_the_work_that_follows()
    {
        var (terms, settled) = (Worked(1_000), Accrual.Earned(Worked(1_000), Hashes(100)));
        Accrual.Due(terms, new MeteredWork(Hashes(100), Hashes(60)), settled).IsZero.ShouldBeTrue();
        Accrual.Due(terms, new MeteredWork(Hashes(160), Hashes(60)), settled).IsZero.ShouldBeTrue();
        Accrual.Due(terms, new MeteredWork(Hashes(170), Hashes(60)), settled).Price.ShouldBe(Usd("1.00"));
        Accrual.LastDue(terms, new MeteredWork(Hashes(100), Hashes(60)), settled).Price.ShouldBe(Usd("-6.00"));
    }

    private static IEnumerable<MeteredWork> MeterOf(ContractTerms terms, (int Proved, int Refused)[] steps)
    {
        var metered = default(MeteredWork);
        foreach (var (proved, refused) in steps)
        {
            metered = metered with { Proved = metered.Proved + PartOf(terms.PromisedWork, proved) };
            var turnsOut = PartOf(metered.Charged, refused);
            metered = metered with { RefusedByOurFault = metered.RefusedByOurFault + turnsOut };
            yield return metered;
        }
    }

    private static Dictionary<Account, Int128> Balances(ContractTerms terms, (int Proved, int Refused)[] steps)
    {
        var balances = new Dictionary<Account, Int128>();
        foreach (var turn in EntriesOf(terms, steps))
        {
            foreach (var posting in turn.SelectMany(entry => entry.Postings))
            {
                balances[posting.Account] = balances.GetValueOrDefault(posting.Account) + posting.Amount.Units;
            }

            balances.Where(balance => balance.Key.IsGuarded).ShouldAllBe(balance => balance.Value <= 0);
        }

        return balances;
    }

    /// <summary>Entries that are posted together are held against the guarded accounts together.</summary>
    private static IEnumerable<IReadOnlyList<Entry>> EntriesOf(ContractTerms terms, (int Proved, int Refused)[] steps)
    {
        yield return [ContractEntries.Payment(Parties, "pi_1", terms.Total, At)];
        yield return [ContractEntries.Order(Parties, terms, "INV-1", At)];
        var (settled, metered) = (Earnings.Zero(terms.Currency), default(MeteredWork));
        foreach (var reading in MeterOf(terms, steps))
        {
            metered = reading;
            var due = Accrual.Due(terms, metered, settled);
            settled += due;
            yield return Accrue(due, metered);
        }

        var last = Accrual.LastDue(terms, metered, settled);
        var refused = Accrual.Refused(terms, metered);
        yield return
        [
            .. Accrue(last, metered),
            .. refused.SellerNet.IsZero
                ? []
                : new[] { ContractEntries.Refused(Parties, refused, metered, At) },
            .. ContractEntries.Close(Parties, ClosingOf(terms, metered), "CN-1", At) is { } close
                ? new[] { close }
                : [],
        ];
    }

    private static Entry[] Accrue(Earnings due, MeteredWork metered) =>
        due.IsZero ? [] : [ContractEntries.Accrual(Parties, due, "accrual:1", metered, At)];

    private static Closing ClosingOf(ContractTerms terms, MeteredWork metered) => Closing.Of(
        terms, Accrual.Earned(terms, metered.Charged), Accrual.Refused(terms, metered));

    private static Work PartOf(Work work, int millionths) => new(work.Hashes * (UInt128)millionths / Whole);
}
