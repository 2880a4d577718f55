using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Proposals;

/// <summary>Entries by hand: one person writes, another approves, and only then is it in the books.</summary>
internal sealed class ProposalDesk(BillingTransactions transactions, LedgerStore ledger, TimeProvider time)
{
    public Task<Proposal> ProposeAsync(ProposeEntry asked, Caller caller, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            (context, _) =>
            {
                var (id, now) = (TypedId.New<ProposalId>(time), time.GetUtcNow());
                var entry = HandWritten.Entry(
                    EntryKey.Manual(id), asked.Reason, asked.EffectiveAt, asked.ContractId, asked.Postings);
                return Task.FromResult(Add(context, id, asked.Reason, entry, null, caller.AccountId, now));
            },
            cancellationToken);

    /// <summary>The opposite of an entry, as of now: what was posted stays as it was.</summary>
    /// <exception cref="BusinessRuleException">
    /// <c>entry-not-found</c>, <c>entry-reversed</c>, <c>account-of-provider</c>
    /// </exception>
    public Task<Proposal> ProposeReversalAsync(
        EntryId entryId, string reason, Caller caller, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (context, token) =>
            {
                var reversed = await context.Entries.AsNoTracking()
                    .SingleOrDefaultAsync(entry => entry.Id == entryId, token)
                    ?? throw BusinessRuleException.NotFound("entry");
                var key = EntryKey.Reversal(reversed.Key);
                if (await context.Entries.AnyAsync(entry => entry.Key == key, token))
                {
                    throw new BusinessRuleException("entry-reversed", $"{reversed.Key} is reversed already.");
                }

                var postings = await context.Postings.AsNoTracking()
                    .Where(posting => posting.EntryId == entryId).OrderBy(posting => posting.Line).ToListAsync(token);
                var (id, now) = (TypedId.New<ProposalId>(time), time.GetUtcNow());
                var entry = HandWritten.Entry(
                    key, reason, now, reversed.ContractId, postings.ConvertAll(posting =>
                        new LedgerPosting(posting.Account, new Money(-posting.Units, posting.Currency))));
                return Add(context, id, reason, entry, entryId, caller.AccountId, now);
            },
            cancellationToken);

    /// <exception cref="BusinessRuleException">
    /// <c>proposal-not-found</c>, <c>proposal-decided</c>, <c>second-person-needed</c>, <c>entry-reversed</c>,
    /// <c>funds-insufficient</c>
    /// </exception>
    public Task<Proposal> ApproveAsync(ProposalId id, Caller caller, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (context, token) =>
            {
                var proposal = await FindAsync(context, id, token);
                proposal.Post(caller.AccountId, time.GetUtcNow());
                if (await ledger.PostAsync(context, [proposal.ToEntry()], token) == 0)
                {
                    throw new BusinessRuleException("entry-reversed", $"{proposal.Key} was posted meanwhile.");
                }

                return proposal;
            },
            cancellationToken);

    /// <exception cref="BusinessRuleException"><c>proposal-not-found</c>, <c>proposal-decided</c></exception>
    public Task<Proposal> RejectAsync(
        ProposalId id, string because, Caller caller, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (context, token) =>
            {
                var proposal = await FindAsync(context, id, token);
                proposal.Reject(caller.AccountId, because, time.GetUtcNow());
                return proposal;
            },
            cancellationToken);

    private static Proposal Add(
        BillingDbContext context,
        ProposalId id,
        string reason,
        Entry entry,
        EntryId? reverses,
        AccountId by,
        DateTimeOffset at)
    {
        var proposal = Proposal.Of(id, reason, entry, reverses, by, at);
        context.Proposals.Add(proposal);
        return proposal;
    }

    private static async Task<Proposal> FindAsync(
        BillingDbContext context, ProposalId id, CancellationToken cancellationToken) =>
        await context.Proposals.SingleOrDefaultAsync(proposal => proposal.Id == id, cancellationToken)
        ?? throw BusinessRuleException.NotFound("proposal");
}
