using Marketplace.Billing;
using Marketplace.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketplace(new BillingModule());

var app = builder.Build();
app.UseMarketplace();
await app.RunAsync();
