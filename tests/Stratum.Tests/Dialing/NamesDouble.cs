using System.Net;

namespace Marketplace.Stratum.Tests;

/// <summary>Answers the n-th question with the n-th answer, and every later one with the last.</summary>
internal sealed class NamesDouble(params string[][] answers) : INameResolver
{
    public int Asked { get; private set; }

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var answer = answers[Math.Min(Asked++, answers.Length - 1)];
        return Task.FromResult<IReadOnlyList<IPAddress>>([.. answer.Select(IPAddress.Parse)]);
    }
}
