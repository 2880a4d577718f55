using Marketplace.Billing.Books;
using Marketplace.Billing.Documents;
using Marketplace.Billing.Exports;
using Marketplace.Billing.Journal;
using Marketplace.Billing.Metering;
using Marketplace.Billing.Orders;
using Marketplace.Billing.Organisations;
using Marketplace.Billing.Payments;
using Marketplace.Billing.Periods;
using Marketplace.Billing.Proposals;
using Marketplace.Billing.Refunds;
using Marketplace.Billing.Settling;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Identity;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults;

namespace Marketplace.Billing;

/// <summary>Ledger, payments, documents and settlement: the one service that moves money.</summary>
public sealed class BillingModule : IServiceModule
{
    public string Name => "billing";

    public void AddServices(ServiceBuilder service)
    {
        service.AddDatabase<BillingDbContext>()
            .AddOptions<SettlementOptions>("Settlement")
            .AddOptions<PaymentOptions>("Payments")
            .AddOptions<JournalOptions>("Journal")
            .AddOptions<BooksOptions>("Books")
            .AddOptions<DemoWorldOptions>("DemoWorld")
            .AddConsumer<OrganisationChanged, OrganisationChangedConsumer>()
            .AddConsumer<OrderPlaced, OrderPlacedConsumer>()
            .AddConsumer<ContractChanged, ContractChangedConsumer>()
            .AddConsumer<MeterReadingSealed, MeterReadingSealedConsumer>()
            .AddConsumer<ContractNodeClosed, ContractNodeClosedConsumer>()
            .AddLoop<SettlementLoop>()
            .AddLoop<ProviderLoop>()
            .AddLoop<HoleLoop>()
            .AddLoop<SealLoop>();
        service.Services
            .AddSingleton<BillingTransactions>()
            .AddSingleton<LedgerStore>()
            .AddSingleton<PeriodClock>()
            .AddSingleton<PeriodCloser>()
            .AddSingleton<ProposalDesk>()
            .AddSingleton<BlockSealer>()
            .AddSingleton<HeadFile>()
            .AddSingleton<IPaymentProvider, SandboxPaymentProvider>()
            .AddSingleton<ChargeRecorder>()
            .AddSingleton<RefundSender>()
            .AddSingleton<MeteringNodes>()
            .AddSingleton<ReadingChecks>()
            .AddSingleton<ContractSettler>()
            .AddScoped<PayInSandboxHandler>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapPayments();
        routes.MapSettlements();
        routes.MapDocuments();
        routes.MapLedger();
        routes.MapJournal();
        routes.MapPeriods();
        routes.MapProposals();
        routes.MapExports();
    }
}
