using Microsoft.Extensions.FileProviders;

namespace Marketplace.Standalone;

/// <summary>The built web app: its files, and its page for every address that is not the API's.</summary>
internal static class WebApp
{
    private const string PagesOfTheWebApp = "{*path:nonfile:regex(^(?!api/|openapi/|health/))}";

    public static void UseWebApp(this WebApplication app)
    {
        var options = app.Configuration.GetSection(StandaloneOptions.Section).Get<StandaloneOptions>() ?? new();
        var folder = Path.GetFullPath(options.WebFolder);
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            return;
        }

        var files = new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = response =>
                response.Context.Response.Headers.CacheControl = CacheControl(response.File.Name),
        };
        app.UseStaticFiles(files);
        app.MapFallbackToFile(PagesOfTheWebApp, "index.html", files).AllowAnonymous();
    }

    /// <summary>Built files carry a hash of their content in their names; the page that names them does not.</summary>
    private static string CacheControl(string fileName) =>
        fileName == "index.html" ? "no-cache" : "public, max-age=31536000, immutable";
}
