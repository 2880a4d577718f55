namespace Marketplace.ServiceDefaults.TestHost.Alpha;

internal sealed class BetaClient(HttpClient http)
{
    public Task<string> CallerAsync(CancellationToken cancellationToken) =>
        http.GetStringAsync(new Uri("api/beta/caller", UriKind.Relative), cancellationToken);
}
