using Marketplace.Identity;
using Marketplace.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketplace(new IdentityModule());

var app = builder.Build();
app.UseMarketplace();
await app.RunAsync();
