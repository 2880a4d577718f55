using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>From the name to the first job: each step passes, until one fails. Pure.</summary>
internal static class HandshakeRules
{
    private static readonly string[] Steps =
        ["resolve", "address", "connect", "tls", "configure", "subscribe", "authorize", "job"];

    public static IEnumerable<PoolFinding> Of(PoolUrl url, PoolFailure? failure)
    {
        foreach (var step in Steps.Where(step => step != "tls" || url.IsTls))
        {
            if (failure?.Step == step)
            {
                yield return PoolFinding.Fail(step, failure.Reason, FixOf(step));
                yield break;
            }

            yield return PoolFinding.Pass(step, "ok");
        }
    }

    private static string FixOf(string step) => step switch
    {
        "resolve" => "Check the host's name.",
        "address" => "Only pools on the public internet can be dialled.",
        "connect" => "Check host and port, and that the pool is up.",
        "tls" => $"Use a port with TLS and a certificate for this host, or {PoolUrl.Scheme}:// without it.",
        "configure" or "subscribe" => "This does not look like a Stratum V1 pool.",
        "authorize" => "Check the user and the password with the pool.",
        _ => "The pool must send a difficulty and a job soon after the login, and keep the connection.",
    };
}
