using Marketplace.Ordering;
using Marketplace.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketplace(new OrderingModule());

var app = builder.Build();
app.UseMarketplace();
await app.RunAsync();
