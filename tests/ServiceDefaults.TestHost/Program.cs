using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.TestHost.Alpha;
using Marketplace.ServiceDefaults.TestHost.Beta;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketplace(new AlphaModule(), new BetaModule());
await using var app = builder.Build();
app.UseMarketplace();
await app.RunAsync();
