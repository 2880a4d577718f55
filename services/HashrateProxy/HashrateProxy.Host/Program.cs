using Marketplace.HashrateProxy;
using Marketplace.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketplace(new HashrateProxyModule());

var app = builder.Build();
app.UseMarketplace();
await app.RunAsync();
