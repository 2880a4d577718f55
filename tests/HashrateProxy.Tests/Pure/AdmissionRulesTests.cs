using System.Net;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.Stratum;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class AdmissionRulesTests
{
    private static readonly PeerKind Somebody = new(IPAddress.Loopback, "cgminer/4.11.1");

    private static Doorkeeper NewDoor() => new(Options.Create(
        new StratumOptions { MaxConnectionsPerAddress = 1, MaxConnectionsPerRig = 2, MaxConnectionsPerSeller = 3 }));

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", ClosingReason.TooManyOfAddress)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", null)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", ClosingReason.TooManyOfAddress)]
    [InlineData("192.0.2.1", "192.0.2.2", null)]
    public void A_site_counts_as_one_address(string first, string second, object? refusal)
    {
        var door = NewDoor();
        using var place = door.Enter(IPAddress.Parse(first));
        place.Refusal.ShouldBeNull();
        using var next = door.Enter(IPAddress.Parse(second));
        next.Refusal.ShouldBe((ClosingReason?)refusal);
    }

    [Fact]
    public void A_place_that_is_given_back_is_free_again()
    {
        var door = NewDoor();
        door.Enter(IPAddress.Loopback).Dispose();
        door.Enter(IPAddress.Loopback).Refusal.ShouldBeNull();
        door.Enter(IPAddress.Loopback).Refusal.ShouldBe(ClosingReason.TooManyOfAddress);
    }

    [Fact]
    public void A_seller_has_a_limit_over_all_rigs_and_a_refused_rig_takes_no_place()
    {
        var door = NewDoor();
        var seller = OrganisationId.From(Guid.CreateVersion7());
        var (one, two) = (RigId.From(Guid.CreateVersion7()), RigId.From(Guid.CreateVersion7()));
        door.TryEnter(one, seller).ShouldBeNull();
        door.TryEnter(one, seller).ShouldBeNull();
        door.TryEnter(one, seller).ShouldBe(ClosingReason.TooManyOfRig);
        door.TryEnter(two, seller).ShouldBeNull();
        door.TryEnter(two, seller).ShouldBe(ClosingReason.TooManyOfSeller);
        door.Leave(one, seller);
        door.TryEnter(two, seller).ShouldBeNull();
        door.TryEnter(one, seller).ShouldBe(ClosingReason.TooManyOfSeller);
    }

    [Fact]
    public void A_budget_allows_a_burst_and_then_so_many_a_second()
    {
        var time = new ManualTimeProvider();
        var budget = new SubmitBudget(5, time);
        Taken(ref budget, time).ShouldBe(50);
        time.Advance(TimeSpan.FromSeconds(2));
        Taken(ref budget, time).ShouldBe(10);
        time.Advance(TimeSpan.FromHours(1));
        Taken(ref budget, time).ShouldBe(50);
    }

    [Fact]
    public void A_session_is_kept_for_two_minutes_and_taken_back_once()
    {
        var time = new ManualTimeProvider();
        var book = new SessionBook(time);
        var place = new SessionPlace(new Extranonce([7]), new FirmwareLayout(1, 3));
        book.Keep("one", place);
        time.Advance(SessionBook.KeptFor);
        book.Keep("two", place);
        book.TakeBack("one", Somebody).ShouldBe(place);
        book.TakeBack("one", Somebody).ShouldBeNull();
        time.Advance(TimeSpan.FromSeconds(1));
        book.TakeBack("two", Somebody).ShouldBe(place);
        book.Keep("three", place);
        time.Advance(SessionBook.KeptFor + TimeSpan.FromSeconds(1));
        book.TakeBack("three", Somebody).ShouldBeNull();
    }

    [Fact]
    public void One_who_forgets_its_session_is_known_by_where_it_comes_from_and_what_it_is()
    {
        var time = new ManualTimeProvider();
        var book = new SessionBook(time);
        var place = new SessionPlace(new Extranonce([7]), new FirmwareLayout(1, 2), IsRefit: true);
        book.Expect(Somebody, place);
        book.TakeBack("", Somebody with { Firmware = "other/1.0" }).ShouldBeNull();
        book.TakeBack("", Somebody with { Address = IPAddress.IPv6Loopback }).ShouldBeNull();
        book.TakeBack("", Somebody).ShouldBe(place);
        book.TakeBack("", Somebody).ShouldBeNull();
        book.Expect(Somebody, place);
        time.Advance(SessionBook.KeptFor + TimeSpan.FromSeconds(1));
        book.TakeBack("", Somebody).ShouldBeNull();
    }

    private static int Taken(ref SubmitBudget budget, TimeProvider time)
    {
        var taken = 0;
        while (budget.TryTake(time))
        {
            taken++;
        }

        return taken;
    }
}
