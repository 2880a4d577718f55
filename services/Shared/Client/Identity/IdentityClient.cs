namespace Marketplace.Client.Identity;

/// <summary>Accounts and sessions. The session is a cookie, so the channel needs a cookie container.</summary>
/// <param name="channel">Its base address is the root of the host that serves <c>/api/identity</c>.</param>
public sealed class IdentityClient(ApiChannel channel)
{
    private const string Root = "api/identity";

    /// <summary>Opens an account and signs it in.</summary>
    /// <exception cref="ApiProblemException">
    /// <c>email-invalid</c>, <c>email-taken</c>, <c>password-too-weak</c>, <c>organisation-name-invalid</c>,
    /// <c>country-unknown</c>, <c>role-not-open</c>.
    /// </exception>
    public Task<SessionInfo> RegisterAsync(RegisterAccount account, CancellationToken cancellationToken) =>
        channel.PostAsync<RegisterAccount, SessionInfo>($"{Root}/accounts", account, cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>sign-in-refused</c> (401): unknown e-mail, wrong password and a locked account all answer the same.
    /// </exception>
    public Task<SessionInfo> SignInAsync(SignIn signIn, CancellationToken cancellationToken) =>
        channel.PostAsync<SignIn, SessionInfo>($"{Root}/session", signIn, cancellationToken);

    /// <exception cref="ApiProblemException"><c>not-signed-in</c> (401).</exception>
    public Task<SessionInfo> GetSessionAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<SessionInfo>($"{Root}/session", cancellationToken);

    /// <summary>Ends the session on the server too: a copy of its cookie opens nothing any more.</summary>
    public Task SignOutAsync(CancellationToken cancellationToken) =>
        channel.DeleteAsync($"{Root}/session", cancellationToken);

    /// <summary>Exchanges the session for a token of at most five minutes that every service accepts.</summary>
    /// <exception cref="ApiProblemException"><c>not-signed-in</c> (401).</exception>
    public Task<AccessToken> GetTokenAsync(CancellationToken cancellationToken) =>
        channel.PostAsync<NoContent, AccessToken>($"{Root}/tokens", new NoContent(), cancellationToken);

    private sealed record NoContent;
}
