using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Proposals;

internal static class ProposalsModel
{
    /// <summary>The database's own word that two people were there.</summary>
    private const string TwoPeople = "ck_proposals_two_people";

    public static void Configure(ModelBuilder model) => model.Entity<Proposal>(proposal =>
    {
        proposal.ToTable("proposals", table => table.HasCheckConstraint(
            TwoPeople, "status <> 'Posted' OR decided_by <> proposed_by"));
        proposal.HasKey(one => one.Id);
        proposal.Property(one => one.Id).ValueGeneratedNever();
        proposal.HasIndex(one => one.ProposedAt);
        proposal.HasRowVersion();
    });
}
