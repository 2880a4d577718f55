using System.CommandLine;
using Marketplace.Stratum.Coinbase;
using Marketplace.Stratum.Proof;
using Spectre.Console;

namespace Marketplace.CommandLine.Verify;

/// <summary><c>verify FILE...</c>: computes everything in certificates again, without asking anybody.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<FileInfo[]> Files = new("file")
    {
        Description = "Certificates; of several, no hash may be sold twice.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Heads = new("--heads")
    {
        Description = $"Heads kept while the contract ran: files, or directories of *{OutsideFiles.HeadsSuffix}.",
        HelpName = "path",
    };

    private static readonly Option<string> Pays = new("--pays")
    {
        Description = "The address that the coinbase of every credited share must pay.",
        HelpName = "address",
    };

    private static readonly Option<FileInfo[]> Keys = new("--key")
    {
        Description = "A node's public key, got from elsewhere than the certificate.",
        HelpName = "pem",
    };

    public static Command Create(IAnsiConsole console)
    {
        var command = new Command("verify", "Computes certificates again, offline, and says what holds.")
        {
            Files, Heads, Pays, Keys,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, console, cancellationToken)));
        return command;
    }

    private static int Run(ParseResult parsed, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var files = parsed.GetRequiredValue(Files);
        PayoutAddress? pays = null;
        if (parsed.GetValue(Pays) is { } address && !PayoutAddress.TryParse(address, out pays))
        {
            console.WriteLine($"'{address}' is not an address.");
            return ExitCodes.Failed;
        }

        try
        {
            using var keys = new PinnedKeys(parsed.GetValue(Keys) ?? []);
            var options = new VerificationOptions
            {
                PinnedKeys = keys.All,
                KeptHeads = OutsideFiles.ReadHeads(parsed.GetValue(Heads) ?? []),
                Pays = pays,
                SoldHashes = files.Length > 1 ? new SoldHashes() : null,
            };
            var codes = files.Select(file => Verify(file, options, console, cancellationToken)).ToList();
            return codes.Contains(ExitCodes.Failed) ? ExitCodes.Failed : codes.Max();
        }
        catch (Exception unreadable) when (unreadable
            is IOException or UnauthorizedAccessException or RecordFormatException)
        {
            console.WriteLine(unreadable.Message);
            return ExitCodes.Failed;
        }
    }

    private static int Verify(
        FileInfo file, VerificationOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        using var stream = file.OpenRead();
        var report = console.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask(Markup.Escape(file.Name), maxValue: Math.Max(stream.Length, 1));
            var found = CertificateVerifier.Verify(
                stream, options, () => task.Value = stream.Position, cancellationToken);
            task.Value = task.MaxValue;
            return found;
        });
        CertificateView.Write(file.Name, report, options, console);
        return !report.Holds ? ExitCodes.Failed
            : options.PinnedKeys.Count == 0 ? ExitCodes.HeldUnderUnknownKey
            : ExitCodes.Held;
    }
}
