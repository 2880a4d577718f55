using Marketplace.ServiceDefaults;
using Marketplace.Standalone;

var builder = WebApplication.CreateBuilder(args);
var data = builder.AddDataFolder();
await using var postgres = await data.StartPostgresAsync(builder.Configuration, Modules.All);
await data.EnsureKeysAsync(builder.Configuration, Modules.All);
builder.AddMarketplace(Modules.All);

await using var app = builder.Build();
app.UseWebApp();
app.UseMarketplace();
await app.RunAsync();
