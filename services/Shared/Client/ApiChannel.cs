using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Marketplace.Client;

/// <summary>JSON over HTTP with problems turned into exceptions: the one way every typed client speaks.</summary>
/// <param name="http">Carries the base address of the service and whatever authorises the caller.</param>
public sealed class ApiChannel(HttpClient http)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public async Task<TResponse> GetAsync<TResponse>(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync<TResponse>(response, cancellationToken);
    }

    /// <summary>A file, as it comes; the caller disposes it.</summary>
    public async Task<Stream> GetStreamAsync(string path, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(
            new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        try
        {
            await ThrowOnProblemAsync(response, cancellationToken);
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public async Task<TResponse> PostAsync<TRequest, TResponse>(
        string path, TRequest request, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, request, Json, cancellationToken);
        return await ReadAsync<TResponse>(response, cancellationToken);
    }

    public async Task PostAsync<TRequest>(string path, TRequest request, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, request, Json, cancellationToken);
        await ThrowOnProblemAsync(response, cancellationToken);
    }

    public async Task<TResponse> PutAsync<TRequest, TResponse>(
        string path, TRequest request, CancellationToken cancellationToken)
    {
        using var response = await http.PutAsJsonAsync(path, request, Json, cancellationToken);
        return await ReadAsync<TResponse>(response, cancellationToken);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken);
        await ThrowOnProblemAsync(response, cancellationToken);
    }

    /// <summary>Server-sent events as they come, those without content left out, until the server ends them.</summary>
    public async IAsyncEnumerable<TEvent> FollowAsync<TEvent>(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TEvent : class
    {
        using var response = await http.GetAsync(
            new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowOnProblemAsync(response, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var events = SseParser.Create(
            stream, (_, json) => json.IsEmpty ? null : JsonSerializer.Deserialize<TEvent>(json, Json));
        await foreach (var item in events.EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } content)
            {
                yield return content;
            }
        }
    }

    private static async Task<TResponse> ReadAsync<TResponse>(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await ThrowOnProblemAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync<TResponse>(Json, cancellationToken)
            ?? throw new JsonException($"An empty answer where {typeof(TResponse).Name} was due.");
    }

    private static async Task ThrowOnProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var problem = body.StartsWith('{') ? JsonSerializer.Deserialize<Problem>(body, Json) : null;
        throw new ApiProblemException(
            response.StatusCode, problem?.Code ?? "no-problem-document", problem?.Detail ?? body);
    }

    private sealed record Problem(string? Code, string? Detail);
}
