using System.Security.Cryptography;
using Marketplace.Identity.Accounts;
using Marketplace.Identity.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Identity.Sessions;

/// <summary>
/// Checks a password. A try is counted before the password is looked at, in one statement, so that many guesses at the
/// same time are counted like many in a row. An unknown e-mail does the same work as a known one.
/// </summary>
internal sealed class SignInGate(
    AccountDbContext db, IPasswordHasher<Account> hasher, ILookupNormalizer normalizer, TimeProvider time)
{
    public const int MaxFailedTries = 5;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>A hash that no password is known for, with the same cost as every other.</summary>
    private static readonly string NobodysHash =
        new PasswordHasher<object>().HashPassword(new object(), RandomNumberGenerator.GetHexString(64));

    /// <summary>The account, or null: unknown, locked and wrong are not told apart.</summary>
    public async Task<Account?> AdmitAsync(string? email, string? password, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(email?.Trim() ?? "");
        var account = await db.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(known => known.NormalizedEmail == normalized, cancellationToken);
        var mayTry = await CountTryAsync(account?.Id ?? Guid.Empty, cancellationToken);
        var given = password is { Length: <= PasswordRules.MaxLength } ? password : "";
        var verdict = hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? NobodysHash, given);
        if (account is null || !mayTry || verdict == PasswordVerificationResult.Failed)
        {
            return null;
        }

        await ForgetTriesAsync(account.Id, cancellationToken);
        return account;
    }

    /// <summary>
    /// False while the account is locked. The last try that is allowed locks it, unless it turns out right.
    /// </summary>
    private async Task<bool> CountTryAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lockedUntil = now + Lockout;
        var counted = await db.Accounts
            .Where(account => account.Id == accountId && (account.LockoutEnd == null || account.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(
                        account => account.AccessFailedCount,
                        account => account.AccessFailedCount + 1 >= MaxFailedTries ? 0 : account.AccessFailedCount + 1)
                    .SetProperty(
                        account => account.LockoutEnd,
                        account => account.AccessFailedCount + 1 >= MaxFailedTries ? lockedUntil : null),
                cancellationToken);
        return counted == 1;
    }

    private async Task ForgetTriesAsync(Guid accountId, CancellationToken cancellationToken) =>
        await db.Accounts.Where(account => account.Id == accountId).ExecuteUpdateAsync(
            set => set
                .SetProperty(account => account.AccessFailedCount, 0)
                .SetProperty(account => account.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);
}
