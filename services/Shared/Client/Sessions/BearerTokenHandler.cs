using System.Net.Http.Headers;

namespace Marketplace.Client.Sessions;

internal sealed class BearerTokenHandler(FreshToken token, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await token.GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return await base.SendAsync(request, cancellationToken);
    }
}
