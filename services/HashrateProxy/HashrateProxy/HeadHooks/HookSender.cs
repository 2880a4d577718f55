using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>Sends one delivery to an address that nobody trusts.</summary>
internal sealed class HookSender : IDisposable
{
    /// <summary>From the name to the status line.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Of the answer nothing is read but its head, and of that no more than so much.</summary>
    private const int MaxAnswerHeadKilobytes = 16;

    private readonly HttpClient _http;
    private readonly SecretOpener _secrets;
    private readonly TimeProvider _time;

    public HookSender(PoolDialer dialer, DialPolicy policy, SecretOpener secrets, TimeProvider time)
    {
        (_secrets, _time) = (secrets, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = MaxAnswerHeadKilobytes,
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy.ToChainPolicy() },
            ConnectCallback = async (context, cancellationToken) => await dialer.DialAsync(
                HookUrl.DialledAs(context.DnsEndPoint.Host, context.DnsEndPoint.Port), cancellationToken),
        };
        _http = new HttpClient(handler) { Timeout = AnswerTimeout };
    }

    /// <returns>Null when it was taken; else why not, in words that tell nothing of a network behind us.</returns>
    public async Task<string?> SendAsync(StoredHook hook, HeadDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            using var request = RequestOf(hook, delivery);
            using var answer = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"It answered with status {(int)answer.StatusCode}.";
        }
        catch (CryptographicException)
        {
            return "Its secret can no longer be opened: create the hook anew.";
        }
        catch (HttpRequestException failure)
        {
            return WordsFor(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"It did not answer within {AnswerTimeout.TotalSeconds:0} seconds.";
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(StoredHook hook, HeadDelivery delivery)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(delivery, ApiChannel.Json);
        var now = _time.GetUtcNow();
        var timestamp = HookSignature.TimestampOf(now);
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(HookSignature.IdHeader, Guid.CreateVersion7(now).ToString());
        request.Headers.Add(HookSignature.TimestampHeader, timestamp);
        request.Headers.Add(
            HookSignature.SignatureHeader, HookSignature.Of(_secrets.Open(hook.SealedSecret), timestamp, body));
        return request;
    }

    private static string WordsFor(HttpRequestException failure) => failure switch
    {
        { InnerException: PoolUnreachableException { Step: "address" or "resolve" } refused } => refused.Message,
        { InnerException: PoolUnreachableException } => "It did not accept a connection.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "Its certificate does not hold.",
        _ => "It did not answer as a web server does.",
    };
}
