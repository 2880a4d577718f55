using Marketplace.Ordering.Pricing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketplace.Ordering.Tests.Pricing;

public sealed class PricingConfigurationTests
{
    [Fact]
    public void Periods_are_read_from_configuration()
    {
        var pricing = Read(
            ("Pricing:Periods:0:FromAt", "2026-01-01T00:00:00Z"), ("Pricing:Periods:0:VatBasisPoints", "1900"));

        var period = pricing.Periods.Single();
        period.FromAt.ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (period.RenterFeeBasisPoints, period.VatBasisPoints).ShouldBe((400, 1_900));
    }

    [Fact]
    public void A_period_with_an_impossible_fee_is_refused_with_its_reason()
    {
        var refusal = Should.Throw<OptionsValidationException>(() => Read(
            ("Pricing:Periods:0:FromAt", "2026-01-01T00:00:00Z"), ("Pricing:Periods:0:RenterFeeBasisPoints", "-1")));
        refusal.Message.ShouldContain("RenterFeeBasisPoints");
    }

    private static PricingOptions Read(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build());
        services.AddOptions<PricingOptions>().BindConfiguration(PricingOptions.Section).ValidateDataAnnotations();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<PricingOptions>>().Value;
    }
}
