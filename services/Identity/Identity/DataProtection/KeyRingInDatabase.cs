using System.Xml.Linq;
using Marketplace.Identity.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Identity.DataProtection;

/// <summary>
/// The key ring that seals session cookies lives in this service's database, so that every process of it reads the same
/// cookies and a restart signs nobody out. The framework asks for it synchronously.
/// </summary>
internal sealed class KeyRingInDatabase(IDbContextFactory<AccountDbContext> contexts, TimeProvider time)
    : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        var stored = db.StoredKeys.OrderBy(key => key.StoredAt).Select(key => key.Xml).ToList();
        return [.. stored.Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var now = time.GetUtcNow();
        using var db = contexts.CreateDbContext();
        db.StoredKeys.Add(new StoredKey
        {
            Id = Guid.CreateVersion7(now),
            FriendlyName = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
            StoredAt = now,
        });
        db.SaveChanges();
    }
}

internal static class KeyRingServices
{
    private const string ApplicationName = "marketplace-identity";

    public static void AddKeyRingInDatabase(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddSingleton<KeyRingInDatabase>();
        services.AddOptions<KeyManagementOptions>()
            .Configure<KeyRingInDatabase>((options, ring) => options.XmlRepository = ring);
    }
}
