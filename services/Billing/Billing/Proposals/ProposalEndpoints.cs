using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Proposals;

internal static class ProposalEndpoints
{
    /// <summary>Proposals shown, the newest first.</summary>
    private const int MaxShown = 200;

    public static void MapProposals(this IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/ledger").RequireAuthorization(Policies.Finance);
        ledger.MapGet("/proposals", ListAsync)
            .WithName("listProposals")
            .WithSummary("Entries by hand: those that wait for a second person first, then the newest.");
        ledger.MapPost("/proposals", ProposeAsync)
            .WithName("proposeEntry")
            .WithSummary("Write an entry by hand; it is posted when somebody else approves it.");
        ledger.MapPost("/entries/{entryId}/reversal", ProposeReversalAsync)
            .WithName("proposeReversal")
            .WithSummary("Propose the opposite of an entry; it is posted when somebody else approves it.");
        ledger.MapPost("/proposals/{id}/approve", ApproveAsync)
            .WithName("approveProposal")
            .WithSummary("Post what another person wrote.");
        ledger.MapPost("/proposals/{id}/reject", RejectAsync)
            .WithName("rejectProposal")
            .WithSummary("Say no to what another person wrote, or take back one's own.");
    }

    private static async Task<Ok<IReadOnlyList<EntryProposal>>> ListAsync(
        BillingDbContext context, CancellationToken cancellationToken)
    {
        var proposals = await context.Proposals.AsNoTracking()
            .OrderBy(proposal => proposal.Status != ProposalStatus.Proposed)
            .ThenByDescending(proposal => proposal.ProposedAt)
            .Take(MaxShown)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<EntryProposal>>(proposals.ConvertAll(ToView));
    }

    private static async Task<Ok<EntryProposal>> ProposeAsync(
        ProposeEntry asked, Caller caller, ProposalDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(await desk.ProposeAsync(asked, caller, cancellationToken)));

    private static async Task<Ok<EntryProposal>> ProposeReversalAsync(
        EntryId entryId,
        ProposeReversal asked,
        Caller caller,
        ProposalDesk desk,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(await desk.ProposeReversalAsync(entryId, asked.Reason, caller, cancellationToken)));

    private static async Task<Ok<EntryProposal>> ApproveAsync(
        Guid id, Caller caller, ProposalDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(await desk.ApproveAsync(ProposalId.From(id), caller, cancellationToken)));

    private static async Task<Ok<EntryProposal>> RejectAsync(
        Guid id, RejectProposal answer, Caller caller, ProposalDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(
            await desk.RejectAsync(ProposalId.From(id), answer.Reason, caller, cancellationToken)));

    private static EntryProposal ToView(Proposal proposal) => new(
        proposal.Id.Value,
        proposal.Status switch
        {
            ProposalStatus.Proposed => "proposed",
            ProposalStatus.Posted => "posted",
            _ => "rejected",
        },
        proposal.Reason,
        proposal.EffectiveAt,
        proposal.ContractId,
        proposal.ReadPostings(),
        proposal.ReversesEntryId,
        proposal.ProposedBy,
        proposal.ProposedAt,
        proposal.DecidedBy,
        proposal.DecidedAt,
        proposal.RejectedBecause);
}
