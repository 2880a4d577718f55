using Marketplace.Billing.Books;
using Marketplace.Billing.Documents;
using Marketplace.Billing.Journal;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Metering;
using Marketplace.Billing.Orders;
using Marketplace.Billing.Organisations;
using Marketplace.Billing.Payments;
using Marketplace.Billing.Periods;
using Marketplace.Billing.Proposals;
using Marketplace.Billing.Refunds;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing;

internal sealed class BillingDbContext(DbContextOptions<BillingDbContext> options) : ServiceDbContext(options)
{
    public DbSet<BilledOrder> Orders => Set<BilledOrder>();

    public DbSet<BilledOrganisation> Organisations => Set<BilledOrganisation>();

    public DbSet<ChargeAttempt> ChargeAttempts => Set<ChargeAttempt>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<IssuedDocument> Documents => Set<IssuedDocument>();

    public DbSet<IssuedLine> DocumentLines => Set<IssuedLine>();

    public DbSet<StoredReading> Readings => Set<StoredReading>();

    public DbSet<MeteringNode> Nodes => Set<MeteringNode>();

    public DbSet<NodeClosing> NodeClosings => Set<NodeClosing>();

    public DbSet<BookedEntry> Entries => Set<BookedEntry>();

    public DbSet<BookedPosting> Postings => Set<BookedPosting>();

    public DbSet<JournalPlace> Places => Set<JournalPlace>();

    public DbSet<BookedPeriod> Periods => Set<BookedPeriod>();

    public DbSet<PeriodBalance> PeriodBalances => Set<PeriodBalance>();

    public DbSet<Proposal> Proposals => Set<Proposal>();

    public DbSet<SealedBlock> Blocks => Set<SealedBlock>();

    protected override void ConfigureModel(ModelBuilder model)
    {
        BooksModel.Configure(model);
        JournalModel.Configure(model);
        PeriodsModel.Configure(model);
        ProposalsModel.Configure(model);
        OrdersModel.Configure(model);
        PaymentsModel.Configure(model);
        DocumentsModel.Configure(model);
        MeteringModel.Configure(model);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        ServiceConventions.ConfigureId<RefundId>(configurationBuilder);
        ServiceConventions.ConfigureId<ProposalId>(configurationBuilder);
    }
}
