using Marketplace.Identity.Accounts;

namespace Marketplace.Identity.Sessions;

/// <summary>
/// One sign-in. It is kept here and not only in the cookie, so that signing out also ends a copy of the cookie, and it
/// remembers the security stamp, so that a changed password ends it.
/// </summary>
internal sealed class Session
{
    private Session(
        SessionId id, Guid accountId, string securityStamp, DateTimeOffset signedInAt, DateTimeOffset endsAt)
    {
        Id = id;
        AccountId = accountId;
        SecurityStamp = securityStamp;
        SignedInAt = signedInAt;
        EndsAt = endsAt;
    }

    public SessionId Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string SecurityStamp { get; private set; }

    /// <summary>When the person last proved who they are: a token's <c>auth_time</c>.</summary>
    public DateTimeOffset SignedInAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public static Session Start(Account account, TimeSpan lifetime, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var stamp = account.SecurityStamp
            ?? throw new InvalidOperationException("An account without a security stamp.");
        return new Session(TypedId.New<SessionId>(time), account.Id, stamp, now, now + lifetime);
    }
}
