using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Primitives;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class TokenTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
    private readonly ManualTimeProvider _time = new();
    private KeyRing _keys = null!;

    private TokenIssuer Issuer => new(_keys, _time);

    private TokenVerifier Verifier => new(_keys, _time);

    public async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(_directory, ["identity", "ordering", "catalog", "proxy.node-1",
            KeyFiles.SecretsKeyName]);
        _keys = new KeyRing(_directory);
    }

    public ValueTask DisposeAsync()
    {
        _keys.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_token_of_identity_says_who_speaks_to_every_service()
    {
        var account = TypedId.New<AccountId>(_time);
        var organisation = TypedId.New<OrganisationId>(_time);
        var authenticatedAt = _time.GetUtcNow().AddMinutes(-3);
        var token = Issuer.IssueForUser(new UserGrant(account, organisation, ["seller"], ["rigs"], authenticatedAt));

        var caller = Verifier.Verify(token.Text, "catalog").ShouldNotBeNull();
        caller.AccountId.ShouldBe(account);
        caller.OrganisationId.ShouldBe(organisation);
        caller.IsInRole("seller").ShouldBeTrue();
        caller.Scopes.ShouldBe(["rigs"]);
        caller.Service.ShouldBeNull();
        caller.AuthenticatedAt.ShouldBe(authenticatedAt);
        caller.ExpiresAt.ShouldBe(_time.GetUtcNow() + TokenIssuer.UserTokenLifetime);
    }

    [Fact]
    public void A_service_token_is_for_one_service_and_one_minute()
    {
        var token = Issuer.IssueForService("ordering", "catalog");

        Verifier.Verify(token.Text, "catalog").ShouldNotBeNull().Service.ShouldBe("ordering");
        Verifier.Verify(token.Text, "billing").ShouldBeNull();
        Verifier.Verify(token.Text, null).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(66));
        Verifier.Verify(token.Text, "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_token_expires_after_five_minutes()
    {
        var token = UserToken();
        _time.Advance(TimeSpan.FromSeconds(299));
        Verifier.Verify(token, "catalog").ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(7));
        Verifier.Verify(token, "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_token_from_the_future_is_refused()
    {
        var token = UserToken();
        var earlier = new ManualTimeProvider(_time.GetUtcNow().AddMinutes(-1));

        new TokenVerifier(_keys, earlier).Verify(token, "catalog").ShouldBeNull();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    public void Another_algorithm_is_refused(string algorithm)
    {
        var parts = UserToken().Split('.');
        var header = Decode(parts[0]).Replace("ES256", algorithm, StringComparison.Ordinal);
        var signed = $"{Encode(header)}.{parts[1]}";

        Verifier.Verify($"{signed}.{parts[2]}", "catalog").ShouldBeNull();
        Verifier.Verify($"{signed}.", "catalog").ShouldBeNull();
        var publicKey = File.ReadAllBytes(Path.Combine(_directory, "identity.public.pem"));
        var mac = HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(signed));
        Verifier.Verify($"{signed}.{Base64Url.EncodeToString(mac)}", "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_token_whose_key_is_unknown_is_refused()
    {
        var parts = UserToken().Split('.');
        var header = Decode(parts[0]).Replace("identity:", "identity:x", StringComparison.Ordinal);

        Verifier.Verify($"{Encode(header)}.{parts[1]}.{parts[2]}", "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_changed_token_is_refused()
    {
        var parts = UserToken().Split('.');
        var claims = Decode(parts[1]).Replace("renter", "operator", StringComparison.Ordinal);

        Verifier.Verify($"{parts[0]}.{Encode(claims)}.{parts[2]}", "catalog").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    public void What_is_no_token_is_refused(string token) => Verifier.Verify(token, "catalog").ShouldBeNull();

    [Fact]
    public void A_service_cannot_speak_for_a_person()
    {
        var forged = Sign("ordering", claims => claims with { Organisation = Guid.CreateVersion7().ToString() });

        Verifier.Verify(forged, "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_service_cannot_speak_for_another_service()
    {
        var forged = Sign("ordering", claims => claims with { Subject = "catalog", Audience = "billing" });

        Verifier.Verify(forged, "billing").ShouldBeNull();
    }

    [Fact]
    public void A_key_signs_only_in_its_own_name()
    {
        var claims = Claims("identity");
        var forged = CompactToken.Sign(claims, _keys.SigningKey("ordering"));

        Verifier.Verify(forged, "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_node_key_signs_readings_and_no_tokens()
    {
        var forged = Sign("proxy.node-1", claims => claims with { Subject = "proxy.node-1", Audience = "billing" });

        Verifier.Verify(forged, "billing").ShouldBeNull();
    }

    [Fact]
    public void A_token_that_would_live_too_long_is_refused()
    {
        var forged = Sign("identity", claims => claims with { ExpiresAt = claims.IssuedAt + 301 });

        Verifier.Verify(forged, "catalog").ShouldBeNull();
    }

    [Fact]
    public void A_signature_of_a_payload_holds_for_these_bytes_and_this_signer()
    {
        var payload = RandomNumberGenerator.GetBytes(100);
        var signature = new PayloadSigner(_keys).Sign("proxy.node-1", payload);
        var verifier = new PayloadVerifier(_keys);

        verifier.Verify("proxy.node-1", payload, signature).ShouldBeTrue();
        verifier.Verify("ordering", payload, signature).ShouldBeFalse();
        verifier.Verify("proxy.node-2", payload, signature).ShouldBeFalse();
        payload[5] ^= 1;
        verifier.Verify("proxy.node-1", payload, signature).ShouldBeFalse();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Private_keys_are_readable_by_their_owner_alone_and_are_made_once()
    {
        var path = Path.Combine(_directory, "identity.private.pem");
        var before = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        string[] late = [.. Enumerable.Range(0, 20).Select(number => $"late-{number}")];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => KeyFiles.EnsureAsync(_directory, ["identity", .. late]))));

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe(before);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var ring = new KeyRing(_directory);
        var (signer, verifier, payload) = (new PayloadSigner(ring), new PayloadVerifier(ring), new byte[] { 1 });
        late.Where(name => !verifier.Verify(name, payload, signer.Sign(name, payload))).ShouldBeEmpty();
        Directory.GetFiles(_directory, "*.unfinished").ShouldBeEmpty();
    }

    [Fact]
    public void A_process_without_the_private_key_cannot_sign()
    {
        File.Delete(Path.Combine(_directory, "catalog.private.pem"));

        Should.Throw<InvalidOperationException>(() => Issuer.IssueForService("catalog", "billing"));
    }

    private string UserToken() => Issuer.IssueForUser(new UserGrant(
        TypedId.New<AccountId>(_time), TypedId.New<OrganisationId>(_time), ["renter"], [], _time.GetUtcNow())).Text;

    private string Sign(string issuer, Func<TokenClaims, TokenClaims> change) =>
        CompactToken.Sign(change(Claims(issuer)), _keys.SigningKey(issuer));

    private TokenClaims Claims(string issuer) => new()
    {
        Issuer = issuer,
        Subject = Guid.CreateVersion7().ToString(),
        Audience = TokenRules.UserAudience,
        Organisation = Guid.CreateVersion7().ToString(),
        IssuedAt = _time.GetUtcNow().ToUnixTimeSeconds(),
        ExpiresAt = _time.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds(),
    };

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
