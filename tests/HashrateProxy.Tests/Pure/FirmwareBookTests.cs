using Marketplace.HashrateProxy.Downstream;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class FirmwareBookTests
{
    private readonly FirmwareBook _book = new();

    private void Fail(string firmware, FirmwareLayout layout, int times)
    {
        for (var strike = 0; strike < times; strike++)
        {
            _book.Failed(firmware, layout);
        }
    }

    [Theory]
    [InlineData("cgminer/4.11.1", int.MaxValue, 1, 3)]
    [InlineData("cgminer/4.11.1", 4, 1, 3)]
    [InlineData("cgminer/4.11.1", 3, 1, 2)]
    [InlineData("cgminer/4.11.1", 2, 0, 2)]
    [InlineData("NiceHash/1.0.0", 16, 1, 7)]
    [InlineData("NiceHash/1.0.0", 7, 0, 4)]
    [InlineData("ckproxy/1.0", 4, 1, 3)]
    [InlineData("BraiinsFarmProxy/24", 3, 0, 3)]
    public void A_layout_leaves_the_pool_its_bytes_and_the_firmware_as_many_as_it_needs(
        string firmware, int poolBytes, int extranonce1Bytes, int extranonce2Bytes) =>
        _book.LayoutFor(firmware, poolBytes).ShouldBe(new FirmwareLayout(extranonce1Bytes, extranonce2Bytes));

    [Theory]
    [InlineData("cgminer/4.11.1", 1)]
    [InlineData("NiceHash/1.0.0", 3)]
    public void Where_nothing_fits_there_is_none(string firmware, int poolBytes) =>
        _book.LayoutFor(firmware, poolBytes).ShouldBeNull();

    [Fact]
    public void Firmware_that_keeps_leaving_is_given_another_layout_and_that_is_remembered_for_it_alone()
    {
        Fail("picky/1.0", new FirmwareLayout(1, 3), FirmwareBook.StrikesOfALayout - 1);
        _book.LayoutFor("picky/1.0").ShouldBe(new FirmwareLayout(1, 3));
        Fail("picky/1.0", new FirmwareLayout(1, 3), 1);
        _book.LayoutFor("picky/1.0").ShouldBe(new FirmwareLayout(1, 7));
        _book.LayoutFor("PICKY/1.0", 4).ShouldBe(new FirmwareLayout(0, 4));
        _book.LayoutFor("modest/1.0").ShouldBe(new FirmwareLayout(1, 3));
    }

    [Fact]
    public void One_share_shows_that_the_layout_was_not_the_reason()
    {
        _book.Worked("flaky/1.0", new FirmwareLayout(1, 3));
        Fail("flaky/1.0", new FirmwareLayout(1, 3), 100);
        _book.LayoutFor("flaky/1.0").ShouldBe(new FirmwareLayout(1, 3));
    }

    [Fact]
    public void When_everything_failed_the_first_choice_is_tried_again()
    {
        foreach (var layout in FirmwareLayout.CandidatesFor("hopeless/1.0"))
        {
            Fail("hopeless/1.0", layout, FirmwareBook.StrikesOfALayout);
        }

        _book.LayoutFor("hopeless/1.0").ShouldBe(new FirmwareLayout(1, 3));
    }
}
