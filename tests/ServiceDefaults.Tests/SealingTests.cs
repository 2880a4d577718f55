using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Marketplace.ServiceDefaults.Security;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class SealingTests : IDisposable
{
    private readonly ECDiffieHellman _recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _recipient.Dispose();

    [Fact]
    public void What_was_sealed_is_opened() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        secret =>
        {
            var text = new string([.. secret.Get.Where(character => !char.IsSurrogate(character))]);
            return SealedText.Open(SealedText.Seal(text, _recipient), _recipient) == text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_secret_is_never_sealed_to_the_same_text() =>
        SealedText.Seal("x", _recipient).ShouldNotBe(SealedText.Seal("x", _recipient));

    [Fact]
    public void A_changed_text_is_not_opened()
    {
        var text = SealedText.Seal("a password", _recipient);
        for (var at = 0; at < text.Length; at++)
        {
            var changed = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
            if (IsOnlyPadding(text, changed))
            {
                continue;
            }

            Should.Throw<Exception>(() => SealedText.Open(changed, _recipient))
                .ShouldBeAssignableTo<CryptographicException>($"at {at}");
        }
    }

    [Fact]
    public void Another_key_does_not_open_it()
    {
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Should.Throw<CryptographicException>(() => SealedText.Open(SealedText.Seal("x", _recipient), other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v1..")]
    [InlineData("v2.AAAA.AAAA")]
    [InlineData("v1.AAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_not_sealed_is_refused(string text) =>
        Should.Throw<CryptographicException>(() => SealedText.Open(text, _recipient));

    [Fact]
    public void A_secret_that_is_too_long_is_refused() => Should.Throw<ArgumentOutOfRangeException>(
        () => SealedText.Seal(new string('x', SealedText.MaxPlaintextBytes + 1), _recipient));

    /// <summary>The last digit of a part may hold bits that no byte uses.</summary>
    private static bool IsOnlyPadding(string text, string changed) => text.Split('.').Zip(changed.Split('.'))
        .All(parts => System.Buffers.Text.Base64Url.IsValid(parts.Second)
            && Bytes(parts.First).AsSpan().SequenceEqual(Bytes(parts.Second)));

    private static byte[] Bytes(string part) =>
        System.Buffers.Text.Base64Url.IsValid(part) ? System.Buffers.Text.Base64Url.DecodeFromChars(part) : [];
}
