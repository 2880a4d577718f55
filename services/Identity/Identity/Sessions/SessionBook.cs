using Marketplace.Identity.Accounts;
using Marketplace.Identity.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Identity.Sessions;

/// <summary>Starts, finds and ends sessions.</summary>
internal sealed class SessionBook(AccountDbContext db, IOptions<IdentityServiceOptions> options, TimeProvider time)
{
    public const int MaxSessionsPerAccount = 20;

    public async Task<CurrentSession> StartAsync(Account account, HttpContext http, CancellationToken cancellationToken)
    {
        await MakeRoomAsync(account.Id, cancellationToken);
        var session = Session.Start(account, TimeSpan.FromHours(options.Value.SessionHours), time);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        await SessionCookie.WriteAsync(http, session);
        var organisation = await db.Organisations.SingleAsync(
            own => own.Id == account.OrganisationId, cancellationToken);
        return new CurrentSession(session, account, organisation.Name);
    }

    /// <summary>Null when it ended, or when the account's security stamp changed since it began.</summary>
    public async Task<CurrentSession?> FindAsync(SessionId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await (
            from session in db.Sessions.AsNoTracking()
            join account in db.Accounts on session.AccountId equals account.Id
            join organisation in db.Organisations on account.OrganisationId equals organisation.Id
            where session.Id == id && session.EndsAt > now && session.SecurityStamp == account.SecurityStamp
            select new CurrentSession(session, account, organisation.Name)).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task EndAsync(Session session, HttpContext http, CancellationToken cancellationToken)
    {
        await db.Sessions.Where(own => own.Id == session.Id).ExecuteDeleteAsync(cancellationToken);
        await SessionCookie.DeleteAsync(http);
    }

    /// <summary>Sessions that ended go, and the oldest of too many.</summary>
    private async Task MakeRoomAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.Sessions.Where(session => session.AccountId == accountId && session.EndsAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
        var tooMany = await db.Sessions.Where(session => session.AccountId == accountId)
            .OrderByDescending(session => session.SignedInAt)
            .Skip(MaxSessionsPerAccount - 1)
            .Select(session => session.Id)
            .ToListAsync(cancellationToken);
        await db.Sessions.Where(session => tooMany.Contains(session.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
