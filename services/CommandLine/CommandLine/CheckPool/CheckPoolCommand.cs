using System.CommandLine;
using System.Net.Sockets;
using Spectre.Console;

namespace Marketplace.CommandLine.CheckPool;

/// <summary><c>check-pool URL</c>: tries a pool from here, as the marketplace does before a contract.</summary>
internal static class CheckPoolCommand
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private static readonly Argument<string> Url = new("url")
    {
        Description = $"Where the pool listens: {PoolUrl.Scheme}://host:port.",
    };

    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var command = new Command("check-pool", "Tries a pool and says, rule by rule, what was seen.") { Url };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(Url), console, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string text, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var url = PoolUrl.Parse(text);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(url.Host, url.Port, either.Token);
            console.WriteLine($"connect: pass, {url}");
            return ExitCodes.Held;
        }
        catch (Exception failure) when (failure is BusinessRuleException or SocketException)
        {
            console.WriteLine($"connect: fail, {failure.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            console.WriteLine($"connect: fail, nothing answered within {ConnectTimeout.TotalSeconds:0} s");
            return ExitCodes.Failed;
        }
    }
}
