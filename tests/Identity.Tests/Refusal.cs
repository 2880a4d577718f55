using System.Net;
using Marketplace.Client;

namespace Marketplace.Identity.Tests;

internal static class Refusal
{
    public static async Task IsRefusedAsync(this Task request, string code, HttpStatusCode? status = null)
    {
        var refusal = await Should.ThrowAsync<ApiProblemException>(request);
        refusal.Code.ShouldBe(code);
        if (status is not null)
        {
            refusal.Status.ShouldBe(status.Value);
        }
    }
}
