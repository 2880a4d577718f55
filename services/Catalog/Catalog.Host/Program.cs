using Marketplace.Catalog;
using Marketplace.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketplace(new CatalogModule());

var app = builder.Build();
app.UseMarketplace();
await app.RunAsync();
