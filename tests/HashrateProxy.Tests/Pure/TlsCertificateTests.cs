using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.ServiceDefaults.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class TlsCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marketplace-tls-").FullName;
    private readonly ManualTimeProvider _time = new();

    private StratumOptions Files => new()
    {
        CertificateFile = Path.Combine(_folder, "crt.pem"),
        CertificateKeyFile = Path.Combine(_folder, "key.pem"),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task RenewAsync(DateTime writtenAt)
    {
        File.Delete(Files.CertificateFile);
        File.Delete(Files.CertificateKeyFile);
        await CertificateFiles.EnsureSelfSignedAsync(
            Files.CertificateFile, Files.CertificateKeyFile, TimeProvider.System,
            TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Files.CertificateFile, writtenAt);
    }

    private TlsCertificate NewCertificate() =>
        new(Options.Create(Files), _time, NullLogger<TlsCertificate>.Instance);

    private static string Thumbprint(TlsCertificate certificate) =>
        certificate.ServerOptions().ServerCertificateContext!.TargetCertificate.Thumbprint;

    [Fact]
    public async Task A_renewed_certificate_is_taken_up_within_a_minute_and_a_broken_one_is_not()
    {
        await RenewAsync(DateTime.UnixEpoch);
        var certificate = NewCertificate();
        var first = Thumbprint(certificate);

        await RenewAsync(DateTime.UnixEpoch.AddDays(1));
        Thumbprint(certificate).ShouldBe(first);
        _time.Advance(TimeSpan.FromMinutes(1));
        var second = Thumbprint(certificate);
        second.ShouldNotBe(first);

        await File.WriteAllTextAsync(Files.CertificateFile, "half a file", TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(1));
        Thumbprint(certificate).ShouldBe(second);
    }

    [Fact]
    public void Without_a_first_certificate_it_says_so() =>
        Should.Throw<Exception>(() => NewCertificate().ServerOptions())
            .ShouldSatisfyAllConditions(
                failure => (failure is IOException or CryptographicException).ShouldBeTrue(failure.ToString()));

    [Fact]
    public void Settings_that_contradict_each_other_are_refused()
    {
        IsValid(new StratumOptions()).ShouldBeTrue();
        IsValid(Files with { TlsPort = 0 }).ShouldBeTrue();
        IsValid(new StratumOptions { TlsPort = 0 }).ShouldBeFalse();
        IsValid(Files with { CertificateKeyFile = "" }).ShouldBeFalse();
        IsValid(new StratumOptions { TrustedProxies = ["10.0.0.0/8", "::1/128"] }).ShouldBeTrue();
        IsValid(new StratumOptions { TrustedProxies = ["balancer"] }).ShouldBeFalse();
    }

    private static bool IsValid(StratumOptions options) =>
        Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true);
}
