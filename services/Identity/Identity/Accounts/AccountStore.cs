using Marketplace.Identity.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Marketplace.Identity.Accounts;

/// <summary>
/// The framework's store over a service's own context: it needs the account mapped, not a context of its own kind, so
/// the outbox and the account share a transaction.
/// </summary>
internal sealed class AccountStore(AccountDbContext context, IdentityErrorDescriber describer)
    : UserOnlyStore<Account, AccountDbContext, Guid>(context, describer);
